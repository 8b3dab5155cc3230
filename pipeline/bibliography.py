"""The bibliography: CSL-JSON, as Zotero exports it, as rows of the document table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.csl import IN_CUSTOM, beyond
from pipeline.problems import Problem, SourceError, shown
from pipeline.refuse import FORBIDDEN, refused

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "document_id",
    "type",
    "title",
    "authors",
    "publisher",
    "issued",
    "url",
    "language",
    "reliability",
    "text_sha256",
    "csl",
)
_CSL_NAMES = {"document_id": "id", "authors": "author", "url": "URL"}


@dataclass(frozen=True)
class Bibliography:
    """The document rows as text, each with the line its item starts on."""

    path: Path
    label: str
    rows: pa.Table
    lines: list[int]


def read_bibliography(path: Path, label: str) -> Bibliography:
    """Read references.json. Raises SourceError where it is not a JSON array of CSL items, or an item is malformed."""
    import pyarrow as pa

    if not path.is_file():
        raise SourceError([Problem(label, 1, 1, "file is missing; export it from Zotero as CSL JSON", "file")])
    problems: list[Problem] = []
    rows, lines = [], []
    for item, line in parse_items(path.read_bytes(), label):
        rows.append(_row(item, Problem(label, line, 1, "", "document"), problems))
        lines.append(line)
    if problems:
        raise SourceError(problems)
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return Bibliography(path, label, pa.Table.from_pylist(rows, schema), lines)


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
        return json.JSONDecoder(object_pairs_hook=_unrepeated).raw_decode(text, at)
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
        raise _syntax(text, at, "a number of too many digits", label) from None


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


def _row(item: Any, at: Problem, problems: list[Problem]) -> dict[str, str | None]:
    """One CSL item as a row of texts; what is wrong with it goes to `problems`."""

    def wrong(what: str) -> None:
        problems.append(Problem(at.file, at.line, at.column, f"{shown(name)[1:-1]}: {what}", at.rule))

    name, before = "item", len(problems)
    if not isinstance(item, dict):
        wrong("not an object; write a CSL item in braces")
        return {}
    name = str(item.get("id", "item"))
    custom = item.get("custom", {})
    if not isinstance(custom, dict):
        wrong('custom is not an object; write {"reliability": "B"}')
        custom = {}
    row: dict[str, str | None] = {}
    for column in COLUMNS[:-1]:
        csl = _CSL_NAMES.get(column, column)
        value = custom.get(column) if column in IN_CUSTOM else item.get(csl)
        if column == "authors":
            value = _authors(value, wrong)
        elif column == "issued":
            value = _issued(value, wrong)
        elif value is not None and not isinstance(value, str):
            wrong(f"{csl} is not a text; write it in quotes")
            value = None
        row[column] = _clean(value or None, csl, wrong)
    if len(problems) > before:  # what is wrong has been told
        return row
    listed = {**row, "authors": row["authors"].split("; ") if row["authors"] else None}
    return {**row, "csl": _clean(beyond(item, listed), "the rest of it:", wrong)}


def _clean(value: str | None, name: str, wrong: Callable[[str], None]) -> str | None:
    """The text, if it may stand in a cell; the same rules hold as for CSV."""
    hidden = FORBIDDEN.search(value) if value else None
    what = f"the character U+{ord(hidden.group()):04X} may not stand in a text; delete it" if hidden else None
    what = what or (refused(value) if value else None)
    if what:
        wrong(f"{name} {what}")
        return None
    return value


def _authors(names: Any, wrong: Callable[[str], None]) -> str | None:
    if names is None:
        return None
    people = names if isinstance(names, list) else [names]
    parts = []
    for person in people:
        if not isinstance(person, dict) or not _named(person):
            wrong('author is not a list of names; write [{"family": "Panero", "given": "Emmanuele"}]')
            return None
        full = person.get("literal") or ", ".join(p for p in (person["family"], person.get("given")) if p)
        parts.append(str(full).replace(";", ","))
    return "; ".join(parts)


def _named(person: dict[str, Any]) -> bool:
    """Whether a CSL name has a literal or family name, and nothing but texts."""
    parts = [person[k] for k in ("literal", "family", "given") if person.get(k) is not None]
    return all(isinstance(p, str) for p in parts) and bool(person.get("literal") or person.get("family"))


def _issued(date: Any, wrong: Callable[[str], None]) -> str | None:
    """A CSL date as EDTF. `raw` and `literal` are taken as written, and checked as EDTF like any other cell."""
    if date is None:
        return None
    try:
        if isinstance(date, str):
            return date
        if "date-parts" not in date:
            return str(date.get("raw") or date["literal"])
        ends = ["-".join(f"{int(n):0{4 if i == 0 else 2}d}" for i, n in enumerate(part)) for part in date["date-parts"]]
        return "/".join(ends)
    except (TypeError, ValueError, KeyError, AttributeError):
        wrong('issued is not a CSL date; write {"date-parts": [[2023, 12]]}')
        return None
