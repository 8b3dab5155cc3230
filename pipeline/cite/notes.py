"""The footnotes of many sources at once, as every page and list of the project shows them.

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
    documents: Iterable[Mapping[str, Any]], sources: Iterable[Source], kept: Path | None = None
) -> dict[Source, Note]:
    """The note of each source, given the rows of the table `document` that its passages are in, and a folder to keep notes in."""
    wanted = set(sources)
    cited = {p.document_id for source in wanted for p in source.passages}
    items = {row["document_id"]: citable(row) for row in documents if row["document_id"] in cited}
    return _notes_in(items, wanted, kept)


def dataset_note(manifest: Mapping[str, Any]) -> Note:
    """The note of a release itself."""
    item = dataset_item(manifest)
    source = Source(Passage(item["id"], None))
    return _notes_in({item["id"]: item}, [source], None)[source]


def dataset_item(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A release in CSL, by what it says of itself."""
    about = manifest["dataset"]
    issued = [int(part) for part in about["issued"].split("-")] if about.get("issued") else None
    return {
        "id": f"{about['name']}-{manifest['version']}",
        "type": "dataset",
        "title": about["title"],
        "author": [{"literal": about["publisher"]}],
        "version": manifest["version"],
        **({"issued": {"date-parts": [issued]}} if issued else {}),
        "genre": "data set",
        "license": about["licence"],
    }


def _notes_in(items: Mapping[str, pandoc.Item], sources: Iterable[Source], kept: Path | None) -> dict[Source, Note]:
    """The note of each source, given what it cites by id: those known, and the others made in one run."""
    wanted = sorted(sources, key=lambda s: [(p.document_id, p.locator or "") for p in s.passages])
    by = _made_by()
    named = {s: state_of([[items[p.document_id], p.locator] for p in s.passages], by) for s in wanted}
    held = _held(kept)
    known = {**held, **_made}
    missing = [s for s in wanted if named[s] not in known]
    known.update(zip((named[s] for s in missing), _notes(list(items.values()), missing), strict=True))
    ours = {name: known[name] for name in named.values()}
    _made.update(ours)
    if kept and ours.keys() - held.keys():
        keep(kept / FILE, code_of(_CODE), json.dumps({**held, **ours}, ensure_ascii=False).encode())
    return {s: ours[named[s]] for s in wanted}


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


def _notes(items: Sequence[pandoc.Item], sources: Sequence[Source]) -> list[Note]:
    texts = pandoc.cited(items, sources, pandoc.style_file(STYLE), "html")
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
