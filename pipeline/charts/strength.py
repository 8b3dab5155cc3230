"""KFOR's strength: every date for which a total is stated, as it is stated."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, OTHERWISE, Chart, Rows, behind
from pipeline.charts.stated import Point, mark, otherwise, read

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_KEY = "'mission_id=' || s.mission_id || '|as_of=' || s.as_of"
_DRAWN = """
    FROM mission_strength s
    WHERE s.mission_id = 'kfor' AND s.as_of_earliest IS NOT NULL AND s.as_of_latest IS NOT NULL
      AND coalesce(s.personnel, s.personnel_low, s.personnel_high) IS NOT NULL
"""
_SQL = f"""
    SELECT s.as_of_earliest, s.as_of_latest, coalesce(s.personnel, s.personnel_low, s.personnel_high) AS personnel,
           s.personnel_qualifier, {otherwise("mission_strength", _KEY, "personnel")} AS otherwise,
           s.personnel_low, s.personnel_high
    {_DRAWN}
    ORDER BY s.as_of_earliest, s.as_of
"""

_LATER = datetime.date(2012, 1, 1)


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
    axes.hlines([row[2] for row in rows], [r[0] for r in rows], [r[1] for r in rows], color=COLOURS[0], alpha=0.4, lw=3)
    ranges = [row for row in rows if row[3] == "range"]
    axes.vlines([_middle(r) for r in ranges], [r[5] for r in ranges], [r[6] for r in ranges], color=COLOURS[0], lw=1.2)
    mark(axes, [Point(_middle(row), row[2], row[3]) for row in rows], COLOURS[0], 5, "")
    others = [Point(_middle(row), *read(value)) for row in rows for value in row[4] or ()]
    mark(axes, others, OTHERWISE, 8, "another document says: ", "none")


def _middle(row: tuple[Any, ...]) -> Any:
    return row[0] + (row[1] - row[0]) / 2


CHART = Chart(
    name="kfor-strength",
    tables=("mission_strength", "claim"),
    sql=_SQL,
    documents=behind("mission_strength", f"SELECT {_KEY} {_DRAWN}", ("personnel",), rivals=True),
    reading="Bars reach over the days that a date can mean. Red: what another document says of the same date.",
    size=(10, 8.4),
    draw=_draw,
)
