"""Characters that nobody sees: which ones no cell may hold, and how a text that has some is shown all the same."""

from __future__ import annotations

import re

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff]"
)
"""Control, direction and invisible characters of the first plane: a class of those alone is looked for twice as fast."""

BEYOND = re.compile("[\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]")
"""Those of the other planes: marks of shorthand and music, and the letters of tags."""

_UNSHOWN = re.compile(f"{FORBIDDEN.pattern}|{BEYOND.pattern}|[\t\n\r]")


def plain(text: str) -> str:
    """A text on one line as anybody sees it: what a terminal would obey, hide or turn around is named by its number."""
    return _UNSHOWN.sub(lambda found: _named(ord(found.group())), text)


_OBEYED = re.compile(f"{FORBIDDEN.pattern}|{BEYOND.pattern}|\r")


def plain_lines(text: str) -> str:
    """The same for a text of several lines, which keep their ends and tabs."""
    return _OBEYED.sub(lambda found: _named(ord(found.group())), text)


def _named(number: int) -> str:
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
