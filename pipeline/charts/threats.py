"""Which threats bear on whom, by the actor behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, Chart, Rows, Words, behind, key_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SQL = """
    SELECT coalesce(actor_name, 'No actor is named') AS actor, replace(category, '_', ' ') AS category, country_name,
           count(DISTINCT threat_id) AS n
    FROM threat_exposure
    GROUP BY 1, 2, 3
    ORDER BY bool_and(actor_name IS NULL), 1, 2, 3
"""


def _words(rows: Rows) -> Words:
    several = any(row[3] > 1 for row in rows)
    return Words(
        "Threats to the Western Balkans, by actor and category",
        "Threats as documents describe them, by the actor that they name and the country that the threat bears on",
        f"A mark: {'at least ' if several else ''}one threat of the category bears on the country."
        f"{' A number: so many do.' if several else ''} No mark: none is recorded, which does not say that there is none.",
    )


def _draw(figure: Figure, rows: Rows) -> None:
    axes = figure.add_subplot()
    countries = sorted({row[2] for row in rows})
    kinds = list(dict.fromkeys((row[0], row[1]) for row in rows))
    places = [(countries.index(row[2]), -kinds.index((row[0], row[1]))) for row in rows]
    axes.plot(*zip(*places, strict=True), "s", color=COLOURS[0], ms=12)
    for place, (*_, n) in zip(places, rows, strict=True):
        if n > 1:
            axes.annotate(str(n), place, color="white", ha="center", va="center")
    axes.set_xticks(range(len(countries)), [name.replace(" and ", "\nand ") for name in countries], fontweight="bold")
    axes.set_yticks([-n for n in range(len(kinds))], [f"{actor}: {category}" for actor, category in kinds])
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlim(-0.6, len(countries) - 0.4)
    axes.set_ylim(-len(kinds) + 0.3, 0.7)


CHART = Chart(
    name="threats",
    tables=("threat_exposure", "threat", "threat_target", "claim"),
    sql=_SQL,
    documents=f"""
        {behind("threat", f"SELECT {key_of('threat', 'e')} FROM threat_exposure e", ("category", "actor_id"))}
        UNION {behind("threat_target", f"SELECT {key_of('threat_target', 'e')} FROM threat_exposure e")}
    """,
    words=_words,
    size=(11, 7.6),
    draw=_draw,
)
