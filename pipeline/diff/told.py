"""A story as text for a terminal and as Markdown for the release, each line with the numbers of its notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.diff.story import SECTIONS, Line, Story
from pipeline.version import highest

_SHOWN = 30
"""How many lines of one table a section lists, where there may be thousands."""

_LONG = ("added", "evidence")
"""The sections that are cut short so; all others are told whole."""

_NOTES = 3
"""How many notes a line names; the claims behind it name all."""

_WIDTH = 300


@dataclass
class Notes:
    """Footnotes, numbered as they are first named."""

    texts: dict[str, int] = field(default_factory=dict)

    def numbers(self, story: Story, line: Line) -> list[int]:
        """The numbers of a line's notes."""
        named = dict.fromkeys(story.notes[c] for c in line.claims if c in story.notes)
        return [self.texts.setdefault(text, len(self.texts) + 1) for text in list(named)[:_NOTES]]


def as_text(story: Story) -> str:
    """The story for a terminal."""
    notes = Notes()
    out = [f"From {story.old} to {story.new}: {_why(story)}", *(f"  {reason}" for reason in story.reasons)]
    for section, title in SECTIONS.items():
        tables = story.of(section)
        out += ["", title.upper()] if tables else []
        for table, lines in tables.items():
            out += [f"  {table}: {len(lines)}"]
            shown, left = _cut(section, lines)
            out += [f"    {_said(line)}{_marks(notes.numbers(story, line), '[{}]')}" for line in shown]
            out += [f"    and {left} more"] if left else []
    out += ["", "NOTES", *(f"  [{n}] {text}" for text, n in notes.texts.items())] if notes.texts else []
    return "\n".join(out)


def as_markdown(story: Story) -> str:
    """The story as CHANGES.md."""
    notes = Notes()
    out = [f"# Changes from {story.old} to {story.new}", "", f"{_why(story)}".capitalize(), ""]
    out += [f"- {reason.bump.upper()}: `{reason.subject}`: {reason.what}" for reason in story.reasons]
    out += ["", "| class | changes | rows |", "| --- | ---: | ---: |"]
    out += [f"| {name} | {cells} | {rows} |" for name, (cells, rows) in story.counts.items()]
    out += ["", "Every change, cell by cell, is in the table `change`, each with the claims behind it."]
    for section, title in SECTIONS.items():
        tables = story.of(section)
        out += ["", f"## {title}"] if tables else []
        for table, lines in tables.items():
            out += ["", f"### {table}", ""]
            shown, left = _cut(section, lines)
            out += [f"- {_said(line, _escaped)}{_marks(notes.numbers(story, line), '[^{}]')}" for line in shown]
            out += [f"- and {left} more, in `change`"] if left else []
    out += ["", *(f"[^{n}]: {_escaped(text)}" for text, n in notes.texts.items())] if notes.texts else []
    return "\n".join(out) + "\n"


def _why(story: Story) -> str:
    bump = highest(story.reasons)
    return "nothing changed." if bump == "none" else f"a {bump.upper()} version, because"


def _cut(section: str, lines: Sequence[Line]) -> tuple[Sequence[Line], int]:
    """The lines to list, and how many are left out."""
    whole = section not in _LONG or len(lines) <= _SHOWN
    return (lines, 0) if whole else (lines[:_SHOWN], len(lines) - _SHOWN)


def _said(line: Line, written: Callable[[str], str] = str) -> str:
    """One change in words: where, what it was, what it is."""
    where = " ".join(written(part) for part in (line.key, line.column) if part)
    old, new = (written(_short(value)) for value in (line.old, line.new))
    if not line.column:  # a row that was added or removed, with its cells
        return f"{where}: {new or old}" if new or old else where
    return f"{where}: {old or '(none)'} -> {new or '(none)'}" if old or new else where


def _short(value: str) -> str:
    return value if len(value) <= _WIDTH else value[: _WIDTH - 3] + "..."


def _marks(numbers: Sequence[int], form: str) -> str:
    return "".join(" " + form.format(n) for n in numbers)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in text)
