"""The bibliography: CSL-JSON, as Zotero exports it, as rows of the document table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.problems import Problem, SourceError, shown

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
    """Read references.json. Raises SourceError where it is not a JSON array of CSL items."""
    import pyarrow as pa

    if not path.is_file():
        raise SourceError([Problem(label, 1, 1, "file is missing; export it from Zotero as CSL JSON", "file")])
    try:
        text = path.read_text("utf-8-sig")
        items = json.loads(text, object_pairs_hook=_unrepeated)
    except UnicodeDecodeError:
        raise SourceError([Problem(label, 1, 1, "not UTF-8; export it again as CSL JSON", "encoding")]) from None
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg}; mend the syntax here"
        raise SourceError([Problem(label, error.lineno, error.colno, what, "json")]) from None
    except _RepeatedNameError as error:
        place = [m.start() for m in re.finditer(re.escape(json.dumps(error.name)) + r"\s*:", text)]
        line = text.count("\n", 0, place[-1] if len(place) == 1 else place[1]) + 1
        what = f"name {shown(error.name)} is repeated in one item; keep one"
        raise SourceError([Problem(label, line, 1, what, "json")]) from None
    except RecursionError:
        raise SourceError([Problem(label, 1, 1, "nested too deeply; export it again", "json")]) from None
    if not isinstance(items, list):
        raise SourceError([Problem(label, 1, 1, "not a list of items; export it as CSL JSON", "json")])
    lines = [text.count("\n", 0, m.start()) + 1 for m in re.finditer(r'"id"\s*:', text)]
    lines += [1] * (len(items) - len(lines))
    problems: list[Problem] = []
    rows = [
        _row(item, Problem(label, line, 1, "", "document"), problems) for item, line in zip(items, lines, strict=False)
    ]
    if problems:
        raise SourceError(problems)
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return Bibliography(path, label, pa.Table.from_pylist(rows, schema), lines[: len(rows)])


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
        problems.append(Problem(at.file, at.line, at.column, f"{name}: {what}", at.rule))

    name = "item"
    if not isinstance(item, dict):
        wrong("not an object; write a CSL item in braces")
        return {}
    name = str(item.get("id", "item"))
    custom = item.get("custom", {})
    if not isinstance(custom, dict):
        wrong('custom is not an object; write {"reliability": "B"}')
        custom = {}
    row: dict[str, str | None] = {}
    for column in COLUMNS:
        csl = _CSL_NAMES.get(column, column)
        value = custom.get(column) if column in ("reliability", "text_sha256") else item.get(csl)
        if column == "authors":
            value = _authors(value, wrong)
        elif column == "issued":
            value = _issued(value, wrong)
        elif value is not None and not isinstance(value, str):
            wrong(f"{csl} is not a text; write it in quotes")
            value = None
        row[column] = value or None
    return row


def _authors(names: Any, wrong: Any) -> str | None:
    if names is None:
        return None
    people = names if isinstance(names, list) else [names]
    parts = []
    for person in people:
        if not isinstance(person, dict) or not (person.get("literal") or person.get("family")):
            wrong('author is not a list of names; write [{"family": "Panero", "given": "Emmanuele"}]')
            return None
        full = person.get("literal") or ", ".join(p for p in (person["family"], person.get("given")) if p)
        parts.append(str(full).replace(";", ","))
    return "; ".join(parts)


def _issued(date: Any, wrong: Any) -> str | None:
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
