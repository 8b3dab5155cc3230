"""Cells that are not written as their kind is, by plain Python."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from schemas.fields import Cell
from tests.mutation.oracle import Contradiction
from tests.mutation.sheets import DOCUMENTS, Sheets, tables

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
TERMS = ("p", "pp", "sec", "n", "para", "ch", "tbl", "fig")


def form(sheets: Sheets, files: Iterable[str]) -> list[Contradiction]:
    """What is wrong with the form of some files. Raises what Python raises where one cannot be read at all."""
    found = []
    chosen = set(files)
    for name, table in tables().items():
        if f"{name}.csv" not in chosen:
            continue
        if not sheets.files[f"{name}.csv"].endswith(b"\n"):
            found.append(f"{name}: the last line has no end")
        header, *rows = sheets.grid(name)
        if sorted(header) != sorted(f.name for f in table.fields):
            return [Contradiction("form", f"{name}: header {header}")]
        for row in rows:
            if len(row) != len(header):
                return [Contradiction("form", f"{name}: {len(row)} fields")]
            cells = dict(zip(header, row, strict=True))
            found += [f"{name}.{c}: {v!r} {why}" for c, v in cells.items() for why in _cell(table.field(c).cell, v)]
            if (cells["rank"] in ("preferred", "deprecated")) != bool(cells["rank_reason"]):
                found.append(f"{name}: rank without reason {row}")
    return [Contradiction("form", what) for what in [*found, *(_documents(sheets) if DOCUMENTS in chosen else [])]]


def _documents(sheets: Sheets) -> Iterator[str]:
    seen = set()
    for item in sheets.documents:
        if item["id"] in seen or not ID.fullmatch(item["id"]) or not item.get("type") or not item.get("title"):
            yield f"{DOCUMENTS}: {item['id']}"
        if item["custom"].get("reliability") not in list("ABCDEF"):
            yield f"{DOCUMENTS}: {item['id']} has no grade"
        seen.add(item["id"])


def _cell(cell: Cell, value: str) -> Iterator[str]:
    if not value:
        if cell.required:
            yield "is empty"
        return
    if value != value.strip() or value[0] in "=+-@" or "  " in value:
        yield "has stray characters at its ends or doubled spaces"
    if not value.isascii() and any(
        unicodedata.category(c) in ("Zs", "Cf", "Cc", "Zl", "Zp", "So") and c not in " °" for c in value
    ):
        yield "has a strange character"
    if not value.isascii() and any(len(_scripts(word)) > 1 for word in re.findall(r"\w+", value)):
        yield "mixes scripts in one word"
    if re.search(r"[ÂÃÄÅ][\u0080-\u00bf‚-™]|\w\?\w", value) and cell.kind != "edtf":  # noqa: RUF001
        yield "was garbled by an encoding"
    if re.fullmatch(r"#[A-Z/0]+[!?]?|(?i:n/a|null|nan|tbd)|[?]", value):
        yield "is a word for nothing"
    if not _written(cell, value):
        yield f"is no {cell.kind}"


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(c, "?").split()[0] for c in word if c.isalpha()}


def _written(cell: Cell, value: str) -> bool:
    if cell.codes:
        return value in cell.codes
    if cell.kind == "list":
        parts = value.split("; ")
        single = Cell(cell.item)
        ordered = not cell.key or parts == sorted(parts)
        return (
            all(p and _written(single, p) for p in parts)
            and len(set(parts)) == len(parts)
            and ordered
            and not any(";" in p for p in parts)
        )
    if cell.kind == "cite":
        return all(_citation(c) for c in value.split("; "))
    if cell.kind == "edtf":
        return edtf(value) is not None
    if cell.kind == "quantity":
        return _quantity(value, cell.whole)
    patterns = {"id": ID, "code": CODE, "iso3": re.compile("[A-Z]{3}"), "boolean": re.compile("true|false")}
    patterns |= {"integer": re.compile("0|[1-9][0-9]*"), "locator": re.compile(f"({'|'.join(TERMS)})[.] .+")}
    return cell.kind not in patterns or patterns[cell.kind].fullmatch(value) is not None


def _quantity(value: str, whole: bool) -> bool:
    number = r"(0|[1-9]\d*)" + ("" if whole else r"(\.\d+)?")
    if found := re.fullmatch(rf"({number})\.\.({number})", value):
        first, last = value.split("..")
        return bool(found) and float(first) < float(last)
    return re.fullmatch(rf"([~<>]|>=|<=)?{number}", value) is not None


def _citation(citation: str) -> bool:
    key, *parts = citation.split(", ")
    terms = [part.split(". ", 1) for part in parts]
    if not ID.fullmatch(key) or any(len(t) != 2 or t[0] not in TERMS or not t[1] for t in terms):
        return False
    return all(value[0].isdigit() or term in ("sec", "ch") for term, value in terms)


@functools.cache
def edtf(value: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day that a date can mean, open ends far away; None where it is no date."""
    first, _, last = value.partition("/")
    low = _bounds(first)
    high = _bounds(last) if last else low
    if low is None or high is None or low[0] > high[1]:
        return None
    return low[0], high[1]


def _bounds(value: str) -> tuple[datetime.date, datetime.date] | None:
    if value == "..":
        return datetime.date.min, datetime.date.max
    bare = value.rstrip("?~%")
    if len(value) - len(bare) > 1 or not re.fullmatch(r"\d{4}(-\d\d){0,2}|\d{3}X|\d\dXX", bare):
        return None
    if "X" in bare:
        return datetime.date(int(bare.replace("X", "0")), 1, 1), datetime.date(int(bare.replace("X", "9")), 12, 31)
    numbers = [int(n) for n in bare.split("-")]
    try:
        start = datetime.date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    if len(numbers) == 3:
        return start, start
    after = (start.year + 1, 1) if len(numbers) == 1 or start.month == 12 else (start.year, start.month + 1)
    return start, datetime.date(*after, 1) - datetime.timedelta(1)
