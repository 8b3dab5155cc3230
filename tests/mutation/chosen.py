"""Where a mistake falls: a random cell of those that lend themselves to it, any table's as likely as another's."""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.registry import Field, Table
from tests.mutation.mutant import Mutant, in_cell
from tests.mutation.sheets import Sheets, tables


@dataclass(frozen=True)
class Chosen:
    """One filled cell: its table and field, its row and column in the grid (both from 0), and what stands in it."""

    table: Table
    field: Field
    at: tuple[int, int]
    value: str


@functools.cache
def _filled(sheets: Sheets) -> tuple[Chosen, ...]:
    found = []
    for name, table in tables().items():
        header, *rows = sheets.grid(name)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value:
                    found.append(Chosen(table, table.field(header[column]), (line, column), value))
    return tuple(found)


def cells(sheets: Sheets, fits: Callable[[Chosen], object]) -> list[Chosen]:
    """Every filled cell that fits."""
    return [chosen for chosen in _filled(sheets) if fits(chosen)]


def pick(rng: random.Random, found: Sequence[Chosen]) -> Chosen | None:
    """One cell of those found: first a table, then a cell, so that long tables do not drown the short ones."""
    if not found:
        return None
    table = rng.choice(sorted({chosen.table.name for chosen in found}))
    return rng.choice([chosen for chosen in found if chosen.table.name == table])


def edited(
    rng: random.Random,
    sheets: Sheets,
    fits: Callable[[Chosen], object],
    edit: Callable[[Chosen], str | None],
) -> Mutant | None:
    """A mutant with one fitting cell edited; None where there is none, or the edit changes nothing."""
    chosen = pick(rng, cells(sheets, fits))
    value = edit(chosen) if chosen else None
    if chosen is None or value is None or value == chosen.value:
        return None
    return in_cell(sheets, chosen.table.name, chosen.at, value)


def slip(rng: random.Random, text: str, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """A slip of the fingers: a letter left out, doubled, replaced, or swapped with the next."""
    places = [n for n, c in enumerate(text) if c.isalpha()]
    if len(places) < 2:
        return text
    at = rng.choice(places)
    how = rng.randrange(4)
    if how == 0:
        return text[:at] + text[at + 1 :]
    if how == 1:
        return text[:at] + text[at] + text[at:]
    if how == 2:
        other = rng.choice(alphabet)
        return text[:at] + (other.upper() if text[at].isupper() else other) + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]
