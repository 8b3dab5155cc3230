"""KFOR's strength: every date for which a total is stated, as it is stated."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, OTHERWISE, Chart, Rows, behind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_NUMBER = "CAST(regexp_extract(c.value, '([0-9]+)', 1) AS BIGINT)"
_SQL = f"""
    SELECT s.as_of_earliest, s.as_of_latest, coalesce(s.personnel, s.personnel_low, s.personnel_high) AS personnel,
           s.personnel_qualifier,
           (SELECT list({_NUMBER} ORDER BY {_NUMBER}) FROM claim c
            WHERE c.table_name = 'mission_strength' AND c.row_key = 'mission_id=kfor|as_of=' || s.as_of
              AND c.column_name = 'personnel' AND NOT c.is_published AND c.rank <> 'deprecated') AS otherwise,
           s.personnel_low, s.personnel_high
    FROM mission_strength s
    WHERE s.mission_id = 'kfor' AND s.as_of_earliest IS NOT NULL AND s.as_of_latest IS NOT NULL
      AND coalesce(s.personnel, s.personnel_low, s.personnel_high) IS NOT NULL
    ORDER BY s.as_of_earliest, s.as_of
"""

_LATER = datetime.date(2012, 1, 1)

_MARKS = {
    "exact": ("o", COLOURS[0], "exact"),
    "approx": ("o", "white", "about"),
    "more_than": ("^", "white", "more than"),
    "at_least": ("^", COLOURS[0], "at least"),
    "less_than": ("v", "white", "less than"),
    "at_most": ("v", COLOURS[0], "at most"),
    "range": ("s", "white", "from (a range)"),
}


def _draw(figure: Figure, rows: Rows) -> str:
    later = [row for row in rows if row[0] >= _LATER]
    panels = [rows, later] if later and len(later) < len(rows) else [rows]
    for number, shown in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, number)
        _fill(axes, shown)
        axes.set_ylabel("personnel" if number == 1 else f"personnel since {_LATER.year}")
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        if number == 1:
            axes.legend(loc="upper right", frameon=False)
    return f"Strength of KFOR, {rows[0][0].year} to {rows[-1][1].year}"


def _fill(axes: Any, rows: Rows) -> None:
    middle = {row: row[0] + (row[1] - row[0]) / 2 for row in map(_hashable, rows)}
    axes.hlines([row[2] for row in rows], [r[0] for r in rows], [r[1] for r in rows], color=COLOURS[0], alpha=0.4, lw=3)
    ranges = [row for row in middle if row[3] == "range"]
    axes.vlines([middle[r] for r in ranges], [r[5] for r in ranges], [r[6] for r in ranges], color=COLOURS[0], lw=1.2)
    for qualifier, (marker, face, label) in _MARKS.items():
        of = [row for row in middle if row[3] == qualifier]
        if of:
            places, sizes = [middle[row] for row in of], [row[2] for row in of]
            axes.plot(places, sizes, marker, mfc=face, mec=COLOURS[0], ms=5, ls="", label=label)
    other = [(middle[row], size) for row in middle for size in row[4]]
    if other:
        axes.plot(*zip(*other, strict=True), "x", color=OTHERWISE, ms=7, mew=1.6, ls="", label="another document says")


def _hashable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:4], tuple(row[4] or ()), *row[5:])


CHART = Chart(
    name="kfor-strength",
    tables=("mission_strength", "claim"),
    sql=_SQL,
    documents=behind("mission_strength", "row_key LIKE 'mission_id=kfor|%' AND column_name = 'personnel'"),
    reading="Bars reach over the days that a date can mean.",
    size=(10, 8.4),
    draw=_draw,
)
