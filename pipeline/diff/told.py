"""A story as text for a terminal and as Markdown for the release, each line with the numbers of its notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.diff.story import Line, Note, Story
from schemas.fields import STATUS_NOTE

SHOWN = 30
"""How many lines of one table a long section lists; the table `change` has them all."""

_ADDRESS = re.compile(r"https?://[^\s<>\\]+")

_NOTES = 3
"""How many notes a line names; the claims behind it name all."""

_WIDTH = 300
"""How much is shown of a long text."""

_BEFORE = 60
"""How much is shown before the place where two long texts begin to differ."""


@dataclass
class Numbers:
    """Footnotes, numbered as they are first named."""

    notes: dict[Note, int] = field(default_factory=dict)

    def marks(self, line: Line, form: str) -> str:
        """The marks of a line's notes, and how many more there are."""
        numbers = [self.notes.setdefault(note, len(self.notes) + 1) for note in line.notes[:_NOTES]]
        left = len(line.notes) - len(numbers)
        return "".join(f" {form.format(n)}" for n in numbers) + (f" and {left} more" if left else "")


def as_text(story: Story) -> str:
    """The story for a terminal."""
    numbers = Numbers()
    out = [f"From {story.old} to {story.new}. {story.why}", *(f"  {reason}" for reason in story.reasons)]
    for section, title, tables in story.sections():
        out += ["", title.upper()]
        for table, lines in tables.items():
            total = story.totals[section, table]
            out += [f"  {table}: {total}"]
            out += [f"    {_said(line)}{numbers.marks(line, '[{}]')}" for line in lines]
            out += [f"    and {total - len(lines)} more"] if total > len(lines) else []
    if numbers.notes:
        out += [
            "",
            "NOTES",
            *(f"  [{n}] {written(note, _folded, '{}', str)}" for note, n in numbers.notes.items()),
        ]
    return "\n".join([*out, "", STATUS_NOTE])


def as_markdown(story: Story) -> str:
    """The story as CHANGES.md."""
    numbers = Numbers()
    out = [f"# Changes from {story.old} to {story.new}", "", story.why, ""]
    out += [f"- {reason.bump.upper()}: `{reason.subject}`: {escaped(reason.what)}" for reason in story.reasons]
    out += ["", "| class | cells | in rows | claims |", "| --- | ---: | ---: | ---: |"]
    out += [f"| {name} | {cells} | {rows} | {claims} |" for name, (cells, rows, claims) in story.counts.items()]
    out += ["", "A claim that says otherwise than before counts as one retracted and one added."]
    out += ["", "Every change, cell by cell, is in the table `change`, each with the claims behind it."]
    out += ["", f"**Note on status.** {STATUS_NOTE}"]
    for section, title, tables in story.sections():
        out += ["", f"## {title}"]
        for table, lines in tables.items():
            total = story.totals[section, table]
            out += ["", f"### {table}", ""]
            out += [f"- {_said(line, escaped)}{numbers.marks(line, '[^{}]')}" for line in lines]
            out += [f"- and {total - len(lines)} more, in `change`"] if total > len(lines) else []
    if numbers.notes:
        out += ["", *(f"[^{n}]: {written(note, escaped, '*{}*', '<{}>'.format)}" for note, n in numbers.notes.items())]
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#~&$" else c for c in _folded(text))


def written(note: Note, text: Callable[[str], str], italics: str, link: Callable[[str], str]) -> str:
    """A note with its texts, its italics and the address in it each written in a way."""
    out = ""
    for n, part in enumerate(note.parts):
        before, address, after = part.partition(note.url) if _ADDRESS.fullmatch(note.url) else (part, "", "")
        shown = _spaced(before, text) + (link(address) if address else "") + _spaced(after, text)
        out += italics.format(shown) if n % 2 and shown else shown
    return out.strip()


def _spaced(part: str, text: Callable[[str], str]) -> str:
    """A part of a note, with the spaces that set it off from its neighbours."""
    return " " * part[:1].isspace() + text(_folded(part)) + " " * (part[1:] != "" and part[-1].isspace())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _said(line: Line, written: Callable[[str], str] = _folded) -> str:
    """One change in words: where, what it was, what it is."""
    where = " ".join(written(part) for part in (line.key, line.column) if part)
    old, new = (written(value) for value in _shortened(line.old, line.new))
    if not line.column or line.column.endswith(("(one more claim)", "(one claim less)")):
        return f"{where}: {new or old}" if new or old else where  # a row, or a claim, that came or went
    return f"{where}: {old or '(none)'} -> {new or '(none)'}" if old or new else where


def _shortened(old: str, new: str) -> tuple[str, str]:
    """Both texts, where they are long from shortly before the place where they begin to differ."""
    if not (old and new) or max(len(old), len(new)) <= _WIDTH:
        return _short(old), _short(new)
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _BEFORE)
    one, other = (_short(("..." if start else "") + value[start:]) for value in (old, new))
    return one, other


def _short(value: str) -> str:
    return value if len(value) <= _WIDTH else value[: _WIDTH - 3] + "..."
