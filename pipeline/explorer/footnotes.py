"""Footnotes in Chicago style (notes and bibliography), from what the document table says of a document.

The one place that knows a style: whatever else can make a note from a row of `document` may stand in for `footnote`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Note = list[str]
"""A note as texts of which every second one is set in italics: `["Ann Smith, ", "Title", " (Publisher, 2023)."]`."""

_BOOKS = {"book", "motion_picture", "pamphlet", "report", "thesis"}
_PERIODICALS = {"article-journal", "article-magazine", "article-newspaper"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MOST_NAMES = 3


def footnote(document: Mapping[str, Any], locator: str | None = None) -> Note:
    """The note that cites a passage of a document, given as a row of the table `document`."""
    authors = _people(document["authors"] or [])
    publishers = [p for p in (document["publisher"] or "").split("; ") if p and p != authors]
    date = _date(document["issued"])
    plain = [(f"{authors}, ", False)] if authors else []
    work = _work(document["type"], document["title"], ", ".join(publishers), date)
    ends = "".join(f", {part}" for part in (_passage(locator), document["url"]) if part)
    stop = "" if not ends and work[-1][0].endswith(".") else "."
    return _alternating([*plain, *work, (f"{ends}{stop}", False)])


def notes_of(
    documents: Iterable[Mapping[str, Any]], cited: Iterable[tuple[str, str | None]]
) -> dict[str, dict[str, Note]]:
    """For each document its note by locator; that of the document as a whole stands under an empty locator."""
    known = {document["document_id"]: document for document in documents}
    notes = {name: {"": footnote(document)} for name, document in known.items()}
    for name, locator in sorted({(name, locator) for name, locator in cited if locator}):
        notes[name][locator] = footnote(known[name], locator)
    return notes


def _work(kind: str, title: str, publisher: str, date: str) -> list[tuple[str, bool]]:
    """Title, where it appeared and when, each with whether it is in italics."""
    if kind in _BOOKS:
        return [(title, True), (f" ({', '.join(part for part in (publisher, date) if part)})", False)]
    if kind == "entry-encyclopedia" and publisher:
        return [(publisher, True), (f", s.v. {_quoted(title, ',')} {date}", False)]
    outlet = [(" ", False), (publisher, kind in _PERIODICALS), (",", False)] if publisher else []
    return [(_quoted(title, ","), False), *outlet, (f" {date}", False)]


def _alternating(parts: Iterable[tuple[str, bool]]) -> Note:
    """The parts as texts that alternate between upright and italic, from upright on."""
    runs = [(italic, "".join(text for text, _ in run)) for italic, run in itertools.groupby(parts, lambda p: p[1])]
    return [*([""] if runs[0][0] else []), *(text for _, text in runs)]


def _quoted(title: str, comma: str) -> str:
    """A title in quotation marks; one that a curator supplied, which brackets tell, stands without."""
    if title.startswith("["):
        return title + comma
    inner = title.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
    if title.endswith("\u201d"):
        return f"\u201c{inner[:-1]}{comma}\u2019\u201d"
    return f"\u201c{inner}{'' if inner.endswith(('?', '!')) else comma}\u201d"


def _people(names: Sequence[str]) -> str:
    """Names in running order: up to three in full, of more only the first."""
    shown = [" ".join(reversed(name.split(", ", 1))) for name in names]
    if len(shown) > _MOST_NAMES:
        return f"{shown[0]} et al."
    if len(shown) == _MOST_NAMES:
        return f"{shown[0]}, {shown[1]}, and {shown[2]}"
    return " and ".join(shown)


def _passage(locator: str | None) -> str:
    """A locator as notes have it: pages without their term, all else as it stands."""
    pages = ((part, re.fullmatch(r"pp?\. (.+)", part)) for part in (locator or "").split(", "))
    return ", ".join(found[1].replace("-", "\u2013") if found else part for part, found in pages)


def _date(edtf: str | None) -> str:
    """A date as notes have it, with what is uncertain or open said."""
    if not edtf:
        return "n.d."
    if "/" in edtf:
        return "\u2013".join("" if end == ".." else _date(end) for end in edtf.split("/"))
    written = edtf.rstrip("?~%")
    year, *rest = written.split("-")
    text = f"{year.replace('X', '0')}s" if "X" in year else year
    if rest:
        day = f" {int(rest[1])}," if len(rest) > 1 else ""
        text = f"{_MONTHS[int(rest[0]) - 1]}{day} {text}"
    return {"~": f"ca. {text}", "?": f"{text}?", "%": f"ca. {text}?"}.get(edtf[len(written) :], text)
