"""What cells mean by the rules in words, worked out letter by letter: no pattern and no SQL of the pipeline is used.

Each function gives the value of a cell, or None where the cell is not written as its kind should be.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_DIGITS = frozenset("0123456789")
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ROMAN = frozenset("ivxlcdm")

Span = tuple[datetime.date | None, datetime.date | None]
"""First and last day; None where open."""

Amount = tuple[float | None, float | None, float | None, str]
"""Best value, low, high and qualifier."""


def edtf(text: str) -> Span | None:
    """The span of a date, a period or an interval."""
    ends = text.split("/")
    if len(ends) == 1:
        return _point(text)
    if len(ends) > 2 or ends == ["..", ".."]:
        return None
    first = (None, None) if ends[0] == ".." else _point(ends[0])
    last = (None, None) if ends[1] == ".." else _point(ends[1])
    return (first[0], last[1]) if first and last else None


def _point(text: str) -> Span | None:
    bare = text[:-1] if text[-1:] in ("?", "~", "%") and text else text
    if len(bare) not in (4, 7, 10) or bare[0] not in "12" or bare[1] not in _DIGITS:
        return None
    if bare[2:4] == "XX" or (bare[3] == "X" and bare[2] in _DIGITS):
        spans = (
            datetime.date(int(bare[:4].replace("X", "0")), 1, 1),
            datetime.date(int(bare[:4].replace("X", "9")), 12, 31),
        )
        return spans if len(bare) == 4 else None
    parts = bare.split("-")
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(_DIGITS.issuperset(part) for part in parts):
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    try:
        if len(parts) == 3:
            return (datetime.date(year, month, day),) * 2
        if len(parts) == 2:
            return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
    except ValueError:
        return None
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def quantity(text: str, *, whole: bool) -> Amount | None:
    """What a quantity states."""
    if ".." in text:
        low, high = (_number(end, whole=whole) for end in text.split("..", 1))
        return None if low is None or high is None else (None, low, high, "range")
    sign = next((s for s in (">=", "<=", ">", "<", "~") if text.startswith(s)), "")
    number = _number(text[len(sign) :], whole=whole)
    if number is None:
        return None
    stated: Mapping[str, Amount] = {
        "": (number, number, number, "exact"),
        "~": (number, None, None, "approx"),
        ">": (None, number, None, "more_than"),
        ">=": (None, number, None, "at_least"),
        "<": (None, None, number, "less_than"),
        "<=": (None, None, number, "at_most"),
    }
    return stated[sign]


def _number(text: str, *, whole: bool) -> float | None:
    units, point, rest = text.partition(".")
    if not _is_whole(units, 15) or (point and (whole or not 1 <= len(rest) <= 6 or not _DIGITS.issuperset(rest))):
        return None
    return int(text) if whole else float(text)


def _is_whole(text: str, longest: int) -> bool:
    return 1 <= len(text) <= longest and _DIGITS.issuperset(text) and (text == "0" or text[0] != "0")


@dataclass(frozen=True)
class Citation:
    """One citation: as written, its document, its locator and the number of the note that it names, if any."""

    written: str
    document: str
    locator: str | None
    note: str


def cite(text: str) -> tuple[Citation, ...] | None:
    """The citations of a cell."""
    found = []
    for written in text.split("; "):
        document, *locators = written.split(", ")
        if not is_id(document) or not all(map(_is_locator, locators)):
            return None
        notes = (_leading_digits(passage[3:]) for passage in locators if passage.startswith("n. "))
        note = next((number for number in notes if number), "")
        found.append(Citation(written, document, ", ".join(locators) or None, note))
    return tuple(found)


def _leading_digits(text: str) -> str:
    return text[: next((n for n, letter in enumerate(text) if letter not in _DIGITS), len(text))]


def _is_locator(text: str) -> bool:
    term, point, passage = text.partition(". ")
    if not point or not passage or "," in passage or ";" in passage:
        return False
    if term in ("sec", "ch", "tbl", "fig"):
        return all(passage.split(" "))
    return term in ("p", "pp", "n", "para") and " " not in passage and _is_numbered(passage)


def _is_numbered(passage: str) -> bool:
    """A number in digits or in Roman numerals, then one letter, or anything that begins with none."""
    for letters in (_DIGITS, _ROMAN):
        for end in range(1, len(passage) + 1):
            if passage[end - 1] not in letters:
                break
            rest = passage[end:]
            if not rest or rest[0] not in _LOWER or len(rest) == 1:
                return True
    return False


def is_id(text: str) -> bool:
    """A lower-kebab id."""
    return all(part and _is_lower(part) for part in text.split("-"))


def _is_lower(part: str) -> bool:
    return all(letter in _DIGITS or letter in _LOWER for letter in part)


def _is_address(text: str) -> bool:
    rest = text.removeprefix("https://") if text.startswith("https://") else text.removeprefix("http://")
    return rest != text and bool(rest) and not any(letter in ' \t\n\f\r"<>\\^`{|}' for letter in rest)


def _is_language(text: str) -> bool:
    first, *others = text.split("-")
    return (
        2 <= len(first) <= 3
        and _LOWER.issuperset(first)
        and all(2 <= len(o) <= 8 and (_DIGITS | _LOWER | _CAPITALS).issuperset(o) for o in others)
    )


IS_WRITTEN: Mapping[str, Callable[[str], bool]] = {
    "id": is_id,
    "iso3": lambda text: len(text) == 3 and _CAPITALS.issuperset(text),
    "code": lambda text: all(part and _is_lower(part) for part in text.split("_")),
    "text": lambda text: bool(text) and ";" not in text,
    "integer": lambda text: _is_whole(text, 18),
    "boolean": lambda text: text in ("true", "false"),
    "locator": lambda text: all(map(_is_locator, text.split(", "))),
    "url": _is_address,
    "language": _is_language,
    "sha256": lambda text: len(text) == 64 and (_DIGITS | frozenset("abcdef")).issuperset(text),
}
"""Whether a cell, or an item of a list, is written as its kind should be."""


def listing(text: str, kind: str) -> list[str] | None:
    """The items of a list of one kind."""
    items = text.split("; ")
    return items if all(map(IS_WRITTEN[kind], items)) else None
