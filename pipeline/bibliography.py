"""The bibliography: CSL-JSON, as Zotero exports it, as rows of the document table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.csl import IN_CUSTOM, beyond
from pipeline.hidden import FORBIDDEN
from pipeline.items import parse_items
from pipeline.problems import MOST, Problem, SourceError, enough, shown
from pipeline.refuse import misread, refused
from pipeline.sourcefile import content

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
MEGABYTES = 128
"""How large references.json may be: it is read whole, and takes a dozen times as much memory."""

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

    data = content(path, label, "file is missing; export it from Zotero as CSL JSON", MEGABYTES)
    problems: list[Problem] = []
    rows, lines = [], []
    for item, line in parse_items(data, label):
        rows.append(_row(item, Problem(label, line, 1, "", "document"), problems))
        lines.append(line)
        if len(problems) >= MOST:
            break
    if not lines:
        what = "the file holds no item; export the documents that are cited as CSL JSON"
        raise SourceError([Problem(label, 1, 1, what, "json")])
    if problems:
        raise SourceError(enough(problems))
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return Bibliography(path, label, pa.Table.from_pylist(rows, schema), lines)


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
    if value and (garbled := misread(value, hidden) if hidden else refused(value)):
        what = garbled
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
        ends = [
            "-".join(f"{_whole(n):0{4 if i == 0 else 2}d}" for i, n in enumerate(part)) for part in date["date-parts"]
        ]
        if not ends or not all(ends):
            raise ValueError(ends)
        return "/".join(ends)
    except (TypeError, ValueError, KeyError, AttributeError):
        wrong('issued is not a CSL date; write {"date-parts": [[2023, 12]]}')
        return None


def _whole(number: Any) -> int:
    """A year, month or day of a CSL date, which exports write as a number or in digits. Raises ValueError."""
    if type(number) is int or (isinstance(number, str) and number.isascii() and number.isdigit()):
        return int(number)
    raise ValueError(number)
