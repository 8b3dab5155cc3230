"""KFOR's strength: every date for which a total is stated, as it is stated."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, GREY, OTHERWISE, Chart, Rows, Words, behind, by_now, key_of, sentences
from pipeline.charts.dates import in_words
from pipeline.charts.stated import Point, mark, otherwise, read, withdrawn
from pipeline.expand import earliest, latest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_KEY = key_of("mission_strength", "{'mission_id': 'kfor', 'as_of': d.as_of}")
_BEGIN = key_of("mission_strength", "{'mission_id': 'kfor', 'as_of': ''}")
_DRAWN = f"""
    FROM (
        SELECT as_of, {earliest("as_of")} AS as_of_earliest, {latest("as_of")} AS as_of_latest
        FROM (
            SELECT DISTINCT substr(row_key, length({_BEGIN}) + 1) AS as_of FROM claim
            WHERE table_name = 'mission_strength' AND starts_with(row_key, {_BEGIN})
        ) AS stated
    ) AS d
    LEFT JOIN mission_strength s ON s.mission_id = 'kfor' AND s.as_of = d.as_of
    WHERE {by_now("d.as_of")}
"""
_TOTAL = f"""
    FROM mission_strength
    WHERE mission_id = 'kfor' AND as_of_earliest IS NOT NULL AND as_of_latest IS NOT NULL AND {by_now("as_of")}
      AND coalesce(personnel, personnel_low, personnel_high) IS NOT NULL
"""
_SQL = f"""
    SELECT d.as_of_earliest, d.as_of_latest, coalesce(s.personnel, s.personnel_low, s.personnel_high) AS personnel,
           s.personnel_qualifier, {otherwise("mission_strength", _KEY, "personnel")} AS otherwise,
           s.personnel_low, s.personnel_high, {withdrawn("mission_strength", _KEY, "personnel")} AS withdrawn, d.as_of
    {_DRAWN} AND EXISTS (SELECT 1 {_TOTAL})
    ORDER BY d.as_of_earliest NULLS FIRST, d.as_of
"""

# From 2012 on totals are about a tenth of those of 1999, on whose scale they would all look the same.
_LATER = datetime.date(2012, 1, 1)
_WRONG = "found not to be its strength (deprecated)"


def _words(rows: Rows) -> Words:
    placed = _placed(rows)
    shown = [row for row in placed if row[2] is not None]
    lacking = [row for row in rows if row not in shown and not row[7]]
    many = f"{len(shown)} of the {len(shown) + len(lacking)} dates" if lacking else f"{len(shown)} dates"
    dates = "; ".join(in_words(row[8]) for row in lacking)
    reaching = any(row[0] != row[1] for row in shown)
    return Words(
        f"Strength of KFOR, NATO's force in Kosovo, {placed[0][0].year} to {max(row[1] for row in placed).year}",
        f"Total personnel, at {many} for which documents tell of its size",
        sentences(
            "A pale bar reaches over the days that a date can mean." if reaching else "",
            "Red: what another document says of the same date." if any(row[4] for row in placed) else "",
            "Grey: what a document says, and is known to be wrong, or no strength but a plan." if _wrong(rows) else "",
            f"Not drawn, as no total or no day is stated: {dates}." if lacking else "",
        ),
    )


def _placed(rows: Rows) -> list[tuple[Any, ...]]:
    """The rows that have a place in time and something to draw there."""
    return [row for row in rows if row[0] and row[1] and (row[2] is not None or row[7])]


def _wrong(rows: Rows) -> list[Point]:
    return [Point(_middle(row), read(value)[0], "exact") for row in _placed(rows) for value in row[7] or ()]


def _draw(figure: Figure, rows: Rows) -> None:
    placed = _placed(rows)
    later = [row for row in placed if row[0] >= _LATER]
    panels = [placed, later] if later and len(later) < len(placed) else [placed]
    for number, shown in enumerate(panels, 1):
        axes = figure.add_subplot(len(panels), 1, number)
        _fill(axes, shown)
        axes.margins(y=0.08)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter("{x:,.0f}")
        if number == 1:
            axes.legend(loc="upper right", frameon=False)
        else:
            axes.set_title(f"Since {_LATER.year}, enlarged", loc="left", fontsize=10, fontweight="bold")


def _fill(axes: Any, rows: Rows) -> None:
    own = [row for row in rows if row[2] is not None]
    axes.hlines([row[2] for row in own], [r[0] for r in own], [r[1] for r in own], color=COLOURS[0], alpha=0.4, lw=3)
    ranges = [row for row in own if row[3] == "range"]
    axes.vlines([_middle(r) for r in ranges], [r[5] for r in ranges], [r[6] for r in ranges], color=COLOURS[0], lw=1.2)
    mark(axes, [Point(_middle(row), row[2], row[3]) for row in own], COLOURS[0], 5, "")
    others = [Point(_middle(row), *read(value)) for row in rows for value in row[4] or ()]
    mark(axes, others, OTHERWISE, 8, "another document says: ", "none")
    wrong = _wrong(rows)
    if wrong:
        axes.plot([p.x for p in wrong], [p.y for p in wrong], "D", mfc="none", mec=GREY, ms=6, ls="", label=_WRONG)


def _middle(row: tuple[Any, ...]) -> Any:
    return row[0] + (row[1] - row[0]) / 2


CHART = Chart(
    name="kfor-strength",
    tables=("mission_strength", "claim"),
    sql=_SQL,
    documents=behind("mission_strength", f"SELECT {_KEY} {_DRAWN}", ("personnel",), rivals=True, withdrawn=True),
    words=_words,
    size=(10, 8.4),
    draw=_draw,
)
