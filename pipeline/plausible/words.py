"""Ids, free codes and names of sections that stand once, near one in use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.engine import Connection, quoted
from pipeline.plausible.passages import passages
from pipeline.plausible.warn import Loaded, is_answered, warning
from pipeline.problems import Problem
from pipeline.slips import near_pairs
from schemas.registry import Field


def check_words(con: Connection, loaded: Loaded) -> list[Problem]:
    """Ids, free codes and names of sections that stand once, a slip of the fingers away from one in use."""
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], tuple[str, int, str, str]] = {}
    for subject, table, line, field, word, note in _words(con, loaded):
        uses[subject][word] += 1
        places[subject, word] = (table, line, field, note or "")
    problems = []
    for subject, counted in uses.items():
        for word, other in near_pairs(counted):
            table, line, field, note = places[subject, word]
            if counted[word] == 1 and not (is_answered(note) and word.casefold() in note.casefold()):
                what = f"stands nowhere else; did you mean {other}? If not, name it in note, after the word Outlier:"
                problems.append(warning(loaded, table, line, field, word, what, "words"))
    return problems


def _words(con: Connection, loaded: Loaded) -> Iterator[tuple[str, str, int, str, str, str | None]]:
    """Every word of a kind: what it names, its table, line and field, the word itself, and the note of its row."""
    for name, (table, _) in loaded.items():
        if table.layer != "source":
            continue
        free = [f for f in table.fields if _is_free(f)]
        columns = ", ".join(quoted(f.name) for f in free) or "NULL"
        rows = con.execute(f"SELECT source_line, note, {columns} FROM source.{quoted(name)}").fetchall()
        for field, at in zip(free, range(2, 2 + len(free)), strict=True):
            subject = field.cell.references[0] if field.cell.references else f"{name}.{field.name}"
            for row in rows:
                for word in row[at].split("; ") if row[at] else ():
                    yield subject, name, row[0], field.name, word, row[1]
    for name, line, document, locator, note in passages(con, loaded):
        for section in re.findall(r"sec\. ([^,]+)", locator):
            yield f"section of {document}", name, line, "cite", section, note


def _is_free(field: Field) -> bool:
    """Whether a field holds codes or ids of a curator's coining; those of documents are checked where they are cited."""
    cell = field.cell
    kind = cell.item if cell.kind == "list" else cell.kind
    return kind in ("code", "id") and not cell.codes and "document.document_id" not in cell.references
