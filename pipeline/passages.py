"""Texts of documents, cut into the passages that locators name: sections, notes, pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_NOTE = re.compile(r"^\s*(?:<sup>\[?|\[)(\d{1,3})(?:\]?</sup>|\])\s+(\S.*)$")
_MARK = re.compile(r"<sup>\[?(\d{1,3})\]?</sup>")
_HEADING = re.compile(r"^#{1,6}\s+(.*\S)\s*$")


@dataclass(frozen=True)
class Text:
    """One document's text. `sections` are by heading in lower case, `notes` by number, `pages` in order.

    `marks` holds the numbers of the notes that each section refers to, where the text shows them.
    """

    sha256: str
    whole: str
    sections: dict[str, str]
    notes: dict[str, str]
    marks: dict[str, frozenset[str]]
    pages: tuple[str, ...]

    def passage(self, locator: str | None) -> str | None:
        """The text that a locator names, its parts joined; None where it names a part the text lacks.

        Locators that name no part this module can tell apart (paragraphs, tables, figures) mean the whole text.
        """
        parts: list[str | None] = []
        within = ""
        for term, value in (p.split(". ", 1) for p in (locator or "").split(", ") if p):
            if term in ("sec", "ch"):
                within = value.casefold()
                parts.append(self.sections.get(within))
            elif term == "n":
                marks = self.marks.get(within)
                parts.append(None if marks and value not in marks else self.notes.get(value))
            elif term in ("p", "pp") and len(self.pages) > 1:
                parts.append(self._pages(value))
        if any(p is None for p in parts):
            return None
        return "\n".join(p for p in parts if p) if parts else self.whole

    def _pages(self, value: str) -> str | None:
        numbers = [int(n) for n in re.findall(r"\d+", value)]
        if not numbers or min(numbers) < 1 or max(numbers) > len(self.pages):
            return None
        return "\n".join(self.pages[min(numbers) - 1 : max(numbers)])


def find_text(documents: Path, document_id: str) -> Path | None:
    """The file that holds a document's text: `<document_id>.txt`, else `<document_id>.pdf`."""
    for suffix in (".txt", ".pdf"):
        path = documents / f"{document_id}{suffix}"
        if path.is_file():
            return path
    return None


def read_text(path: Path) -> Text:
    """Read a text or, with the `evidence` extra, a PDF. Raises ValueError where it cannot be read."""
    data = path.read_bytes()
    whole = _pdf(path) if path.suffix == ".pdf" else data.decode("utf-8", errors="replace")
    sections, notes, marks = _cut(whole)
    return Text(hashlib.sha256(data).hexdigest(), whole, sections, notes, marks, tuple(whole.split("\f")))


def _pdf(path: Path) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PdfReadError
    except ImportError:
        raise ValueError("a PDF needs the package pypdf; install wb6[evidence], or give the text as .txt") from None
    try:
        return "\f".join(page.extract_text() for page in PdfReader(path).pages)
    except PdfReadError as error:
        raise ValueError(f"not a readable PDF ({error})") from None


def _cut(whole: str) -> tuple[dict[str, str], dict[str, str], dict[str, frozenset[str]]]:
    """The sections of a text by heading, its notes by number, and the note marks that stand in each section."""
    sections: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    current: list[str] = []
    for line in whole.splitlines():
        heading, note = _HEADING.match(line), _NOTE.match(line)
        if heading:
            name = re.sub(r"[*_]", "", heading.group(1)).strip().casefold()
            current = sections.setdefault(name, [heading.group(1)])
        elif note:
            notes[note.group(1)] = note.group(2)
        else:
            current.append(line)
    texts = {name: "\n".join(lines) for name, lines in sections.items()}
    marks = {name: frozenset(_MARK.findall(text)) for name, text in texts.items()}
    return {name: _MARK.sub("", text) for name, text in texts.items()}, notes, marks
