"""Who staffs KFOR: the latest table of contributions that adds up to its own total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LATEST = """
    (SELECT as_of FROM mission_contribution WHERE mission_id = 'kfor' AND coverage = 'complete'
     GROUP BY as_of ORDER BY max(as_of_latest) DESC, as_of DESC LIMIT 1)
"""
_SQL = f"""
    SELECT coalesce(country_name, iso3) AS country_name, iso3, personnel, personnel_qualifier, mission_personnel, as_of,
           iso3 IN (SELECT iso3 FROM country WHERE is_wb6) AS is_wb6
    FROM mission_contribution
    WHERE mission_id = 'kfor' AND as_of = {_LATEST} AND personnel IS NOT NULL
    ORDER BY personnel, country_name DESC
"""
_DOCUMENTS = f"""
    SELECT DISTINCT document_id FROM claim
    WHERE is_published AND table_name = 'deployment' AND column_name = 'personnel'
      AND row_key LIKE '%|missions=kfor|%|as_of=' || {_LATEST} || '|%'
"""


def _draw(figure: Figure, rows: Rows) -> str:
    axes = figure.add_subplot()
    colours = [COLOURS[1] if row[6] else COLOURS[0] for row in rows]
    bars = axes.barh(range(len(rows)), [row[2] for row in rows], color=colours, height=0.75)
    labels = [f"{'~' if row[3] == 'approx' else ''}{row[2]:,}" for row in rows]
    axes.bar_label(bars, labels, padding=3, color=GREY, fontsize=8)
    axes.set_yticks(range(len(rows)), [row[0] for row in rows])
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xlabel("personnel")
    axes.grid(visible=False, axis="y")
    total = rows[0][4]
    return f"KFOR by nation, {_said(rows[0][5])}" + (f": {total:,} personnel" if total else "")


def _said(edtf: str) -> str:
    """A date for a title: 2024-01 to 2024-06, uncertain."""
    plain = edtf.translate({ord(sign): None for sign in "?~%"}).replace("/", " to ")
    return plain if len(plain) == len(edtf.replace("/", " to ")) else f"{plain}, uncertain"


CHART = Chart(
    name="kfor-contributions",
    tables=("mission_contribution", "country", "claim"),
    sql=_SQL,
    documents=_DOCUMENTS,
    reading="Orange: countries of the Western Balkans.",
    size=(9, 8.4),
    draw=_draw,
)
