"""Every table as plain data, derived from the models: what all other projections read.

A model module placed in this folder is found here; nothing else needs to be told of it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import schemas
from schemas.fields import Cell

if TYPE_CHECKING:
    import pandera.pandas as pa

CLAIM_COLUMNS = ("cite", "rank", "rank_reason", "note")
"""The columns by which every row of a table of claims says where it was read, and how it is weighed."""

Layer = Literal["source", "bibliography", "published"]
_SUPPORT = {"base", "fields", "registry", "explain", "standings"}


@dataclass(frozen=True)
class Field:
    """One column as people write it (or as a join's SQL selects it)."""

    name: str
    description: str
    cell: Cell


@dataclass(frozen=True)
class Column:
    """One column as published. `type` is a DuckDB type; `field` names the column it was expanded from."""

    name: str
    type: str
    description: str
    field: str
    cell: Cell
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table: its fields as written and its columns as published. `description` says one row per what.

    Holds nothing of Pandera, so that those who only need to know what a table is can keep one, and need not load models.
    """

    name: str
    layer: Layer
    description: str
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]

    @property
    def model(self) -> type[pa.DataFrameModel]:
        """The Pandera model that declares it. Raises KeyError for a table that schemas/ lacks."""
        return models()[self.name]

    @property
    def file(self) -> str:
        """The name of the file in sources/ that people write it in."""
        return "references.json" if self.layer == "bibliography" else f"{self.name}.csv"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that together name a row."""
        return tuple(f.name for f in self.fields if f.cell.key)

    @property
    def claimed(self) -> tuple[Field, ...]:
        """The fields whose filled cells are claims: neither key nor citation."""
        return tuple(f for f in self.fields if not f.cell.key and f.name not in CLAIM_COLUMNS)

    @property
    def facts(self) -> tuple[Field, ...]:
        """The fields of the key and of the claims: those that are published."""
        return tuple(f for f in self.fields if f.cell.key or f in self.claimed)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        return {f.name: f for f in self.fields}[name]


def _fields(model: type[pa.DataFrameModel]) -> tuple[Field, ...]:
    from schemas.base import Source

    columns = model.to_schema().columns
    last = CLAIM_COLUMNS if issubclass(model, Source) else ()
    order = [*(n for n in columns if n not in last), *last]
    return tuple(Field(n, columns[n].description, columns[n].metadata["cell"]) for n in order)


def _expand(field: Field) -> tuple[Column, ...]:
    """The published columns of one field: a date becomes three columns, a quantity four, all else one."""
    name, cell, nullable = field.name, field.cell, not field.cell.required

    def column(suffix: str, type_: str, description: str, nullable: bool = True) -> Column:
        return Column(name + suffix, type_, description, name, cell, nullable)

    if cell.kind == "edtf":
        return (
            column("", "VARCHAR", f"{field.description} EDTF, as written.", nullable),
            column("_earliest", "DATE", f"First day that {name} can mean; empty where open."),
            column("_latest", "DATE", f"Last day that {name} can mean; empty where open."),
        )
    if cell.kind == "quantity":
        number = "BIGINT" if cell.whole else "DOUBLE"
        return (
            column("", number, f"{field.description} The best value; empty for a bare bound or a range."),
            column("_low", number, f"Lower bound of {name}, where one is stated."),
            column("_high", number, f"Upper bound of {name}, where one is stated."),
            column("_qualifier", "VARCHAR", f"How {name} is known: {', '.join(QUALIFIERS)}."),
        )
    types = {"list": "VARCHAR[]", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    return (column("", types.get(cell.kind, "VARCHAR"), field.description, nullable),)


QUALIFIERS = ("exact", "approx", "more_than", "at_least", "less_than", "at_most", "range")

_WEIGHED = (
    Column(
        "n_claims", "BIGINT", "How many claims bear on the row, deprecated ones included.", "", Cell("integer"), False
    ),
    Column(
        "disputed",
        "BOOLEAN",
        "Whether a claim that is not deprecated has another value than the one published.",
        "",
        Cell("boolean"),
        False,
    ),
)


def describe(name: str, model: type[pa.DataFrameModel]) -> Table:
    """The table that a model declares, as plain data."""
    from schemas.base import Bibliography, Source

    layer: Layer = (
        "source" if issubclass(model, Source) else "bibliography" if issubclass(model, Bibliography) else "published"
    )
    return table_of(name, layer, " ".join((model.__doc__ or "").split()), _fields(model))


def table_of(name: str, layer: Layer, description: str, fields: tuple[Field, ...]) -> Table:
    """The table of some fields, with the columns that they are published as."""
    shown = [c for f in fields if f.name not in CLAIM_COLUMNS or layer == "published" for c in _expand(f)]
    columns = (*shown, *(_WEIGHED if layer == "source" else ()))
    return Table(name, layer, description, fields, columns)


@functools.cache
def models() -> dict[str, type[pa.DataFrameModel]]:
    """Every model by the name of its table, in name order. A class named MissionRole declares the table mission_role."""
    import pandera.pandas as pa

    found: dict[str, type[pa.DataFrameModel]] = {}
    for module_info in pkgutil.iter_modules(schemas.__path__):
        if module_info.name in _SUPPORT:
            continue
        module = importlib.import_module(f"schemas.{module_info.name}")
        for model in vars(module).values():
            if isinstance(model, type) and issubclass(model, pa.DataFrameModel) and model.__module__ == module.__name__:
                found["".join(f"_{c.lower()}" if c.isupper() else c for c in model.__name__).strip("_")] = model
    return dict(sorted(found.items()))


@functools.cache
def written() -> dict[str, Table]:
    """The tables that people write: the CSV files and the bibliography."""
    from schemas.base import Bibliography, Source

    return {n: describe(n, m) for n, m in models().items() if issubclass(m, Source | Bibliography)}


@functools.cache
def tables() -> dict[str, Table]:
    """Every table by name, in name order."""
    rest = {n: describe(n, m) for n, m in models().items() if n not in written()}
    return dict(sorted({**written(), **rest}.items()))


@functools.cache
def sources() -> dict[str, Table]:
    """The tables that people write as CSV, whose rows are claims."""
    return {name: table for name, table in written().items() if table.layer == "source"}
