"""How the shape of two releases differs: tables, columns, types and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.registry import Table

KEY = "(key)"
"""The name under which the key of a table is compared, as if it were a column."""


@dataclass(frozen=True)
class SchemaChange:
    """One table or column that was added, removed or changed. `column` is empty for a whole table."""

    table: str
    column: str | None
    old: str | None
    new: str | None


def schema_changes(old: Mapping[str, Table], new: Mapping[str, Table]) -> list[SchemaChange]:
    """Tables and columns that differ, columns by their types, keys as the column `(key)`."""
    changes = [SchemaChange(name, None, "table", None) for name in sorted(old.keys() - new.keys())]
    changes += [SchemaChange(name, None, None, "table") for name in sorted(new.keys() - old.keys())]
    for name in sorted(old.keys() & new.keys()):
        before, after = _columns(old[name]), _columns(new[name])
        changes += [
            SchemaChange(name, column, before.get(column), after.get(column))
            for column in sorted(before.keys() | after.keys())
            if before.get(column) != after.get(column)
        ]
    return changes


def _columns(table: Table) -> dict[str, str]:
    return {**{column.name: column.type for column in table.columns}, KEY: ", ".join(table.key)}
