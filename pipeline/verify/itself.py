"""What a release proves by itself, without its neighbours in the store: nothing is published that does not pass this."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.alongside import alongside
from pipeline.engine import Connection
from pipeline.verify.cells import unequal_cells
from pipeline.verify.claims import claim_faults
from pipeline.verify.conflicts import conflict_faults
from pipeline.verify.fault import Fault, told
from pipeline.verify.keys import key_faults, reference_faults
from pipeline.verify.manifest import MANIFEST
from pipeline.verify.metadata import metadata_faults
from pipeline.verify.opened import Opened, open_release
from pipeline.verify.sums import check_sums
from pipeline.verify.unchecked import raise_if_unchecked, unchecked_where_lacking

Check = Callable[[Opened], list[Fault]]


def _cells(release: Opened) -> list[Fault]:
    tables = [t for name, t in release.tables.items() if f"csv/{name}.csv" in release.files]
    return [fault for table in tables for fault in unequal_cells(release.con, release.folder, table)]


ITSELF: Mapping[str, tuple[str, Check]] = {
    "checksums": ("every file is there as published, and no other", lambda r: list(r.sums.faults)),
    "schemas": ("every table has the columns and types of manifest.json", lambda r: [*r.misread, *r.strangers]),
    "cells": ("CSV equals Parquet, cell by cell", _cells),
    "keys": ("every key names one row, and rows are in order", key_faults),
    "references": ("every reference leads to a row", reference_faults),
    "claims": ("every published value is what its claims say", claim_faults),
    "conflicts": ("conflicts are where claims differ", conflict_faults),
    "metadata": ("what the release says of itself is so", metadata_faults),
}
"""The checks in their order: what each proves, and how."""


_OF_TABLES = ("cells", "keys", "references", "claims", "conflicts")
"""The checks that look at tables alone, in DuckDB; what the others do is Python's work."""


def faults(con: Connection, folder: Path, describe: Callable[[], object] = lambda: None) -> list[str]:
    """What the first check finds that finds something wrong with a release, wherever it lies: each fault one line.

    Its tables are proven beside all else. `describe` writes what is not there yet but tables and manifest, and raises
    what it likes. Raises UncheckedError where the faults cannot be found out.
    """
    try:
        release = open_release(con, folder, staged=True)
        with alongside(con, lambda other: _found(_OF_TABLES, replace(release, con=other))) as proven:
            describe()
            whole = replace(release, sums=check_sums(folder))
            found = _found([name for name in ITSELF if name not in _OF_TABLES], whole) | proven()
        return next((list(map(str, found[name])) for name in ITSELF if found[name]), [])
    finally:
        con.execute("DROP SCHEMA IF EXISTS now CASCADE").fetchall()


def _found(names: Iterable[str], release: Opened) -> dict[str, tuple[Fault, ...]]:
    """What some of the checks find."""
    return {name: found_by(ITSELF[name][1], release) for name in names}


@unchecked_where_lacking()
def found_by(check: Check, release: Opened) -> tuple[Fault, ...]:
    """The faults that one check finds. What is so damaged that a check fails on it is a fault as well.

    Raises UncheckedError where this machine lacks what the check takes.
    """
    import duckdb

    try:
        found = check(release)
    except (duckdb.Error, OSError, ValueError, csv.Error) as error:
        raise_if_unchecked(error)
        found = [Fault(MANIFEST, f"the files do not let themselves be checked: {told(error, release.folder)}")]
    return tuple(dict.fromkeys(found))
