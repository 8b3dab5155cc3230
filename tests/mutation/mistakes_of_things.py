"""Mistakes that spreadsheets, git and hasty hands leave whole: words for nothing, marks of a merge, a thing made its own parent."""

from __future__ import annotations

import random

from tests.mutation.chosen import cells, edited, pick
from tests.mutation.mutant import Mutant, in_cell, in_file, in_grid, mistake
from tests.mutation.sheets import Sheets, tables

NOTHING = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "n/a", "N/A", "null", "NaN", "?", "tbd")
RELATIVES = {
    "actor": ("actor_id", "parent_actor_id"),
    "indicator": ("iso3", "counterpart"),
    "organisation": ("organisation_id", "parent_organisation_id"),
    "relation": ("party_a", "party_b"),
}


@mistake("word for nothing in a cell")
def word_for_nothing(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda _: True, lambda _: rng.choice(NOTHING))


@mistake("marks of a merge left by git")
def merge(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    lines = sheets.text(f"{name}.csv").split("\n")
    at = rng.randrange(1, len(lines) - 1)
    both = ["<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> theirs"]
    marked = [*lines[:at], *both, *lines[at + 1 :]]
    return in_file(sheets, f"{name}.csv", "\n".join(marked).encode(), f"{name}.csv:{at + 1}: marks of a merge")


@mistake("thing related to itself")
def itself(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(RELATIVES))
    grid = sheets.grid(name)
    own, other = (grid[0].index(column) for column in RELATIVES[name])
    line = rng.choice([n for n, row in enumerate(grid) if n and row[own]])
    return in_cell(sheets, name, (line, other), grid[line][own])


@mistake("parent and child swapped")
def parents_swapped(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(["actor", "organisation"])
    grid = sheets.grid(name)
    own, parent = (grid[0].index(column) for column in RELATIVES[name])
    line = rng.choice([n for n, row in enumerate(grid) if n and row[parent]])
    above = next(n for n, row in enumerate(grid) if row[own] == grid[line][parent])
    grid[above][parent] = grid[line][own]
    return in_grid(sheets, name, grid, f"{name}.csv:{above + 1}: the child for a parent", parent + 1)


@mistake("another rank, or a reason of a word")
def ranked(rng: random.Random, sheets: Sheets) -> Mutant | None:
    chosen = pick(rng, cells(sheets, lambda c: c.field.name in ("rank", "rank_reason")))
    if chosen is None:
        return None
    other = {"preferred": "deprecated", "deprecated": "preferred"}.get(chosen.value, rng.choice(["x", "ok", "Better."]))
    return in_cell(sheets, chosen.table.name, chosen.at, other)


@mistake("wrong place in the order of joining")
def ordinal(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: c.field.name == "ordinal"  # noqa: E731
    return edited(rng, sheets, fits, lambda c: str(int(c.value) + rng.choice([-10, -2, -1, 1, 2, 10])))
