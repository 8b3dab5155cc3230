"""What changed, for people: each change on a line with the notes behind it, the weightiest first.

Columns that one cell was expanded to are told as that cell, as it was written; rows that were added or removed as a
whole. What changed no published value is told last: who else says so now, and what was judged wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cite.notes import notes_of
from pipeline.cite.source import ORIGIN_LOCATOR, Source
from pipeline.diff.change import SQL, create_change_table
from pipeline.diff.sections import SECTIONS
from pipeline.diff.side import Side
from pipeline.engine import Connection
from pipeline.version import Reason, highest, reasons

_LONG = ("schema", "added", "evidence", "rejected")
"""The sections that may have thousands of lines of no great weight."""

_WHOLE = 10_000
"""How many lines of one table any other section lists."""


@dataclass(frozen=True)
class Note:
    """A footnote, every second part in italics; and the address in it."""

    parts: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Line:
    """One change: the section it belongs to, the cell (a row where there is no column), and its notes, best first."""

    section: str
    table: str
    key: str
    column: str
    old: str
    new: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Story:
    """What changed between two releases.

    `counts` are changed cells, the rows they are in, and claims, by class; `totals` all lines of a section and table, of which
    `lines` may hold the first ones only.
    """

    old: str
    new: str
    reasons: tuple[Reason, ...]
    counts: Mapping[str, tuple[int, int, int]]
    lines: tuple[Line, ...]
    totals: Mapping[tuple[str, str], int]

    @property
    def why(self) -> str:
        """What the changes make of the version."""
        bump = highest(self.reasons)
        return "Nothing changed." if bump == "none" else f"A {bump.upper()} version, because"

    def sections(self) -> Iterator[tuple[str, str, dict[str, list[Line]]]]:
        """Each section that has lines, with its title and its lines by table."""
        for section, title in SECTIONS.items():
            found: dict[str, list[Line]] = {}
            for line in self.lines:
                if line.section == section:
                    found.setdefault(line.table, []).append(line)
            if found:
                yield section, title, found


def compare(con: Connection, old: Side, new: Side, most: int) -> Story:
    """The story of two releases in the engine. Creates the table `change` and those it is made from."""
    create_change_table(con, old, new)
    return tell(con, old, new, reasons(con, old, new), most)


def tell(con: Connection, old: Side, new: Side, why: Sequence[Reason], most: int, kept: Path | None = None) -> Story:
    """The story of the table `change`, made by `create_change_table`; `most` lines of a table in the long sections.

    `kept` is a folder where footnotes are kept, if anywhere.
    """
    counts = con.execute(
        """
        SELECT "class", count(*) FILTER ("table" <> 'claim'), count(DISTINCT ("table", key)) FILTER ("table" <> 'claim'),
               count(DISTINCT key) FILTER ("table" = 'claim')
        FROM change
        GROUP BY "class"
        """
    ).fetchall()
    con.execute(f"CREATE OR REPLACE TEMP TABLE line AS {(SQL / 'line.sql').read_text('utf-8')}").fetchall()
    totals = con.execute('SELECT DISTINCT section, "table", of FROM line').fetchall()
    long = ", ".join(f"'{section}'" for section in _LONG)
    rows = con.execute(
        f"""
        SELECT section, "table", key, "column", old, new, claims
        FROM line
        WHERE place <= CASE WHEN section IN ({long}) THEN {most} ELSE {_WHOLE} END
        ORDER BY list_position({list(SECTIONS)}, section), "table" = 'document', "table", place
        """
    ).fetchall()
    notes = _notes(con, old, new, {claim for row in rows for claim in row[-1] or ()}, kept)
    lines = [
        Line(s, t, _shown(k), c or "", o or "", n or "", _best(notes, claims or ()))
        for s, t, k, c, o, n, claims in rows
    ]
    by_class = {name: (cells, of, claims) for name, cells, of, claims in counts}
    counted = {name: by_class[name] for name in SECTIONS if name in by_class}
    listed = {(section, table): of for section, table, of in totals}
    return Story(old.version, new.version, tuple(why), counted, tuple(lines), listed)


def _shown(key: str | None) -> str:
    """A row's key without the names of its parts: `kfor, 2022-08`."""
    parts = [part.partition("=")[2] for part in (key or "").split("|")]
    return ", ".join(part for part in parts if part)


def _best(notes: Mapping[str, tuple[int, Note]], claims: Sequence[str]) -> tuple[Note, ...]:
    return tuple(
        dict.fromkeys(note for _, note in sorted((notes[c] for c in claims if c in notes), key=lambda n: n[0]))
    )


def _notes(
    con: Connection, old: Side, new: Side, claims: set[str], kept: Path | None = None
) -> dict[str, tuple[int, Note]]:
    """The footnote of each claim and its place: those that stand first, then by reliability and date."""
    found: dict[str, tuple[int, Note]] = {}
    for side in (new, old):
        wanted = sorted(claims - found.keys())
        if wanted and {"claim", "document", "reference"} <= side.tables.keys():
            place = ORIGIN_LOCATOR.format(reference=side.relation("reference"))
            sql = _CITED.format(claim=side.relation("claim"), document=side.relation("document"), place=place)
            rows = con.execute(sql, [wanted]).fetchall()
            answer = con.execute(f"SELECT * FROM {side.relation('document')}")
            columns = [column[0] for column in answer.description or []]
            documents = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
            made = notes_of(documents, [Source.of(*row[2:]) for row in rows], kept)
            for claim, url, *source in rows:
                found[claim] = (len(found), Note(made[Source.of(*source)], url or ""))
    return found


_CITED = """
    SELECT c.claim_id, d.url, c.document_id, c.locator, c.origin_document_id, {place}
    FROM {claim} c
    JOIN {document} d ON d.document_id = c.document_id
    WHERE c.claim_id IN (SELECT unnest(?))
    ORDER BY c.is_published DESC, d.reliability, d.issued_latest DESC NULLS LAST, c.claim_id
"""
