"""The version number of a release, computed from what changed: MAJOR for shape, MINOR for rows, PATCH for values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.diff import SchemaChange
from pipeline.engine import Connection, quoted
from schemas.registry import Table

Bump = Literal["major", "minor", "patch", "none"]
_ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")
FIRST_VERSION = "0.1.0"

IDENTITIES: Mapping[str, tuple[str, ...]] = {
    "claim": ("table_name", "row_key", "column_name", "document_id", "locator"),
    "conflict": (),
}
"""What makes a row the same row where that is not its key: a corrected value keeps the claim, and conflicts only follow."""


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


def bump_of_schema(changes: list[SchemaChange]) -> Bump:
    """MAJOR where something was removed or changed, MINOR where something was only added."""
    if any(change.old is not None for change in changes):
        return "major"
    return "minor" if changes else "none"


def bump_of_rows(con: Connection, table: Table, old: str, new: str) -> Bump:
    """MINOR where keys were added or removed, PATCH where only values differ. `old` and `new` are SQL relations."""
    names = IDENTITIES.get(table.name, table.key or tuple(c.name for c in table.columns))
    if not names:
        return "patch"
    keys = ", ".join(map(quoted, names))
    one, other = f"SELECT {keys} FROM {old}", f"SELECT {keys} FROM {new}"
    count = f"SELECT count(*) FROM (({one} EXCEPT {other}) UNION ALL ({other} EXCEPT {one}))"
    return "minor" if con.execute(count).fetchall()[0][0] else "patch"


def highest(*bumps: Bump) -> Bump:
    """The greatest of some bumps."""
    return max(bumps, key=_ORDER.index, default="none")
