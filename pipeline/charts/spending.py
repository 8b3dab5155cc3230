"""What the six spend on defence, as a share of their gross domestic product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, Chart, Rows, behind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SQL = """
    SELECT c.name, year(i.period_earliest) AS year, i.value, i.value_qualifier
    FROM indicator i
    JOIN country c ON c.iso3 = i.iso3 AND c.is_wb6
    WHERE i.indicator = 'defence_expenditure_pct_gdp' AND i.value IS NOT NULL
      AND i.period_earliest IS NOT NULL AND year(i.period_earliest) = year(i.period_latest)
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
        for approximate in (False, True):
            some = [r for r in of if (r[3] == "approx") == approximate]
            face = "white" if approximate else colour
            axes.plot([r[1] for r in some], [r[2] for r in some], "o", ls="", ms=4, mec=colour, mfc=face)
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
    for _, year, share, _ in rows:
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
    documents=behind("indicator", "row_key LIKE '%|indicator=defence_expenditure_pct_gdp|%' AND column_name = 'value'"),
    reading="Hollow: an approximate value. A line breaks where a year has no value.",
    size=(10, 6.2),
    draw=_draw,
)
