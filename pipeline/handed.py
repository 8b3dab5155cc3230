"""The steps as plain data: what one process asks another to do, and what that one tells of it, each fit for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from pipeline.problems import PipelineError, Problem
from pipeline.project import Project
from pipeline.steps import Built
from pipeline.substance import SubstanceCheck
from schemas.registry import Table


class Steps(Protocol):
    """The steps that an engine does: the functions of `pipeline.steps`, or something that has them done elsewhere."""

    def build_tables(self, project: Project, chosen: Sequence[Table]) -> dict[str, Built]:
        """See pipeline.steps."""

    def check_across(self, project: Project, written: Sequence[Table], rule: str) -> list[Problem]:
        """See pipeline.steps."""

    def check_substance(self, project: Project, checks: Sequence[SubstanceCheck]) -> list[Problem]:
        """See pipeline.steps."""

    def check_evidence(self, project: Project) -> list[Problem]:
        """See pipeline.steps."""

    def build_claims(self, project: Project) -> Built:
        """See pipeline.steps."""

    def build_join(self, project: Project, name: str, reads: Sequence[str] | None = None) -> Built:
        """See pipeline.steps."""


class Handed:
    """Steps that are done elsewhere; `ask` takes the name of one and its arguments, and gives what `done` gave there."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def build_tables(self, project: Project, chosen: Sequence[Table]) -> dict[str, Built]:
        """See pipeline.steps."""
        return {name: _built(said) for name, said in self._ask("build_tables", [t.name for t in chosen]).items()}

    def check_across(self, project: Project, written: Sequence[Table], rule: str) -> list[Problem]:
        """See pipeline.steps."""
        return _problems(self._ask("check_across", [t.name for t in written], rule))

    def check_substance(self, project: Project, checks: Sequence[SubstanceCheck]) -> list[Problem]:
        """See pipeline.steps."""
        return _problems(self._ask("check_substance", [check.name for check in checks]))

    def check_evidence(self, project: Project) -> list[Problem]:
        """See pipeline.steps."""
        return _problems(self._ask("check_evidence"))

    def build_claims(self, project: Project) -> Built:
        """See pipeline.steps."""
        return _built(self._ask("build_claims"))

    def build_join(self, project: Project, name: str, reads: Sequence[str] | None = None) -> Built:
        """See pipeline.steps."""
        return _built(self._ask("build_join", name, list(reads) if reads is not None else None))


class Ask(Protocol):
    """Has a step done elsewhere. Raises PipelineError with what was told of its failure."""

    def __call__(self, step: str, *arguments: Any) -> Any:
        """What the step gave, as plain data."""


def done(project: Project, step: str, arguments: Sequence[Any]) -> Any:
    """Do a step that was asked for as plain data; what it gives, as such."""
    from pipeline import steps
    from pipeline.substance import substance_checks
    from schemas.registry import tables

    match step, list(arguments):
        case "build_tables", [names]:
            return {n: asdict(b) for n, b in steps.build_tables(project, [tables()[n] for n in names]).items()}
        case "check_across", [names, rule]:
            return _plain(steps.check_across(project, [tables()[n] for n in names], rule))
        case "check_substance", [names]:
            checks = [check for check in substance_checks(project.checks) if check.name in names]
            return _plain(steps.check_substance(project, checks))
        case "check_evidence", []:
            return _plain(steps.check_evidence(project))
        case "build_claims", []:
            return asdict(steps.build_claims(project))
        case "build_join", [name, reads]:
            return asdict(steps.build_join(project, name, reads))
    raise PipelineError(f"no step {step} with {len(arguments)} arguments; are both processes of one version?")


def _plain(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in problems]


def _problems(said: Sequence[Mapping[str, Any]]) -> list[Problem]:
    return [Problem(**problem) for problem in said]


def _built(said: Mapping[str, Any]) -> Built:
    return Built(said["rows"], tuple(_problems(said["problems"])), said["seconds"], said["kept"])
