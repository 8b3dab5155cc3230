"""The items of a JSON array, each with its line: strict where Python's json is not, and never deeper than anybody can read.

A name may stand once in an object, and a number must be one that JSON can write again.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from pipeline.problems import Problem, SourceError, shown

_MOST_ITEMS = 1_000_000
"""Most documents that a bibliography lists."""


def parse_items(data: bytes, label: str) -> list[tuple[Any, int]]:
    """The items of a JSON array, each with the line it starts on. Raises SourceError where it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError([Problem(label, 1, 1, "not UTF-8; export it again as CSL JSON", "encoding")]) from None
    start = _blank(text, 0)
    if text[start : start + 1] != "[":
        decoded = _decode(text, start, label) if text[start:] else None
        what = "not a list of items; export it as CSL JSON" if decoded else "the file is empty; export it as CSL JSON"
        raise SourceError([Problem(label, 1, 1, what, "json")])
    items: list[tuple[Any, int]] = []
    at, counted, line = _blank(text, start + 1), 0, 1
    while text[at : at + 1] != "]":
        item, end = _decode(text, at, label)
        line += text.count("\n", counted, at)
        counted = at
        items.append((item, line))
        if len(items) > _MOST_ITEMS:
            what = f"more than {_MOST_ITEMS} items; export the documents that are cited"
            raise SourceError([Problem(label, line, 1, what, "json")])
        at = _blank(text, end)
        if text[at : at + 1] == ",":
            at = _blank(text, at + 1)
            if text[at : at + 1] == "]":
                raise _syntax(text, at, "a comma before the closing bracket", label)
        elif text[at : at + 1] != "]":
            raise _syntax(text, at, "a comma or the closing bracket is missing", label)
    if _blank(text, at + 1) != len(text):
        raise _syntax(text, _blank(text, at + 1), "something follows the closing bracket", label)
    return items


_BLANK = re.compile(r"[ \t\n\r]*")


def _blank(text: str, at: int) -> int:
    """The place after any white space."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _syntax(text: str, at: int, what: str, label: str) -> SourceError:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return SourceError([Problem(label, line, column, f"not JSON: {what}; mend the syntax here", "json")])


def _decode(text: str, at: int, label: str) -> tuple[Any, int]:
    """The JSON value that starts at a place, and the place after it."""
    try:
        value, end = _DECODER.raw_decode(text, at)
        if _depth(value) > DEEPEST:
            raise RecursionError
        return value, end
    except json.JSONDecodeError as error:
        raise _syntax(text, error.pos, error.msg, label) from None
    except _RepeatedNameError as error:
        places = [m.start() for m in re.finditer(re.escape(json.dumps(error.name)) + r"\s*:", text) if m.start() > at]
        line = text.count("\n", 0, places[1] if len(places) > 1 else at) + 1
        what = f"name {shown(error.name)} is repeated in one item; keep one"
        raise SourceError([Problem(label, line, 1, what, "json")]) from None
    except RecursionError:
        raise _syntax(text, at, "nested too deeply", label) from None
    except ValueError:
        raise _syntax(text, at, "a number too large, or none at all (NaN)", label) from None


DEEPEST = 20
"""How deeply an item may be nested. CSL needs five levels; what Python can read and write depends on who calls it."""


def _depth(value: Any) -> int:
    """How many lists and objects lie within one another; at most one more than is allowed."""
    level, depth = [value], 0
    while depth <= DEEPEST and (level := [one for one in level if isinstance(one, dict | list)]):
        level = [inner for one in level for inner in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth


def _finite(written: str) -> float:
    """A number that JSON can write again. Raises ValueError."""
    if not math.isfinite(number := float(written)):
        raise ValueError(written)
    return number


def _no_number(written: str) -> float:
    raise ValueError(written)


class _RepeatedNameError(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise _RepeatedNameError(name)
        seen[name] = value
    return seen


_DECODER = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_float=_finite, parse_constant=_no_number)
