"""What documents state of a quantity, and what others say of the same one: each kind of statement has a shape of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.engine import literal

SHAPES = {
    "exact": ("o", True, "exact"),
    "approx": ("o", False, "about"),
    "more_than": ("^", False, "more than"),
    "at_least": ("^", True, "at least"),
    "less_than": ("v", False, "less than"),
    "at_most": ("v", True, "at most"),
    "range": ("s", False, "from (a range)"),
}
"""Of each qualifier: its marker, whether that is filled, and its words."""

SIGNS = {"": "exact", "~": "approx", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most"}


class Point(NamedTuple):
    """A statement where it is drawn."""

    x: Any
    y: Any
    qualifier: str


def otherwise(table: str, key: str, column: str) -> str:
    """SQL for what live claims say otherwise of a cell, as they say it; `key` is SQL for the row's key."""
    return _claimed(table, key, column, "NOT o.is_published AND o.rank <> 'deprecated'")


def withdrawn(table: str, key: str, column: str) -> str:
    """SQL for what deprecated claims say of a cell, as they say it."""
    return _claimed(table, key, column, "o.rank = 'deprecated'")


def _claimed(table: str, key: str, column: str, which: str) -> str:
    return (
        f"(SELECT list(DISTINCT o.value ORDER BY o.value) FROM claim o WHERE o.table_name = {literal(table)} AND o.row_key = {key} "
        f"AND o.column_name = {literal(column)} AND {which})"
    )


def read(value: str) -> tuple[float, str]:
    """The number and qualifier of a statement: `>4500` is 4500, more_than; of a range, the lower number."""
    bare = value.lstrip("~<>=")
    first, ranges, _ = bare.partition("..")
    return float(first), "range" if ranges else SIGNS[value.removesuffix(bare)]


def mark(
    axes: Any, points: Iterable[Point], colour: str, size: float, label: str | None = None, hollow: str = "white"
) -> None:
    """Draw statements in the shapes of their kinds; the legend has their words after `label`, where that is given. `hollow` fills what is not filled."""
    drawn = list(points)
    for qualifier, (marker, filled, words) in SHAPES.items():
        of = [point for point in drawn if point.qualifier == qualifier]
        if of:
            face, said = colour if filled else hollow, "_" if label is None else label + words
            axes.plot([p.x for p in of], [p.y for p in of], marker, mfc=face, mec=colour, ms=size, ls="", label=said)


def plain(number: float) -> str:
    """A number as text, with commas between thousands."""
    return re.sub(r"\.0$", "", f"{number:,}")
