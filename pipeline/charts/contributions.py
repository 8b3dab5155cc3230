"""Who staffs KFOR: the latest table of contributions that adds up to its own total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, GREY, OTHERWISE, Chart, Rows, Words, behind, by_now, key_of, sentences
from pipeline.charts.dates import in_words
from pipeline.charts.stated import SHAPES, SIGNS, Point, mark, otherwise, plain, read

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LATEST = f"""
    (SELECT as_of FROM mission_contribution WHERE mission_id = 'kfor' AND coverage = 'complete' AND {by_now("as_of")}
     GROUP BY as_of ORDER BY max(as_of_latest) DESC, as_of DESC LIMIT 1)
"""
_KEY = key_of("deployment", "m")
_DRAWN = f"""
    FROM mission_contribution m
    WHERE m.mission_id = 'kfor' AND m.as_of = {_LATEST} AND m.personnel_qualifier IS NOT NULL
"""
_SQL = f"""
    SELECT coalesce(m.country_name, m.iso3), m.iso3 IN (SELECT iso3 FROM country WHERE is_wb6),
           coalesce(m.personnel, m.personnel_low, m.personnel_high) AS personnel, m.personnel_high, m.personnel_qualifier,
           {otherwise("deployment", _KEY, "personnel")} AS otherwise, m.as_of,
           coalesce(m.mission_personnel, m.mission_personnel_low, m.mission_personnel_high),
           m.mission_personnel_high, m.mission_personnel_qualifier
    {_DRAWN}
    ORDER BY personnel, 1 DESC
"""
_TOTAL_KEY = key_of("mission_strength", "{'mission_id': m.mission_id, 'as_of': m.mission_total_as_of}")
_DOCUMENTS = f"""
    {behind("deployment", f"SELECT {_KEY} {_DRAWN}", ("personnel",), rivals=True)}
    UNION {behind("mission_strength", f"SELECT {_TOTAL_KEY} {_DRAWN}", ("personnel",))}
"""


def _words(rows: Rows) -> Words:
    total, most, qualifier = rows[0][7:]
    about = "" if qualifier in (None, "exact", "range") else f"{SHAPES[qualifier][2]} "
    stated = f", {about}{_number(total, most, qualifier)} in all" if total else ""
    disputed = sum(bool(row[5]) for row in rows)
    return Words(
        "Who staffs KFOR, NATO's force in Kosovo",
        f"Personnel by nation, {in_words(rows[0][6])}{stated}",
        sentences(
            "The latest date at which what is recorded of the nations adds up to the total that goes with it.",
            f"Red: what another document says of the same contingent and date, {disputed} of {len(rows)}."
            if disputed
            else "",
        ),
    )


def _draw(figure: Figure, rows: Rows) -> None:
    from matplotlib.patches import Patch

    axes = figure.add_subplot()
    colours = [COLOURS[1] if row[1] else COLOURS[0] for row in rows]
    bars = axes.barh(range(len(rows)), [row[2] for row in rows], color=colours, height=0.75)
    axes.bar_label(bars, [_sign(row[4]) + _number(*row[2:5]) for row in rows], padding=3, color=GREY, fontsize=8)
    others = [(place, value) for place, row in enumerate(rows) for value in row[5] or ()]
    points = [Point(number, place, qualifier) for place, (number, qualifier) in ((p, read(v)) for p, v in others)]
    mark(axes, points, OTHERWISE, 7, "another document says: ", "none")
    sides = [("Western Balkans", COLOURS[1]), ("other nations", COLOURS[0])]
    patches = [(Patch(color=colour), name) for name, colour in sides if colour in colours]
    marks = list(zip(*axes.get_legend_handles_labels(), strict=True))
    axes.legend(*zip(*patches, *marks, strict=True), frameon=False, loc="lower right")
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.margins(x=0.08)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def _sign(qualifier: str) -> str:
    return next((sign for sign, name in SIGNS.items() if name == qualifier), "")


def _number(number: int, most: int | None, qualifier: str) -> str:
    """A number as it is stated, without the sign: 4,443, or 4,000 to 4,500."""
    return f"{plain(number)} to {plain(most)}" if qualifier == "range" and most else plain(number)


CHART = Chart(
    name="kfor-contributions",
    tables=("mission_contribution", "country", "deployment", "mission_strength", "claim"),
    sql=_SQL,
    documents=_DOCUMENTS,
    words=_words,
    size=(9, 8.4),
    draw=_draw,
)
