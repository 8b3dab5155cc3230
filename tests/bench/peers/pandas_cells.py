"""Cells as written to columns as published, in pandas: dates, quantities, lists, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.registry import Field

if TYPE_CHECKING:
    import pandas as pd

    Frame = pd.DataFrame


def first_day(written: Any) -> Any:
    """The first day that an EDTF cell can mean."""
    import pandas as pd

    first = written.str.extract(r"^([0-9X-]+)")[0].str.replace("X", "0")
    padded = first + first.str.len().map({4: "-01-01", 7: "-01", 10: ""})
    return pd.to_datetime(padded, format="%Y-%m-%d").astype("datetime64[s]")


def last_day(written: Any) -> Any:
    """The last day that an EDTF cell can mean."""
    import pandas as pd

    last = written.str.extract(r"([0-9X-]+)[?~%]?$")[0].str.replace("X", "9")
    padded = last + last.str.len().map({4: "-12-01", 7: "-01", 10: ""})
    days = pd.to_datetime(padded, format="%Y-%m-%d").astype("datetime64[s]")
    return days.where(last.str.len() == 10, days + pd.offsets.MonthEnd(0))


def expand(field: Field, written: Any) -> dict[str, Any]:
    """The published columns of one field."""
    name, kind = field.name, field.cell.kind
    if kind == "edtf":
        return {name: written, f"{name}_earliest": first_day(written), f"{name}_latest": last_day(written)}
    if kind == "quantity":
        return _quantity(name, written, "Int64" if field.cell.whole else "float64")
    if kind == "list":
        return {name: written.str.split("; ")}
    if kind == "boolean":
        return {name: written.map({"true": True, "false": False})}
    types = {"integer": "Int64", "number": "float64"}
    return {name: _number(written, types[kind]) if kind in types else written}


def _number(written: Any, type_: str) -> Any:
    import pandas as pd

    return pd.to_numeric(written).astype(type_)


def _quantity(name: str, written: Any, type_: str) -> dict[str, Any]:
    sign = written.str.extract(r"^([~<>]=?)")[0].fillna("")
    ends = written.str.lstrip("~<>=").str.partition("..")
    is_range = ends[1] == ".."
    first, last = _number(ends[0], type_), _number(ends[2].where(is_range), type_)
    said = sign.map({"": "exact", "~": "approx", ">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"})
    return {
        name: first.where(~is_range & sign.isin(["", "~"])),
        f"{name}_low": first.where(sign.isin(["", ">", ">="])),
        f"{name}_high": last.where(is_range, first.where(sign.isin(["", "<", "<="]))),
        f"{name}_qualifier": said.where(written.notna()).mask(is_range, "range"),
    }


def cells_as_text(frame: Frame) -> Frame:
    """A table with its lists joined."""
    lists = [n for n in frame if frame[n].map(lambda cell: isinstance(cell, list)).any()]
    return frame.assign(**{str(n): frame[n].str.join("; ") for n in lists})
