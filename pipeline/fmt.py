"""Canonical source files: one way to write them, so that git shows only what people changed.

Nothing is lost: a file that cannot be read for certain, or that holds a column no table has, is left as it is.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.items import parse_items
from pipeline.problems import Problem, SourceError, shown
from pipeline.project import Project
from pipeline.refuse import SPACES
from pipeline.sourcefile import unfit
from pipeline.whole import write_whole
from schemas.registry import Table, sources

SPACES_IN_ROW = re.compile(f"(?:{SPACES.pattern})+ *")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Formatted:
    """The files that were not canonical, as messages name them, and how many were looked at."""

    changed: tuple[str, ...]
    looked_at: int


def format_files(project: Project, files: Iterable[Path], *, write: bool) -> Formatted:
    """Bring source files into canonical form; all of them where none is named.

    Raises SourceError, and writes nothing at all, where one of them cannot be brought into it.
    """
    known = {project.sources / f"{name}.csv": table for name, table in sources().items()}
    bibliography = project.sources / "references.json"
    chosen = [path.resolve() for path in files] or [p for p in [bibliography, *known] if p.is_file()]
    wanted: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in chosen:
        label = project.label(path)
        try:
            if path == bibliography:
                wanted[path] = canonical_bibliography(_bytes(path, label), label)
            elif path in known:
                wanted[path] = canonical(_bytes(path, label), label, known[path])
            else:
                raise SourceError(
                    [Problem(label, 1, 1, "not a source file of this project; name one in sources/", "file")]
                )
        except SourceError as error:
            problems += error.problems
    if problems:
        raise SourceError(problems)
    changed = [path for path, content in wanted.items() if path.read_bytes() != content]
    if write:
        for path in changed:
            write_whole(path, wanted[path])
    return Formatted(tuple(project.label(path) for path in changed), len(wanted))


def _bytes(path: Path, label: str) -> bytes:
    if wrong := unfit(path, label, "file is missing; name one that is there"):
        raise SourceError([wrong])
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            [Problem(label, 1, 1, f"cannot be read ({error.strerror}); name a readable file", "file")]
        ) from None


def canonical(data: bytes, label: str, table: Table) -> bytes:
    """The canonical bytes of a table's CSV. Raises SourceError where the file cannot be read for certain."""
    names = [f.name for f in table.fields]
    text = _decoded(data, label)
    first, _, rest = text.partition("\n")
    if first.strip('"').lower().startswith("sep=") and rest:  # Excel's own note on the separator
        text, first = rest, rest.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, starts, line = [], [], 1
    try:
        for row in reader:
            rows.append([SPACES_IN_ROW.sub(" ", cell.strip()) for cell in row])
            starts.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"not readable as CSV ({error}); run wb6 check for its place"
        raise SourceError([Problem(label, line, 1, what, "fields")]) from None
    header = rows[0] if rows else []
    while header and not header[-1] and all(not any(row[len(header) - 1 :]) for row in rows):
        header = header[:-1]
    problems = [
        Problem(
            label, 1, n, f"column {shown(name)} is not one of the table's, or is repeated; correct its name", "header"
        )
        for n, name in enumerate(header, 1)
        if name not in names or name in header[: n - 1]
    ]
    filled = [(start, row) for start, row in zip(starts[1:], rows[1:], strict=False) if any(row)]
    problems += [
        Problem(
            label,
            line,
            min(len(row), len(header)),
            f"{len(row)} fields where the header has {len(header)}; mend the row",
            "fields",
        )
        for line, row in filled
        if len(row) < len(header) or any(row[len(header) :])
    ]
    if problems:
        raise SourceError(problems)
    records = [dict(zip(header, row, strict=False)) for _, row in filled]
    ordered = sorted(([_cell(r, name, table) for name in names] for r in records), key=lambda row: _order(row, table))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([names, *ordered])
    return out.getvalue().encode("utf-8")


def _decoded(data: bytes, label: str) -> str:
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        what = "not UTF-8 or UTF-16, so its letters cannot be told for certain; save it as CSV UTF-8"
        raise SourceError([Problem(label, 1, 1, what, "encoding")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cell(record: dict[str, str], name: str, table: Table) -> str:
    """A cell, a list in a key sorted."""
    value = record.get(name, "")
    cell = table.field(name).cell
    if cell.kind != "list":
        return value
    items = [item.strip() for item in value.split(";")] if value else []
    return "; ".join(sorted(items) if cell.key else items)


def _order(row: list[str], table: Table) -> tuple[Any, ...]:
    """By key, numbers as numbers; rows of one key stay in the order they were written."""
    parts: list[Any] = []
    for field, value in zip(table.fields, row, strict=True):
        if field.cell.key:
            digits = field.cell.kind == "integer" and value.isascii() and value.isdigit() and len(value) < 1_000
            number = int(value) if digits else -1
            parts += [number, value]
    return tuple(parts)


def canonical_bibliography(data: bytes, label: str) -> bytes:
    """The canonical bytes of references.json: items by id, one form of indentation. Raises SourceError where it is none."""
    items = []
    for item, line in parse_items(data, label):
        if not isinstance(item, dict):
            raise SourceError([Problem(label, line, 1, "not an object; write a CSL item in braces", "document")])
        items.append(item)
    ordered = sorted(items, key=lambda item: str(item.get("id", "")))
    try:
        return (json.dumps(ordered, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    except UnicodeEncodeError:
        what = "half a character (a surrogate) stands in a text; run wb6 check for its item, and delete it"
        raise SourceError([Problem(label, 1, 1, what, "character")]) from None
