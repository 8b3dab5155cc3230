"""What is out of date, and why: each part and check of the blueprint against the record of how it was made.

Nothing is guessed from times. What has no record, whose code, files or parts differ from it, or which is not as it
was left is made again, with all that is made from it. A check counts only as passed: one that failed has no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.blueprint import EXPLORER, RELEASE, Blueprint, Part, Rule, is_current
from pipeline.disk import tells_of_the_disk
from pipeline.made import Made, content, forget, product, read_made, texts, write_made
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.stray import stray_files
from pipeline.touched import looked_at, refuse_written, written_to

TEXTS = "texts"
"""What the texts of documents are called among the inputs of the evidence."""


@dataclass(frozen=True)
class Stale:
    """What is out of date: parts and rules, each with the reason, in the order in which they are made."""

    parts: Mapping[str, str]
    rules: Mapping[Rule, str]

    def __bool__(self) -> bool:
        return bool(self.parts or self.rules)

    def without(self, *names: str) -> Stale:
        """All of this but some parts."""
        return Stale({part: why for part, why in self.parts.items() if part not in names}, self.rules)

    @property
    def causes(self) -> tuple[str, ...]:
        """The reasons that lie outside the build: edited files, other code, lost products."""
        reasons = [*self.parts.values(), *self.rules.values()]
        return tuple(dict.fromkeys(reason for reason in reasons if not reason.startswith(_FOLLOWS)))


_FOLLOWS = "follows from "
_CAUSES = 3


@tells_of_the_disk
def find_stale(project: Project, plan: Blueprint) -> Stale:
    """All that is out of date in a project."""
    parts: dict[str, str] = {}
    rules: dict[Rule, str] = {}
    products = {name: _product(project, plan, name) for name in plan.parts}
    looked_at = _texts(project)
    for part in plan.parts.values():
        if part.name == RELEASE:
            rules = {rule: why for rule in plan.rules if (why := _why_rule(project, rule, parts, products))}
        why = _follows(part.deps, parts) or _why(
            read_made(project, part.name), _inputs(project, part, products, looked_at), products[part.name]
        )
        if part.name == RELEASE and not why and (strays := stray_files(project, plan.written)):
            why = f"{strays[0].file} is read by no table"
        if part.name == RELEASE and not why and rules:
            why = f"{_FOLLOWS}the check {next(iter(rules)).label}"
        if why:
            parts[part.name] = why
    return Stale(parts, rules)


def everything(plan: Blueprint) -> Stale:
    """All parts and checks, as if nothing had been made."""
    return Stale(
        dict.fromkeys(plan.parts, "everything was asked for"), dict.fromkeys(plan.rules, "everything was asked for")
    )


def in_a_line(stale: Stale, plan: Blueprint) -> str:
    """How much is to be made again, and why, in a line."""
    parts, causes = len(stale.parts), stale.causes
    why = "; ".join(causes[:_CAUSES]) + ("; and more" if len(causes) > _CAUSES else "")
    return f"{parts} of {len(plan.parts)} assets to make, {len(stale.rules)} of {len(plan.rules)} checks: {why}"


def _why_rule(project: Project, rule: Rule, parts: Mapping[str, str], products: Mapping[str, str]) -> str:
    inputs = {"code": rule.code, **{name: products[name] for name in rule.reads}}
    return _follows(rule.reads, parts) or _why(read_made(project, rule_record(rule)), inputs, "")


def _follows(reads: tuple[str, ...], stale: Mapping[str, str]) -> str:
    return next((f"{_FOLLOWS}{name}" for name in reads if name in stale), "")


def _why(made: Made | None, inputs: Mapping[str, str], now: str) -> str:
    """Why a thing is out of date; empty where it is not."""
    if made is None:
        return "was not made, or did not pass"
    names = sorted(made.inputs.keys() | inputs.keys(), key=lambda name: (name == "code", name))
    changed = [name for name in names if made.inputs.get(name) != inputs.get(name)]
    changed = [name for name in changed if name != TEXTS or name in inputs]  # what was found in texts before holds
    if changed:
        return "its code has changed" if changed[0] == "code" else f"{changed[0]} has changed"
    return "" if made.product == now else "is not as it was left"


def _product(project: Project, plan: Blueprint, name: str) -> str:
    return product(project, name, name in plan.written)


def _texts(project: Project) -> dict[str, str]:
    found = texts(project)
    return {TEXTS: found} if found else {}


def _inputs(project: Project, part: Part, products: Mapping[str, str], looked_at: Mapping[str, str]) -> dict[str, str]:
    files = {file: content(project.path(file)) for file in part.files}
    above = {name: products[name] for name in part.deps}
    return {"code": part.code, **files, **above, **(looked_at if part.name == "evidence" else {})}


def rule_record(rule: Rule) -> str:
    """The name that a passed check is kept under."""
    return f"{rule.table}.{rule.name}"


class Making:
    """Some parts in the making: begun before what they are made from is read, kept one by one when they are made."""

    def __init__(self, project: Project, plan: Blueprint, names: Iterable[str]) -> None:
        """Note what the parts are made from, and forget how they were made before."""
        self._project, self._plan = project, plan
        self._parts = {name: plan.parts[name] for name in names}
        self.earlier = {name: read_made(project, name) for name in self._parts}
        self._seen = self._files()
        self._before = self._inputs()
        forget(project, self._parts)

    def keep(self, rows: Mapping[str, int | None]) -> dict[str, str]:
        """Record that some of the parts are made, each with its rows, and return their digests.

        What changed while they were made is not recorded, so that it is out of date. Raises PipelineError where a file
        was written to and is as before: what was read of it meanwhile may have been something else.
        """
        now, current = self._inputs(), is_current(self._plan)
        written = written_to(self._seen, self._files())
        if now == self._before:
            refuse_written(written)
        kept = {name: _product(self._project, self._plan, name) for name in rows}
        for name, inputs in now.items():
            same = all(inputs[n] == digest for n, digest in self._before[name].items() if n not in self._parts)
            same = same and not set(written) & set(self._parts[name].files)
            if name in rows and same and current:
                write_made(self._project, name, Made(inputs, kept[name], rows[name]))
        return kept

    def _files(self) -> dict[str, str]:
        return looked_at(self._project, {file for part in self._parts.values() for file in part.files})

    def _inputs(self) -> dict[str, dict[str, str]]:
        names = {dep for part in self._parts.values() for dep in part.deps}
        products = {name: _product(self._project, self._plan, name) for name in names}
        looked_at = _texts(self._project) if "evidence" in self._parts else {}
        return {part.name: _inputs(self._project, part, products, looked_at) for part in self._parts.values()}


class Checking:
    """Some rules being looked at: begun before their tables are read, kept where they pass."""

    def __init__(self, project: Project, plan: Blueprint, rules: Iterable[Rule]) -> None:
        """Note what the tables are, and forget that the rules passed before."""
        self._project, self._plan = project, plan
        self._rules = tuple(rules)
        self._before = self._products()
        forget(project, map(rule_record, self._rules))

    def keep(self, passed: Iterable[Rule]) -> None:
        """Record that some of the rules were looked at and found no error, unless a table or the code changed meanwhile."""
        now, current = self._products(), is_current(self._plan)
        for rule in passed:
            seen = {name: now[name] for name in rule.reads}
            if current and seen == {name: self._before[name] for name in rule.reads}:
                write_made(self._project, rule_record(rule), Made({"code": rule.code, **seen}, ""))

    def _products(self) -> dict[str, str]:
        names = {name for rule in self._rules for name in rule.reads}
        return {name: _product(self._project, self._plan, name) for name in names}


@tells_of_the_disk
def refuse_unready(project: Project, plan: Blueprint) -> None:
    """Raise PipelineError where a release would hold what is out of date, or what a check has not passed."""
    if not is_current(plan):
        raise PipelineError("the code has changed since this run began; run wb6 release again")
    stale = find_stale(project, plan).without(RELEASE, EXPLORER)
    waiting = [f"{name}: {why}" for name, why in stale.parts.items()]
    waiting += [f"the check {rule.label}: {why}" for rule, why in stale.rules.items() if rule.severity == "error"]
    waiting += [str(stray) for stray in stray_files(project, plan.written)]
    if waiting:
        raise PipelineError("not ready to be released; run the whole job, or wb6 release:\n" + "\n".join(waiting))
