"""The footnotes of many passages at once, as every page and list of the project shows them.

Each is made once: a process remembers it, and a build folder keeps it for the next. A note does not depend on its company.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pipeline.cite import pandoc
from pipeline.cite.source import Passage, Source
from pipeline.csl import citable
from pipeline.pieces import code_of, find, keep, state_of

STYLE = "chicago-notes"
"""The style of footnotes where none is asked for."""

FILE = "notes.json"
"""Where notes are kept, in the folder for it."""

_CODE = "pipeline/cite/notes.py"

Note = tuple[str, ...]
"""A note as texts of which every second one is set in italics: `("Ann Smith, ", "Title", " (Publisher, 2023).")`."""


def notes_of(
    documents: Iterable[Mapping[str, Any]], passages: Iterable[Passage], kept: Path | None = None
) -> dict[Passage, Note]:
    """The note of each passage, given the rows of the table `document` that they are in, and a folder to keep notes in."""
    wanted = sorted(set(passages), key=lambda p: (p.document_id, p.locator or ""))
    cited = {p.document_id for p in wanted}
    items = {row["document_id"]: citable(row) for row in documents if row["document_id"] in cited}
    by = _made_by()
    named = {p: state_of(items[p.document_id], p.locator, by) for p in wanted}
    held = _held(kept)
    known = {**held, **_made}
    missing = [p for p in wanted if named[p] not in known]
    known.update(zip((named[p] for p in missing), _notes(list(items.values()), missing), strict=True))
    ours = {name: known[name] for name in named.values()}
    _made.update(ours)
    if kept and ours.keys() - held.keys():
        keep(kept / FILE, code_of(_CODE), json.dumps({**held, **ours}, ensure_ascii=False).encode())
    return {p: ours[named[p]] for p in wanted}


# A release is verified by the process that made it, which need not make its notes again; other notes are few.
_made: dict[str, Note] = {}


def forget() -> None:
    """Forget the notes that this process made."""
    _made.clear()


def _made_by() -> str:
    """A digest of the style that notes are in, and of the version of pandoc."""
    return state_of(pandoc.style_file(STYLE).read_text("utf-8"), pandoc.version())


def _held(kept: Path | None) -> dict[str, Note]:
    """The notes that a folder keeps, by the digest of what each was made from."""
    found = find(kept / FILE, code_of(_CODE)) if kept else None
    return {name: tuple(note) for name, note in json.loads(found[0]).items()} if found else {}


def _notes(items: Sequence[pandoc.Item], passages: Sequence[Passage]) -> list[Note]:
    texts = pandoc.cited(items, [Source(p) for p in passages], pandoc.style_file(STYLE), "html")
    return [_in_parts(text) for text in texts]


def _in_parts(text: str) -> Note:
    parts = _Parts()
    parts.feed(text)
    parts.close()
    return tuple(parts.texts)


class _Parts(HTMLParser):
    """The texts of a note, upright and in italics by turns."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = [""]
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "em":
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "em":
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if (self._depth % 2 == 1) is not (len(self.texts) % 2 == 0):
            self.texts.append("")
        self.texts[-1] += data
