"""Verifying releases: every check of each release, all at once, with what each of them found."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.verify.cells import unequal_cells
from pipeline.verify.claims import claim_faults
from pipeline.verify.conflicts import conflict_faults
from pipeline.verify.fault import Fault, told
from pipeline.verify.keys import key_faults, reference_faults
from pipeline.verify.metadata import metadata_faults
from pipeline.verify.opened import Opened, open_release
from pipeline.verify.succession import latest_faults, version_faults, versions
from pipeline.verify.sums import check_sums


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


def _cells(release: Opened) -> list[Fault]:
    tables = [listed.table for name, listed in release.manifest.tables.items() if f"csv/{name}.csv" in release.files]
    return [
        fault for t in tables if t.name in release.tables for fault in unequal_cells(release.con, release.folder, t)
    ]


CHECKS: Mapping[str, tuple[str, Callable[[Opened], list[Fault]]]] = {
    "checksums": ("every file is there as published, and no other", lambda r: check_sums(r.folder)),
    "schemas": ("every table has the columns and types of manifest.json", lambda r: list(r.misread)),
    "cells": ("CSV equals Parquet, cell by cell", _cells),
    "keys": ("every key names one row, and rows are in order", key_faults),
    "references": ("every reference leads to a row", reference_faults),
    "claims": ("every published value is what its claims say", claim_faults),
    "conflicts": ("conflicts are where claims differ", conflict_faults),
    "metadata": ("what the release says of itself is so", metadata_faults),
    "version": ("the version follows from what changed", version_faults),
}
"""The checks in their order: what each proves, and how."""


def verify(project: Project, version: str | None = None, every: bool = False, rebuild: bool = False) -> list[Verified]:
    """Verify a release, by default the latest, or every one; unless one was named, `latest` too.

    Raises PipelineError where there is no such release.
    """
    have = versions(project.outputs / "releases")
    if version is not None and version not in have:
        raise PipelineError(f"there is no release {version}; there are {', '.join(have) or 'none'}")
    if not have:
        raise PipelineError("there is no release yet; run make release")
    store = [] if version else [_store(project)]
    chosen = have if every else [version or have[-1]]
    return [*(_release(project, v, rebuild) for v in chosen), *store]


def _store(project: Project) -> Verified:
    found = tuple(f.within("outputs") for f in latest_faults(project.outputs))
    return Verified("", (Checked("latest", "outputs/latest leads to the newest release", found),))


def _release(project: Project, version: str, rebuild: bool) -> Verified:
    folder = project.outputs / "releases" / version
    with connect(project.build) as con:
        release = open_release(con, folder)
        checks = [Checked(name, proves, _found(check, release)) for name, (proves, check) in CHECKS.items()]
    if rebuild:
        from pipeline.verify.rebuild import rebuilt

        found, note = rebuilt(project, version)
        proves = "the sources at its commit give the same release"
        checks.append(Checked("rebuild", proves, tuple(f.within(project.label(folder)) for f in found), note))
    return Verified(version, tuple(checks))


def _found(check: Callable[[Opened], list[Fault]], release: Opened) -> tuple[Fault, ...]:
    """The faults that one check finds. What is so damaged that a check fails on it is a fault as well."""
    import duckdb

    label = Path("outputs", "releases", release.version).as_posix()
    try:
        found = check(release)
    except (duckdb.Error, OSError, ValueError, csv.Error) as error:
        found = [Fault("manifest.json", f"the files do not let themselves be checked: {told(error, release.folder)}")]
    return tuple(dict.fromkeys(fault.within(label) for fault in found))
