"""How the six stood towards NATO, its partnership, the European Union and the Council of Europe, over time."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pipeline.charts.chart import COLOURS, GREY, Chart, Rows, Words, behind, by_now, key_of, sentences
from pipeline.charts.dates import day
from schemas.standings import STANDINGS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DRAWN = f"""
    FROM membership m
    JOIN country c ON c.iso3 = m.iso3 AND c.is_wb6
    JOIN organisation o ON o.organisation_id = m.organisation_id
    WHERE m.organisation_id IN ('nato', 'pfp', 'eu', 'coe') AND {by_now("m.start")}
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
_STATUS = (*STANDINGS,)
"""From the closest tie to the loosest: where spells overlap, the closer covers the looser."""

_COLOURS = {
    "member": COLOURS[0],
    "invited": COLOURS[3],
    "candidate": COLOURS[1],
    "applicant": COLOURS[2],
    "participant": COLOURS[4],
    "partner": COLOURS[5],
    "neutral": COLOURS[7],
}
_DARK = ("member", "neutral")
"""Statuses on whose colours white is read more easily than black."""

_UNDATED = "start not recorded"
_ROWS = ("NATO", "PfP", "EU", "CoE")
_LETTER = 0.0065
"""The width of a letter of a status, of that of the picture: it is written where there is room."""


def _words(rows: Rows) -> Words:
    unsure = any(row[3] != row[4] for row in rows if _begun(row))
    return Words(
        "How the Western Balkans stand towards NATO and Europe",
        "Status over time towards NATO, its Partnership for Peace (PfP), the European Union (EU) and the Council of Europe (CoE), "
        f"to {day(rows[0][6])}",
        sentences(
            "A bar without an end lasts to the cut-off date; one of a programme ends where membership of its organisation begins.",
            "Where spells overlap, the closer tie covers the looser: an application lasts on below a candidacy.",
            "Pale: the days on which the spell may have begun." if unsure else "",
            "Diamond: a status whose start is not recorded, at its end or at the cut-off date."
            if _undated(rows)
            else "",
        ),
    )


def _draw(figure: Figure, rows: Rows) -> None:
    axes: Any = figure.add_subplot()
    places = _places(rows)
    now = rows[0][6]
    first = min((row[3] for row in rows if row[3]), default=now) - datetime.timedelta(365)
    for row in filter(_begun, rows):
        _bar(axes, row, places[row[0], row[1]], _seen(row, rows) / (now - first))
    for place, end, statuses in _diamonds(rows, places):
        axes.plot(end, place, "D", mfc="white", mec="black", ms=7, ls="", clip_on=False, zorder=9, label=_UNDATED)
        axes.annotate(statuses, (end, place), (8, 0), textcoords="offset points", va="center", fontsize=8)
    for name in dict.fromkeys(row[0] for row in rows):
        top = max(place for (country, _), place in places.items() if country == name)
        axes.annotate(name, (0, top + 1), (4, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", fontweight="bold")  # fmt: skip
    axes.set_yticks(list(places.values()), [organisation for _, organisation in places])
    axes.set_xlim(first, now)
    axes.set_ylim(min(places.values()) - 0.7, 1.6)
    _explain(axes)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def _begun(row: tuple[Any, ...]) -> bool:
    """Whether it is recorded when a spell began."""
    return bool(row[3] and row[4])


def _undated(rows: Rows) -> list[tuple[Any, ...]]:
    return [row for row in rows if not _begun(row)]


def _places(rows: Rows) -> dict[tuple[str, str], int]:
    """Where each country and organisation stands: the six one below the other, with a line for their names between them."""
    places: dict[tuple[str, str], int] = {}
    pairs = {(row[0], row[1]) for row in rows}
    place = 0
    for name in sorted({name for name, _ in pairs}):
        for organisation in _ROWS:
            if (name, organisation) in pairs:
                places[name, organisation] = place
                place -= 1
        place -= 1
    return places


def _bar(axes: Any, row: tuple[Any, ...], place: int, seen: float) -> None:
    """Draw a spell, pale while it may not have begun, with its status where there is room for it."""
    _, _, status, earliest, latest, until, now = row
    rank, stop, colour = _rank(status), until or now, _colour(status)
    axes.barh(place, stop - latest, left=latest, height=0.78, color=colour, label=status, zorder=2 + 1 / (1 + rank))
    if earliest != latest:
        axes.barh(place, latest - earliest, left=earliest, height=0.78, color=colour, alpha=0.4, zorder=2)
    if seen >= _LETTER * len(status):
        axes.annotate(
            status, (latest, place), (3, 0), textcoords="offset points", va="center", fontsize=7.5, clip_on=True,
            color="white" if status in _DARK else "black", zorder=2 + 1 / (1 + rank),
        )  # fmt: skip


def _seen(row: tuple[Any, ...], rows: Rows) -> datetime.timedelta:
    """How much of a spell is seen before a closer tie begins."""
    covers = [other[3] for other in rows if other[:2] == row[:2] and _begun(other) and _rank(other[2]) < _rank(row[2])]
    seen: datetime.timedelta = min([row[5] or row[6], *covers]) - row[4]
    return seen


def _rank(status: str) -> int:
    return _STATUS.index(status) if status in _STATUS else len(_STATUS)


def _colour(status: str) -> str:
    return _COLOURS.get(status, GREY)


def _diamonds(rows: Rows, places: dict[tuple[str, str], int]) -> list[tuple[int, datetime.date, str]]:
    """Place, day and statuses of the spells whose start is not recorded; those at one place and day together."""
    found: dict[tuple[int, datetime.date], list[str]] = {}
    for name, organisation, status, _, _, until, now in _undated(rows):
        found.setdefault((places[name, organisation], until or now), []).append(status)
    return [(place, end, ", ".join(dict.fromkeys(statuses))) for (place, end), statuses in found.items()]


def _explain(axes: Any) -> None:
    handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
    kinds = sorted(handles, key=lambda label: (label == _UNDATED, _rank(label)))
    axes.legend([handles[kind] for kind in kinds], kinds, frameon=False, ncols=8, loc="lower left",
                bbox_to_anchor=(0, 1), fontsize=8)  # fmt: skip


CHART = Chart(
    name="memberships",
    tables=("membership", "country", "organisation", "claim"),
    sql=_SQL,
    documents=behind("membership", f"SELECT {key_of('membership', 'm')} {_DRAWN}", ("start", "end")),
    words=_words,
    size=(11, 8.8),
    draw=_draw,
)
