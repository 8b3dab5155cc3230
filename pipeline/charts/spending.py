"""What the six spend on defence, as a share of their gross domestic product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, Chart, Rows, behind
from pipeline.charts.stated import Point, mark, otherwise, read

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_KEY = """
    'iso3=' || i.iso3 || '|indicator=' || i.indicator || '|period=' || i.period || '|counterpart=' || coalesce(i.counterpart, '')
"""
_DRAWN = """
    FROM indicator i
    JOIN country c ON c.iso3 = i.iso3 AND c.is_wb6
    WHERE i.indicator = 'defence_expenditure_pct_gdp' AND i.value_qualifier IS NOT NULL
      AND i.period_earliest IS NOT NULL AND year(i.period_earliest) = year(i.period_latest)
"""
_SQL = f"""
    SELECT c.name, year(i.period_earliest) AS year, coalesce(i.value, i.value_low, i.value_high) AS value,
           i.value_qualifier, {otherwise("indicator", _KEY, "value")} AS otherwise, i.value_high
    {_DRAWN}
    ORDER BY c.name, i.period_earliest, i.period
"""
_STYLES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1, 1, 1)))


def _draw(figure: Figure, rows: Rows) -> str:
    import numpy as np
    from matplotlib.ticker import MaxNLocator

    axes = figure.add_subplot()
    names = sorted({row[0] for row in rows})
    for name, colour, style in zip(names, COLOURS, _STYLES, strict=False):
        of = [row for row in rows if row[0] == name]
        years, shares = _with_gaps(of)
        axes.plot(years, np.array(shares, dtype=float), color=colour, ls=style, lw=1.2, label=name)
        others = [Point(row[1], *read(value)) for row in of for value in row[4] or ()]
        said = [[r[2], r[5] or r[2], *(o.y for o in others if o.x == r[1])] for r in of]
        axes.vlines([r[1] for r in of], list(map(min, said)), list(map(max, said)), color=colour, alpha=0.3, lw=3)
        mark(axes, [Point(*row[1:4]) for row in of], colour, 4)
        mark(axes, others, colour, 2)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("% of gross domestic product")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(frameon=False, ncols=2)
    years = [row[1] for row in rows]
    return f"Defence expenditure of the six, {min(years)} to {max(years)}"


def _with_gaps(rows: Rows) -> tuple[list[int], list[float | None]]:
    """Years and shares of one country, with an empty one where years lack a value: no line runs over them."""
    years: list[int] = []
    shares: list[float | None] = []
    for _, year, share, *_ in rows:
        if years and year > years[-1] + 1:
            years.append(year - 1)
            shares.append(None)
        years.append(year)
        shares.append(share)
    return years, shares


CHART = Chart(
    name="defence-spending",
    tables=("indicator", "country", "claim"),
    sql=_SQL,
    documents=behind("indicator", f"SELECT {_KEY} {_DRAWN}", ("value",), rivals=True),
    reading="Hollow: an approximate value. Triangle: a bound. Small, on a pale bar: what other documents say of the year. "
    "A line breaks where a year has no value.",
    size=(10, 6.2),
    draw=_draw,
)
