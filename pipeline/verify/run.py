"""Verifying releases: every check of each release, all at once, with what each of them found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.engine import connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.stores import Store, store_of
from pipeline.verify.fault import Fault
from pipeline.verify.itself import ITSELF, Check, found_by
from pipeline.verify.opened import open_release
from pipeline.verify.signature import signature_faults
from pipeline.verify.succession import latest_faults, version_faults


@dataclass(frozen=True)
class Checked:
    """What one check found, and what it proves where it found nothing. `note` says what else a reader should know."""

    name: str
    proves: str
    faults: tuple[Fault, ...]
    note: str = ""


@dataclass(frozen=True)
class Verified:
    """One release, or the store where `version` is empty, and every check of it."""

    version: str
    checks: tuple[Checked, ...]

    @property
    def faults(self) -> list[Fault]:
        """The faults of all checks."""
        return [fault for check in self.checks for fault in check.faults]


CHECKS: Mapping[str, tuple[str, Check]] = {
    **ITSELF,
    "version": ("the version follows from what changed", version_faults),
}
"""The checks in their order: what each proves, and how."""


def verify(project: Project, version: str | None = None, every: bool = False, rebuild: bool = False) -> list[Verified]:
    """Verify a release, by default the latest, or every one; unless one was named, `latest` too.

    Raises PipelineError where there is no such release, and UncheckedError where this machine lacks what a proof takes.
    """
    releases = store_of(project)
    have = releases.versions()
    if version is not None and version not in have:
        raise PipelineError(f"there is no release {version}; there are {', '.join(have) or 'none'}")
    if not have:
        raise PipelineError("there is no release yet; run make release")
    store = [] if version else [_store(project, releases)]
    chosen = have if every else [version or have[-1]]
    return [*(_release(project, releases, v, rebuild) for v in chosen), *store]


def _store(project: Project, releases: Store) -> Verified:
    releases.folder()
    found = tuple(f.within("outputs") for f in latest_faults(project.outputs, releases.versions()))
    return Verified("", (Checked("latest", "outputs/latest leads to the newest release", found),))


def _release(project: Project, releases: Store, version: str, rebuild: bool) -> Verified:
    folder = releases.proof(version)
    with connect(project.build) as con:
        release = open_release(con, folder)
        checks = [Checked(name, proves, found_by(check, release)) for name, (proves, check) in CHECKS.items()]
    found, by = signature_faults(folder)
    checks.append(Checked("signature", "the signature holds", tuple(found), by))
    if rebuild:
        from pipeline.verify.rebuild import rebuilt

        found, note = rebuilt(project, version)
        checks.append(Checked("rebuild", "the sources at its commit give the same release", tuple(found), note))
    label = releases.place(version)
    return Verified(version, tuple(replace(c, faults=tuple(f.within(label) for f in c.faults)) for c in checks))
