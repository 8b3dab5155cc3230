"""What the six spend on defence, as a share of their gross domestic product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, OTHERWISE, Chart, Rows, Words, behind, by_now, key_of, sentences
from pipeline.charts.stated import SHAPES, Point, mark, otherwise, read

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_KEY = key_of("indicator", "i")
_STATED = """
    FROM indicator i
    JOIN country c ON c.iso3 = i.iso3 AND c.is_wb6
    WHERE i.indicator = 'defence_expenditure_pct_gdp' AND i.value_qualifier IS NOT NULL
      AND i.period_earliest IS NOT NULL AND year(i.period_earliest) = year(i.period_latest)
"""
_DRAWN = f"{_STATED} AND {by_now('i.period')}"
_SQL = f"""
    SELECT c.name, year(i.period_earliest) AS year, coalesce(i.value, i.value_low, i.value_high) AS value,
           i.value_qualifier, {otherwise("indicator", _KEY, "value")} AS otherwise, i.value_high,
           (SELECT count(*) {_STATED} AND NOT {by_now("i.period")}) AS later
    {_DRAWN}
    ORDER BY c.name, i.period_earliest, i.period
"""
_RIVAL = "another document says: "


def _words(rows: Rows) -> Words:
    years, later = [row[1] for row in rows], rows[0][6]
    return Words(
        f"What the Western Balkans spend on defence, {min(years)} to {max(years)}",
        "Defence expenditure as a share of gross domestic product, %; the same scale for every country",
        sentences(
            "Red, on a pale bar: what other documents say of the same year." if any(row[4] for row in rows) else "",
            "A line breaks where a year has no value.",
            f"Values left out, as their years come after the cut-off date: {later}." if later else "",
        ),
    )


def _draw(figure: Figure, rows: Rows) -> None:
    from matplotlib.ticker import MaxNLocator

    names = sorted({row[0] for row in rows})
    wide = min(3, len(names))
    panels = figure.subplots(-(-len(names) // wide), wide, sharex=True, sharey=True, squeeze=False).flat
    for name, axes in zip(names, panels, strict=False):
        _fill(axes, [row for row in rows if row[0] == name])
        axes.set_title(name, loc="left", fontsize=10, fontweight="bold")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axes.tick_params(labelbottom=True)
    for axes in list(panels):
        axes.set_visible(False)
    figure.axes[0].set_ylim(bottom=0)
    _explain(figure)


def _fill(axes: Any, rows: Rows) -> None:
    """Draw one country: its line, and on it what documents say, with the span between them."""
    import numpy as np

    years, shares = _with_gaps(rows)
    axes.plot(years, np.array(shares, dtype=float), color=COLOURS[0], lw=1.2)
    others = [Point(row[1], *read(value)) for row in rows for value in row[4] or ()]
    said = [[r[2], r[5] or r[2], *(o.y for o in others if o.x == r[1])] for r in rows]
    axes.vlines([r[1] for r in rows], list(map(min, said)), list(map(max, said)), color=OTHERWISE, alpha=0.25, lw=3)
    mark(axes, others, OTHERWISE, 3.5, _RIVAL)
    mark(axes, [Point(*row[1:4]) for row in rows], COLOURS[0], 3.5, "")


def _explain(figure: Figure) -> None:
    """One legend for all panels, of each kind of statement once."""
    found: dict[str, Any] = {}
    for axes in figure.axes:
        handles, labels = axes.get_legend_handles_labels()
        found = dict(zip(labels, handles, strict=True)) | found
    words = [words for _, _, words in SHAPES.values()]
    kinds = [said for said in (*words, *(_RIVAL + each for each in words)) if said in found]
    figure.axes[0].legend([found[kind] for kind in kinds], kinds, frameon=False, loc="upper right", fontsize=7.5)


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
    words=_words,
    size=(11, 7),
    draw=_draw,
)
