"""A table's model as its release shows it: a release may be older than the models, so its own columns tell.

Dates are published as three columns and quantities as four, under names that are fixed; rows of weighed tables
end in two columns that count their claims. So names and types tell what a column was expanded from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.fields import Cell
from schemas.registry import Column, Field, Layer, Table

TYPES = frozenset({"VARCHAR", "VARCHAR[]", "BIGINT", "DOUBLE", "BOOLEAN", "DATE"})
"""The types of published columns."""

_COUNTS = {"n_claims": "BIGINT", "disputed": "BOOLEAN"}


def table_of(name: str, key: Sequence[str], columns: Mapping[str, str]) -> Table:
    """The table that a release shows, given the type of each of its columns in order."""
    weighed = dict(list(columns.items())[-2:]) == _COUNTS
    counts = set(_COUNTS) if weighed else set()
    fields: list[Field] = []
    expanded: list[Column] = []
    left = {n: t for n, t in columns.items() if n not in counts}
    for column in left:
        if any(column == c.name for c in expanded):
            continue
        cell, parts = _written(column, left, column in key)
        fields.append(Field(column, "", cell))
        expanded += [Column(part, left[part], "", column, cell) for part in parts]
    order = list(columns)
    expanded += [Column(n, columns[n], "", "", Cell("text")) for n in order if n in counts]
    shown = tuple(sorted(expanded, key=lambda c: order.index(c.name)))
    layer: Layer = "source" if weighed else "published"
    return Table(name, layer, "", tuple(fields), shown)


def _written(name: str, columns: Mapping[str, str], key: bool) -> tuple[Cell, list[str]]:
    """How a column's cells were written, and the columns that they were expanded to."""
    type_ = columns[name]
    date = [name, f"{name}_earliest", f"{name}_latest"]
    if [columns.get(n) for n in date] == ["VARCHAR", "DATE", "DATE"]:
        return Cell("edtf", key=key), date
    quantity = [name, f"{name}_low", f"{name}_high", f"{name}_qualifier"]
    if type_ in ("BIGINT", "DOUBLE") and [columns.get(n) for n in quantity] == [type_, type_, type_, "VARCHAR"]:
        return Cell("quantity", key=key, whole=type_ == "BIGINT"), quantity
    if type_ == "VARCHAR[]":
        return Cell("list", key=key), [name]
    if type_ == "BIGINT":
        return Cell("integer", key=key), [name]
    if type_ == "DOUBLE":
        return Cell("number", key=key), [name]
    return Cell("boolean" if type_ == "BOOLEAN" else "text", key=key), [name]
