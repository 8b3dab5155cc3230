"""Events by year and kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows, behind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWN = "FROM event WHERE date_earliest IS NOT NULL AND year(date_earliest) = year(date_latest)"
_NAMED = 24
_SQL = f"""
    WITH dated AS (
        SELECT year(date_earliest) AS year, kind {_DRAWN}
    ),
    kinds AS (SELECT kind, row_number() OVER (ORDER BY count(*) DESC, kind) AS place, count(*) > 1 AS often FROM dated GROUP BY kind)
    SELECT d.year, CASE WHEN k.often AND k.place <= {_NAMED} THEN replace(d.kind, '_', ' ') ELSE 'other' END AS kind, count(*) AS n,
           min(CASE WHEN k.often THEN least(k.place, {_NAMED + 1}) ELSE {_NAMED + 1} END) AS place
    FROM dated d
    JOIN kinds k ON k.kind = d.kind
    GROUP BY 1, 2
    ORDER BY 4, 1
"""


def _draw(figure: Figure, rows: Rows) -> str:
    from matplotlib.ticker import MaxNLocator

    axes = figure.add_subplot()
    years = range(min(row[0] for row in rows), max(row[0] for row in rows) + 1)
    below = dict.fromkeys(years, 0)
    kinds = list(dict.fromkeys(row[1] for row in rows))
    looks = [(colour, hatch) for hatch in (None, "////", "xxxx") for colour in COLOURS[: _NAMED // 3]]
    for place, kind in enumerate(kinds):
        colour, hatch = looks[place] if kind != "other" else (GREY, None)
        n = {row[0]: row[2] for row in rows if row[1] == kind}
        axes.bar(years, [n.get(y, 0) for y in years], bottom=[below[y] for y in years], color=colour, hatch=hatch,
                 edgecolor="white", linewidth=0, label=kind)  # fmt: skip
        below = {year: below[year] + n.get(year, 0) for year in years}
    axes.set_ylabel("events")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, loc="upper left", ncols=3, fontsize=8)
    axes.grid(visible=False, axis="x")
    return f"Events by year and kind, {years[0]} to {years[-1]}"


CHART = Chart(
    name="events",
    tables=("event", "claim"),
    sql=_SQL,
    documents=behind("event", f"SELECT 'event_id=' || event_id {_DRAWN}", ("date", "kind")),
    reading="Events that the dataset records, by no means all that happened. Other: kinds that are recorded least.",
    size=(10, 6.2),
    draw=_draw,
)
