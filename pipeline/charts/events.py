"""Events by kind and year: a row for each kind that is recorded more than once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows, Words, behind, by_now, key_of, sentences

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWN = f"FROM event WHERE date_earliest IS NOT NULL AND year(date_earliest) = year(date_latest) AND {by_now('date')}"
_NAMED = 24
_SQL = f"""
    WITH dated AS (
        SELECT year(date_earliest) AS year, kind {_DRAWN}
    ),
    kinds AS (SELECT kind, count(*) AS n, row_number() OVER (ORDER BY count(*) DESC, kind) AS place FROM dated GROUP BY kind),
    placed AS (SELECT kind, CASE WHEN n > 1 THEN least(place, {_NAMED + 1}) ELSE {_NAMED + 1} END AS place FROM kinds)
    SELECT d.year, CASE WHEN k.place <= {_NAMED} THEN replace(d.kind, '_', ' ') END AS kind, count(*) AS n, k.place,
           (SELECT count(*) FROM placed WHERE place > {_NAMED}) AS n_others, (SELECT count(*) FROM event) AS recorded
    FROM dated d
    JOIN placed k ON k.kind = d.kind
    GROUP BY 1, 2, 4
    ORDER BY 4, 1
"""
_LARGEST = 16.0
"""The size of the largest mark, in points, so that it stays in its row."""


def _words(rows: Rows) -> Words:
    years, n, recorded = _years(rows), sum(row[2] for row in rows), rows[0][5]
    others = rows[-1][4] if rows[-1][1] is None else 0
    left = f"Of {recorded} events recorded, {recorded - n} are not drawn: no date is recorded, or it spans years or lies after the cut-off date."
    return Words(
        f"Events by kind and year, {years[0]} to {years[-1]}",
        f"Number of events that the dataset records in each year, {n} in all; kinds from the most to the least recorded",
        sentences(
            "What was read and written down, by no means all that happened. A mark without a number is one event.",
            f"The last row holds the {others} kinds that are recorded least, mostly once." if others else "",
            left if recorded > n else "",
        ),
    )


def _draw(figure: Figure, rows: Rows) -> None:
    from matplotlib.ticker import MaxNLocator

    kinds = list(dict.fromkeys(row[1] for row in rows))
    years = _years(rows)
    sums, axes = figure.subplots(2, 1, sharex=True, height_ratios=(5, max(len(kinds), 6)))
    per_year = {year: sum(row[2] for row in rows if row[0] == year) for year in years}
    bars = sums.bar(years, per_year.values(), color=COLOURS[0], width=0.8)
    sums.bar_label(bars, [str(n) if n else "" for n in per_year.values()], padding=1, fontsize=8)
    sums.margins(y=0.18)
    sums.set_yticks([])
    sums.spines["left"].set_visible(False)
    sums.tick_params(bottom=False, labelbottom=False)
    sums.set_title("All kinds", loc="left", fontsize=9, fontweight="bold")
    _mark(axes, rows, kinds)
    totals = [sum(row[2] for row in rows if row[1] == kind) for kind in kinds]
    names = [kind.capitalize() if kind else f"{rows[-1][4]} other kinds" for kind in kinds]
    axes.set_yticks([-n for n in range(len(kinds))], [f"{name}  {n}" for name, n in zip(names, totals, strict=True)])
    axes.set_ylim(-len(kinds) + 0.3, 0.7)
    axes.set_xlim(years[0] - 0.7, years[-1] + 0.7)
    axes.tick_params(left=False)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=14, integer=True))


def _mark(axes: Any, rows: Rows, kinds: list[str | None]) -> None:
    """Draw each year of each kind as a disc whose area is its number of events."""
    size = min(8.0, _LARGEST / max(row[2] for row in rows) ** 0.5)
    places = [(row[0], -kinds.index(row[1])) for row in rows]
    colours = [COLOURS[0] if row[1] else GREY for row in rows]
    axes.scatter(*zip(*places, strict=True), s=[size**2 * row[2] for row in rows], c=colours, linewidths=0)
    for place, (_, _, n, *_) in zip(places, rows, strict=True):
        if n > 1:
            axes.annotate(str(n), place, color="white", ha="center", va="center_baseline", fontsize=7)


def _years(rows: Rows) -> range:
    return range(min(row[0] for row in rows), max(row[0] for row in rows) + 1)


CHART = Chart(
    name="events",
    tables=("event", "claim"),
    sql=_SQL,
    documents=behind("event", f"SELECT {key_of('event', 'event')} {_DRAWN}", ("date", "kind")),
    words=_words,
    size=(10, 9),
    draw=_draw,
)
