"""Foreign keys that a standard can state: a column whose values, or items, are the whole key of one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.registry import Table


@dataclass(frozen=True)
class Reference:
    """A column that refers to another table's only key column; `many` where each item of a list does."""

    column: str
    target: str
    target_column: str
    many: bool


def references(table: Table, tables: Mapping[str, Table]) -> tuple[Reference, ...]:
    """The foreign keys of a table. A column that may refer to one of several tables has none that a standard can state."""
    found = []
    for column in table.columns:
        own = column.name == column.field and column.type in ("VARCHAR", "VARCHAR[]")
        if own and len(column.cell.references) == 1:
            target, key = column.cell.references[0].split(".")
            if tables[target].key == (key,):
                found.append(Reference(column.name, target, key, column.type == "VARCHAR[]"))
    return tuple(found)
