"""The footnotes of many sources at once, as every page and list of the project shows them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from pipeline.cite import pandoc
from pipeline.cite.source import Source
from pipeline.csl import citable

STYLE = "chicago-notes"
"""The style of footnotes where none is asked for."""

Note = tuple[str, ...]
"""A note as texts of which every second one is set in italics: `("Ann Smith, ", "Title", " (Publisher, 2023).")`."""


def notes_of(documents: Iterable[Mapping[str, Any]], sources: Iterable[Source]) -> dict[Source, Note]:
    """The note of each source, given the rows of the table `document` that its passages are in."""
    wanted = sorted(set(sources), key=lambda s: [(p.document_id, p.locator or "") for p in s.passages])
    cited = {p.document_id for source in wanted for p in source.passages}
    items = [citable(row) for row in documents if row["document_id"] in cited]
    asked = [items, [[part for p in source.passages for part in (p.document_id, p.locator)] for source in wanted]]
    return dict(zip(wanted, _made(json.dumps(asked, ensure_ascii=False)), strict=True))


def dataset_note(manifest: Mapping[str, Any]) -> Note:
    """The note of a release itself."""
    item = dataset_item(manifest)
    return _made(json.dumps([[item], [[item["id"], None]]], ensure_ascii=False))[0]


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


# A release is verified by the process that made it: its notes need not be made twice.
@functools.lru_cache(maxsize=4)
def _made(asked: str) -> tuple[Note, ...]:
    items, parts = json.loads(asked)
    sources = [Source.of(*part, *[None] * (4 - len(part))) for part in parts]
    return tuple(_in_parts(text) for text in pandoc.cited(items, sources, pandoc.style_file(STYLE), "html"))


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
