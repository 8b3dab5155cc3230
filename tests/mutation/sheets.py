"""The sources as plain texts and rows, read and written without the pipeline, so that the study does not trust what it tries."""

from __future__ import annotations

import csv
import functools
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from schemas.registry import Table, sources

DOCUMENTS = "references.json"
RECORD = "evidence.csv"

Row = dict[str, str]
"""One row of a table by column, with its line as `#`."""


@dataclass(frozen=True, eq=False)
class Sheets:
    """The files of a sources folder as written, by name."""

    files: Mapping[str, bytes]

    @classmethod
    def of(cls, folder: Path) -> Sheets:
        """The files of a folder, and the record of evidence beside it."""
        files = [path for path in sorted(folder.iterdir()) if path.is_file()]
        return cls({path.name: path.read_bytes() for path in [*files, folder.parent / "outputs" / RECORD]})

    def changed(self, changes: Mapping[str, bytes]) -> Sheets:
        """The same with other content in some files."""
        return Sheets({**self.files, **changes})

    def grid(self, table: str) -> list[list[str]]:
        """Header and rows of a table. Raises csv.Error or UnicodeDecodeError where it is none."""
        return list(csv.reader(io.StringIO(self.text(f"{table}.csv"), newline=""), strict=True))

    def text(self, name: str) -> str:
        """A file's text without a byte order mark, lines ending in LF."""
        return self.files[name].decode("utf-8-sig").replace("\r\n", "\n")

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The rows of every table; no cell of the sources holds a line break, so a row is a line."""
        return {name: _rows(self.text(f"{name}.csv")) for name in sources()}

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """The items of the bibliography."""
        items: list[dict[str, Any]] = json.loads(self.text(DOCUMENTS))
        return items

    @cached_property
    def issued(self) -> dict[str, str]:
        """When each dated document was issued, in EDTF."""
        return {d["id"]: _date(d["issued"]) for d in self.documents if d.get("issued")}


@functools.lru_cache(64)
def _rows(text: str) -> list[Row]:
    """The rows of a file; of those that a mistake leaves alone, read once."""
    header, *rest = csv.reader(io.StringIO(text, newline=""), strict=True)
    found = [dict(zip(header, row, strict=True)) for row in rest]
    return [{**row, "#": str(line)} for line, row in enumerate(found, 2)]


def _date(issued: Any) -> str:
    if "date-parts" in issued:
        return "/".join("-".join(f"{int(n):02d}" for n in part) for part in issued["date-parts"])
    return str(issued.get("raw") or issued.get("literal"))


def as_csv(grid: Iterable[Sequence[str]]) -> bytes:
    """Rows as the canonical bytes of a file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(grid)
    return out.getvalue().encode()


def as_json(items: Sequence[Mapping[str, Any]]) -> bytes:
    """A bibliography as the canonical bytes of a file."""
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()


def starts_of_items(text: str) -> dict[int, int]:
    """Of each line of a canonical bibliography, the line on which its item starts: where problems of it are told."""
    starts, start = {}, 1
    for line, written in enumerate(text.split("\n"), 1):
        start = line if written == "  {" else start
        starts[line] = start
    return starts


def tables() -> dict[str, Table]:
    """The tables that people write as CSV."""
    return sources()
