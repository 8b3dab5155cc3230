"""How the six stood towards NATO, its partnership, the European Union and the Council of Europe, over time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows, behind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWN = """
    FROM membership m
    JOIN country c ON c.iso3 = m.iso3 AND c.is_wb6
    JOIN organisation o ON o.organisation_id = m.organisation_id
    WHERE m.organisation_id IN ('nato', 'pfp', 'eu', 'coe')
"""
_SQL = f"""
    SELECT c.name, CASE o.organisation_id WHEN 'pfp' THEN 'PfP' WHEN 'coe' THEN 'CoE' ELSE upper(o.organisation_id) END,
           m.status, m.start_earliest, m.start_latest,
           least(m.end_latest, CASE WHEN o.kind = 'programme' THEN
               (SELECT min(coalesce(j.start_earliest, j.start_latest)) FROM membership j
                WHERE j.iso3 = m.iso3 AND j.organisation_id = o.parent_organisation_id AND j.status = 'member'
                  AND j.start_latest <= cut_off() AND (j.end_latest IS NULL OR j.end_latest > cut_off())) END) AS until,
           cut_off() AS now
    {_DRAWN}
    ORDER BY c.name, o.organisation_id, m.start_earliest NULLS FIRST, m.status, m.spell
"""
_KEY = "'iso3=' || m.iso3 || '|organisation_id=' || m.organisation_id || '|status=' || m.status || '|spell=' || m.spell"
_STATUS = ("member", "candidate", "applicant", "invited", "participant", "partner", "aspirant", "neutral")


def _draw(figure: Figure, rows: Rows) -> str:
    axes = figure.add_subplot()
    colours = dict(zip(_STATUS, COLOURS, strict=False))
    lines = list(dict.fromkeys((row[0], row[1]) for row in rows))
    now = rows[0][6]
    first = min((row[3] for row in rows if row[3]), default=now) - datetime.timedelta(365)
    for name, organisation, status, earliest, latest, until, _ in rows:
        place, stop, colour = -lines.index((name, organisation)), until or now, colours.get(status, GREY)
        if earliest and latest:
            axes.barh(
                place, stop - earliest, left=earliest, height=_height(status), color=colour, alpha=0.9, label=status
            )
        else:
            axes.plot(stop, place, "D", color=colour, mec="white", ms=9, ls="", clip_on=False, zorder=3, label=status)
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
    documents=behind("membership", f"SELECT {_KEY} {_DRAWN}", ("start", "end")),
    reading="Diamond: no start is recorded, so the spell is shown only at its end or at the dataset's cut-off date. "
    "A bar without an end lasts to the cut-off date; one of a programme ends where membership of its organisation begins.",
    size=(11, 7.6),
    draw=_draw,
)
