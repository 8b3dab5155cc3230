"""Cells as written to columns as published, as SQL expressions: dates, quantities, lists, numbers.

Only functions that Spark has too, or that sqlglot translates, so that the same rules run on either engine.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pipeline.engine import quoted

if TYPE_CHECKING:
    from schemas.registry import Field

_SUFFIXES = ("_earliest", "_latest", "_low", "_high", "_qualifier")


def field_of(column: str, fields: Collection[str]) -> str | None:
    """The field that a published column was expanded from, or is, if it is among these."""
    whole = [column.removesuffix(suffix) for suffix in _SUFFIXES if column.endswith(suffix)]
    return next((name for name in (*whole, column) if name in fields), None)


def expressions(field: Field, written: str) -> list[str]:
    """The SELECT items that publish one field, given the SQL of its cell as written; in the order of its columns."""
    name, kind = field.name, field.cell.kind
    if kind == "edtf":
        return [
            f"{written} AS {quoted(name)}",
            f"{earliest(written)} AS {quoted(name + '_earliest')}",
            f"{latest(written)} AS {quoted(name + '_latest')}",
        ]
    if kind == "quantity":
        type_ = "BIGINT" if field.cell.whole else "DOUBLE"
        return [
            f"CAST({sql} AS {type_}) AS {quoted(name + suffix)}"
            if suffix != "_qualifier"
            else f"{sql} AS {quoted(name + suffix)}"
            for suffix, sql in _quantity(written).items()
        ]
    sql = {
        "list": items(written),
        "integer": f"CAST({written} AS BIGINT)",
        "number": f"CAST({written} AS DOUBLE)",
        "boolean": f"CAST({written} AS BOOLEAN)",
    }.get(kind, written)
    return [f"{sql} AS {quoted(name)}"]


def items(written: str) -> str:
    """A list cell as a LIST; null where the cell is empty."""
    return f"string_split({written}, '; ')"


def earliest(written: str) -> str:
    """First day that an EDTF cell can mean, as a DATE; null where open or empty."""
    first = f"nullif(regexp_extract({written}, '^[0-9X-]+'), '')"
    return f"CAST(rpad(replace({first}, 'X', '0'), 10, '-01-01') AS DATE)"


def latest(written: str) -> str:
    """Last day that an EDTF cell can mean, as a DATE; null where open or empty."""
    last = f"nullif(regexp_extract({written}, '([0-9X-]+)[?~%]?$', 1), '')"
    month = f"rpad(replace({last}, 'X', '9'), 7, '-12')"
    return f"CASE WHEN length({last}) = 10 THEN CAST({last} AS DATE) ELSE last_day(CAST({month} || '-01' AS DATE)) END"


def _quantity(written: str) -> dict[str, str]:
    """Best value, bounds and qualifier of a quantity cell.

    `~60` states no bounds, `60..80` no best value: neither is guessed.
    """
    bare = f"ltrim({written}, '~<>=')"
    first, last = f"split_part({bare}, '..', 1)", f"split_part({bare}, '..', 2)"
    qualifier = (
        f"CASE WHEN {written} LIKE '%..%' THEN 'range' WHEN {written} LIKE '~%' THEN 'approx' "
        f"WHEN {written} LIKE '>=%' THEN 'at_least' WHEN {written} LIKE '<=%' THEN 'at_most' "
        f"WHEN {written} LIKE '>%' THEN 'more_than' WHEN {written} LIKE '<%' THEN 'less_than' "
        f"WHEN {written} IS NOT NULL THEN 'exact' END"
    )
    return {
        "": f"CASE WHEN regexp_matches({written}, '^~?[0-9.]+$') AND {written} NOT LIKE '%..%' THEN {bare} END",
        "_low": f"CASE WHEN regexp_matches({written}, '^(>=?)?[0-9]') THEN {first} END",
        "_high": f"CASE WHEN {written} LIKE '%..%' THEN {last} WHEN regexp_matches({written}, '^(<=?)?[0-9]') THEN {bare} END",
        "_qualifier": qualifier,
    }
