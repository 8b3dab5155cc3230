"""One mistake: the files as they are after it, and the lines it stands on."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.mutation.sheets import DOCUMENTS, Sheets, as_csv, starts_of_items

Place = tuple[str, int]
"""A file of the sources and a line in it."""


@dataclass(frozen=True)
class Mutant:
    """A mistake of some kind. `column` is the number of the field at fault, where it is one."""

    what: str
    changes: Mapping[str, bytes]
    places: frozenset[Place]
    column: int | None = None


Mistake = Callable[[random.Random, Sheets], Mutant | None]
"""Makes one mistake at a random place; None where the place drawn does not lend itself to it."""

MISTAKES: dict[str, Mistake] = {}
"""Every kind of mistake by its name, in the order of the report."""


def mistake(name: str) -> Callable[[Mistake], Mistake]:
    """Enter a kind of mistake under its name."""

    def enter(make: Mistake) -> Mistake:
        MISTAKES[name] = make
        return make

    return enter


def in_file(sheets: Sheets, file: str, content: bytes, what: str, column: int | None = None) -> Mutant | None:
    """A mutant that changes one file; its places are the lines that differ. None where nothing does."""
    before = sheets.files[file]
    if content == before:
        return None
    places = {(file, line) for line in _changed_lines(before, content)}
    if file == DOCUMENTS:
        starts = starts_of_items(content.decode("utf-8", "replace"))
        places |= {(file, starts.get(line, line)) for _, line in places}
    return Mutant(what, {file: content}, frozenset(places), column)


def in_grid(sheets: Sheets, table: str, grid: list[list[str]], what: str, column: int | None = None) -> Mutant | None:
    """A mutant of one table from its rows."""
    return in_file(sheets, f"{table}.csv", as_csv(grid), what, column)


def in_cell(sheets: Sheets, table: str, at: tuple[int, int], value: str) -> Mutant | None:
    """A mutant that writes another value in one cell; `at` is its row in the grid and its column, from 0."""
    grid = sheets.grid(table)
    row, column = at
    what = f"{table}.csv:{row + 1}:{column + 1}: {grid[0][column]} {grid[row][column]!r} -> {value!r}"
    grid[row][column] = value
    return in_grid(sheets, table, grid, what, column + 1)


def _changed_lines(before: bytes, after: bytes) -> set[int]:
    """Lines of `after` that differ; where lines went or came, those between what is the same at both ends."""
    old, new = before.split(b"\n"), after.split(b"\n")
    if len(old) == len(new):
        return {n for n, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b}
    same = min(len(old), len(new))
    head = next((n for n in range(same) if old[n] != new[n]), same)
    tail = next((n for n in range(same - head) if old[-1 - n] != new[-1 - n]), same - head)
    return set(range(head + 1, len(new) - tail + 1))
