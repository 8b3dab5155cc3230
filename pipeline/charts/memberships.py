"""How the six stood towards NATO, its partnership, the European Union and the Council of Europe, over time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows, behind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_OF = "('nato', 'pfp', 'eu', 'coe')"
_SQL = f"""
    SELECT c.name, coalesce(nullif(upper(o.organisation_id), 'COE'), 'CoE') AS organisation, m.status,
           m.start_earliest, m.start_latest, m.end_latest, m."end" IS NULL AS lasts,
           cut_off() AS now
    FROM membership m
    JOIN country c ON c.iso3 = m.iso3 AND c.is_wb6
    JOIN organisation o ON o.organisation_id = m.organisation_id
    WHERE m.organisation_id IN {_OF}
    ORDER BY c.name, o.organisation_id, m.start_earliest NULLS FIRST, m.status, m.spell
"""
_STATUS = ("member", "candidate", "applicant", "invited", "participant", "partner", "aspirant", "neutral")


def _draw(figure: Figure, rows: Rows) -> str:
    axes = figure.add_subplot()
    colours = dict(zip(_STATUS, COLOURS, strict=False))
    lines = list(dict.fromkeys((row[0], row[1]) for row in rows))
    now = rows[0][7]
    first = min((row[3] for row in rows if row[3]), default=now) - datetime.timedelta(365)
    seen: set[str] = set()
    for name, organisation, status, earliest, latest, end, lasts, _ in rows:
        place = -lines.index((name, organisation))
        start, stop = earliest or first, now if lasts else end or now
        sure = earliest is not None and latest is not None
        label = status if status not in seen else "_"
        seen.add(status)
        colour = colours.get(status, GREY)
        axes.barh(place, stop - start, left=start, height=_height(status), color=colour, alpha=0.9 if sure else 0.25,
                  hatch=None if sure else "//", label=label)  # fmt: skip
    axes.set_yticks([-n for n in range(len(lines))], [f"{name}: {organisation}" for name, organisation in lines])
    axes.set_xlim(first, now)
    axes.set_ylim(-len(lines) + 0.3, 0.7)
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    axes.legend([handles[s] for s in _STATUS if s in handles], [s for s in _STATUS if s in handles], frameon=False,
                ncols=8, loc="lower left", bbox_to_anchor=(0, 1), fontsize=8)  # fmt: skip
    axes.grid(visible=False, axis="y")
    return "The six towards NATO, Partnership for Peace, the European Union and the Council of Europe"


def _height(status: str) -> float:
    """Steps on the way are thinner than what they lead to, so that both are seen where they overlap."""
    return {"member": 0.8, "participant": 0.8, "candidate": 0.6, "invited": 0.5, "applicant": 0.35}.get(status, 0.6)


CHART = Chart(
    name="memberships",
    tables=("membership", "country", "organisation", "claim"),
    sql=_SQL,
    documents=behind("membership", "(column_name = 'start' OR column_name IS NULL)"),
    reading="Hatched: no start is recorded. A bar without an end lasts to the dataset's cut-off date.",
    size=(11, 7.6),
    draw=_draw,
)
