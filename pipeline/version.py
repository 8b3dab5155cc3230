"""The version number of a release, computed from what changed: MAJOR for shape, MINOR for rows, PATCH for values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.diff.schema import SchemaChange, schema_changes
from pipeline.diff.side import FOLLOWING, Side, restated, same_file
from pipeline.engine import Connection, quoted
from pipeline.problems import counted
from schemas.registry import Table

Bump = Literal["major", "minor", "patch", "none"]
_ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")
FIRST_VERSION = "0.1.0"

IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "claim": ("table_name", "row_key", "column_name", "document_id", "locator"),
    "conflict": (),
}
"""What makes a row the same row where that is not its key: a corrected value keeps the claim, and conflicts only follow."""


@dataclass(frozen=True)
class Reason:
    """One thing that makes a release differ from the one before, and what it makes of the version."""

    bump: Bump
    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.bump.upper()}: {self.subject}: {self.what}"


def next_version(previous: str | None, bump: Bump) -> str:
    """The version after `previous`: MAJOR for a change of shape, MINOR for rows, PATCH for values."""
    if previous is None:
        return FIRST_VERSION
    major, minor, patch = (int(part) for part in previous.split("."))
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
        "none": previous,
    }[bump]


def highest(reasons: Iterable[Reason]) -> Bump:
    """The greatest bump that any of the reasons asks for."""
    return max((reason.bump for reason in reasons), key=_ORDER.index, default="none")


def reasons(con: Connection, old: Side, new: Side) -> list[Reason]:
    """Why one release is not the other, the weightiest first; nothing where their content is the same.

    `change` is left out, since it speaks of the two; so are columns that are no content of their own.
    """
    schema = schema_changes(old.tables, new.tables)
    found = [_of_schema(change) for change in schema]
    reshaped = {change.table for change in schema}
    for name, table in new.tables.items():
        if name in old.tables and name != "change":
            found += _of_rows(con, old, new, table, name in reshaped)
    if differing := restated(old, new):
        found.append(Reason("patch", "dataset.yaml", f"says otherwise of {', '.join(differing)}"))
    return sorted(found, key=lambda r: (-_ORDER.index(r.bump), r.subject, r.what))


def _of_schema(change: SchemaChange) -> Reason:
    """MAJOR where something was removed or changed, MINOR where something was only added."""
    what = f"the column {change.column}" if change.column else "the table"
    if change.old is None:
        return Reason("minor", change.table, f"{what} was added")
    if change.new is None:
        return Reason("major", change.table, f"{what} was removed")
    what = what if change.column and change.column[0] != "(" else "the key"
    return Reason("major", change.table, f"{what} was changed from {change.old} to {change.new}")


def _of_rows(con: Connection, old: Side, new: Side, table: Table, reshaped: bool) -> list[Reason]:
    """MINOR where rows were added or removed, PATCH where only values differ; of a table of another shape, its rows."""
    name = table.name
    if reshaped:
        types = [{c.name: c.type for c in side.tables[name].columns} for side in (old, new)]
        same = all(k in types[1] and types[0].get(k) == types[1][k] for k in _identity(table))
        if old.tables[name].key != table.key or not same:
            return []
    elif same_file(old, new, name) or not _differ(con, old, new, table):
        return []
    counts = [_unlike(con, a, b, table, _identity(table)) for a, b in ((new, old), (old, new))]
    if any(counts) and table.key:  # told as `change` counts them
        by_key = [_unlike(con, a, b, table, table.key) for a, b in ((new, old), (old, new))]
        counts = by_key if any(by_key) else counts
    told = [f"{counted(n, 'row')} {verb}" for n, verb in zip(counts, ("added", "removed"), strict=True) if n]
    if told:
        return [Reason("minor", name, ", ".join(told))]
    return [] if reshaped else [Reason("patch", name, "values were changed")]


def _identity(table: Table) -> tuple[str, ...]:
    """The columns that make a row the same row; of a table without a key, all of them."""
    return IDENTITIES.get(table.name, table.key or tuple(c.name for c in table.columns))


def _differ(con: Connection, old: Side, new: Side, table: Table) -> bool:
    columns = [c.name for c in table.columns if c.name not in FOLLOWING.get(table.name, ())]
    return any(_unlike(con, a, b, table, columns, "EXCEPT ALL") for a, b in ((new, old), (old, new)))


def _unlike(
    con: Connection, one: Side, other: Side, table: Table, columns: Iterable[str], without: str = "EXCEPT"
) -> int:
    """How many rows of one side, by some columns, the other side lacks."""
    names = ", ".join(map(quoted, columns))
    if not names:
        return 0
    this, that = (f"SELECT {names} FROM {side.relation(table.name)}" for side in (one, other))
    return int(con.execute(f"SELECT count(*) FROM ({this} {without} {that})").fetchall()[0][0])
