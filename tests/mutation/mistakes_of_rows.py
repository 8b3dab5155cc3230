"""Mistakes with whole rows and columns: shifted, pasted, doubled, merged, sorted alone, lost."""

from __future__ import annotations

import random

from tests.mutation.chosen import cells, pick
from tests.mutation.mutant import Mutant, in_cell, in_file, in_grid, mistake
from tests.mutation.sheets import Sheets, as_csv, tables


def _place(rng: random.Random, sheets: Sheets) -> tuple[str, list[list[str]], int]:
    """A random row of a random table, as its grid and the row's place in it."""
    name = rng.choice(sorted(tables()))
    grid = sheets.grid(name)
    return name, grid, rng.randrange(1, len(grid))


@mistake("cells shifted by one, width kept")
def shifted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    row = grid[line]
    filled = [n for n, value in enumerate(row[:-1]) if value]
    at = rng.choice(filled)
    room = [n for n in range(at + 1, len(row)) if not row[n]]
    if not room:
        return None
    grid[line] = [*row[:at], "", *row[at : room[0]], *row[room[0] + 1 :]]
    return in_grid(sheets, name, grid, f"{name}.csv:{line + 1}: cells shifted from column {at + 1}", at + 1)


@mistake("a comma too many or too few")
def ragged(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    at = rng.randrange(len(grid[line]))
    if rng.random() < 0.5:
        grid[line].insert(at, "")
    else:
        del grid[line][at]
    return in_grid(sheets, name, grid, f"{name}.csv:{line + 1}: a comma too many or too few")


@mistake("two neighbouring cells swapped")
def neighbours(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    row = grid[line]
    at = rng.randrange(len(row) - 1)
    if row[at] == row[at + 1]:
        return None
    row[at], row[at + 1] = row[at + 1], row[at]
    return in_grid(sheets, name, grid, f"{name}.csv:{line + 1}: columns {at + 1} and {at + 2} swapped", at + 1)


@mistake("row pasted from another table")
def pasted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    _, other, at = _place(rng, sheets)
    if other[0] == grid[0]:
        return None
    width = len(grid[0])
    row = (other[at] + [""] * width)[:width]
    return in_grid(sheets, name, [*grid[:line], row, *grid[line:]], f"{name}.csv:{line + 1}: pasted {row}")


@mistake("cell of the row above filled down")
def filled_down(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    columns = [n for n, v in enumerate(grid[line]) if line > 1 and v and grid[line - 1][n] and grid[line - 1][n] != v]
    if not columns:
        return None
    at = rng.choice(columns)
    return in_cell(sheets, name, (line, at), grid[line - 1][at])


@mistake("two rows merged in one")
def merged(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    lines = sheets.text(f"{name}.csv").split("\n")
    if line + 1 >= len(grid):
        return None
    joined = [*lines[:line], lines[line] + rng.choice(["", ",", " "]) + lines[line + 1], *lines[line + 2 :]]
    return in_file(sheets, f"{name}.csv", "\n".join(joined).encode(), f"{name}.csv:{line + 1}: merged with the next")


@mistake("row doubled")
def doubled(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    mutant = in_grid(
        sheets, name, [*grid[: line + 1], grid[line], *grid[line + 1 :]], f"{name}.csv:{line + 1}: doubled"
    )
    both = {(f"{name}.csv", line + 1), (f"{name}.csv", line + 2)}
    return Mutant(mutant.what, mutant.changes, frozenset(both)) if mutant else None


@mistake("row deleted")
def deleted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    return in_grid(sheets, name, [*grid[:line], *grid[line + 1 :]], f"{name}.csv:{line + 1}: deleted {grid[line][:4]}")


@mistake("one column sorted alone")
def sorted_alone(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    end = min(len(grid), line + rng.choice([4, 8, 16, 1000]))
    column = rng.randrange(len(grid[0]))
    values = [row[column] for row in grid[line:end]]
    for row, value in zip(grid[line:end], sorted(values, reverse=rng.random() < 0.5), strict=True):
        row[column] = value
    return in_grid(sheets, name, grid, f"{name}.csv: column {column + 1} sorted alone", column + 1)


@mistake("one column moved down a row")
def moved_down(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, line = _place(rng, sheets)
    end = min(len(grid), line + rng.choice([4, 8, 16, 1000]))
    column = rng.randrange(len(grid[0]))
    values = [row[column] for row in grid[line:end]]
    for row, value in zip(grid[line:end], values[-1:] + values[:-1], strict=True):
        row[column] = value
    return in_grid(sheets, name, grid, f"{name}.csv: column {column + 1} moved down", column + 1)


@mistake("merged cells left empty")
def emptied(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: c.at[0] > 1 and (c.field.cell.key or c.field.name == "cite")  # noqa: E731
    chosen = pick(rng, cells(sheets, fits))
    return in_cell(sheets, chosen.table.name, chosen.at, "") if chosen else None


@mistake("value cell emptied")
def value_emptied(rng: random.Random, sheets: Sheets) -> Mutant | None:
    chosen = pick(rng, cells(sheets, lambda c: c.field in c.table.claimed))
    return in_cell(sheets, chosen.table.name, chosen.at, "") if chosen else None


@mistake("column doubled")
def column_doubled(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    at = rng.randrange(len(grid[0]))
    return in_grid(
        sheets, name, [[*row[:at], row[at], *row[at:]] for row in grid], f"{name}.csv: column {at + 1} doubled"
    )


@mistake("column deleted")
def column_deleted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    at = rng.randrange(len(grid[0]))
    return in_grid(sheets, name, [[*row[:at], *row[at + 1 :]] for row in grid], f"{name}.csv: column {at + 1} deleted")


@mistake("column renamed")
def renamed(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    at = rng.randrange(len(grid[0]))
    new = rng.choice([grid[0][at].title(), grid[0][at] + "s", grid[0][at].replace("_", " ") + " ", f"{grid[0][at]}_1"])
    grid[0][at] = new
    return in_grid(sheets, name, grid, f"{name}.csv: column {at + 1} renamed {new!r}", at + 1)


@mistake("headings of two columns swapped")
def headings_swapped(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    at = rng.randrange(len(grid[0]) - 1)
    grid[0][at], grid[0][at + 1] = grid[0][at + 1], grid[0][at]
    mutant = in_grid(sheets, name, grid, f"{name}.csv: headings {at + 1} and {at + 2} swapped")
    every = {(f"{name}.csv", line) for line in range(1, len(grid) + 1)}
    return Mutant(mutant.what, mutant.changes, frozenset(every)) if mutant else None


@mistake("file cut off")
def cut_off(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    data = sheets.files[f"{name}.csv"]
    at = rng.randrange(len(data) // 2, len(data))
    kept = data[:at]
    line = kept.count(b"\n") + 1
    places = {(f"{name}.csv", line)}
    return Mutant(f"{name}.csv: cut off in line {line}", {f"{name}.csv": kept}, frozenset(places))


@mistake("Excel: semicolons for commas")
def semicolons(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    text = as_csv(sheets.grid(name)).decode()
    return in_file(sheets, f"{name}.csv", text.replace(",", ";").encode(), f"{name}.csv: semicolons")


@mistake("Excel: columns of nothing at the end")
def empty_columns(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    return in_grid(sheets, name, [[*row, "", ""] for row in grid], f"{name}.csv: two empty columns")


@mistake("Excel: rows of nothing at the end")
def empty_rows(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name, grid, _ = _place(rng, sheets)
    empty = [[""] * len(grid[0]) for _ in range(rng.choice([1, 3, 20]))]
    return in_grid(sheets, name, [*grid, *empty], f"{name}.csv: rows of commas at the end")


@mistake("Excel: saved in another encoding")
def encoding(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    codec = rng.choice(["cp1252", "utf-16", "cp1250"])
    data = sheets.text(f"{name}.csv").encode(codec, "replace")
    every = {(f"{name}.csv", line) for line in range(1, data.count(b"\n") + 2)}
    changed = data != sheets.files[f"{name}.csv"]
    return Mutant(f"{name}.csv: saved as {codec}", {f"{name}.csv": data}, frozenset(every)) if changed else None


@mistake("letters garbled by an encoding")
def garbled(rng: random.Random, sheets: Sheets) -> Mutant | None:
    foreign = cells(sheets, lambda c: not c.value.isascii())
    chosen = pick(rng, foreign)
    if chosen is None:
        return None
    data = chosen.value.encode()
    wrong = rng.choice([data.decode("cp1252", "replace"), chosen.value.encode("ascii", "replace").decode()])
    return in_cell(sheets, chosen.table.name, chosen.at, wrong)


@mistake("Excel: byte order mark and CRLF")
def mark_and_crlf(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    data = b"\xef\xbb\xbf" + sheets.files[f"{name}.csv"].replace(b"\n", b"\r\n")
    return in_file(sheets, f"{name}.csv", data, f"{name}.csv: mark and CRLF")


@mistake("quote dropped")
def quote_dropped(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    text = sheets.text(f"{name}.csv")
    places = [n for n, char in enumerate(text) if char == '"']
    if not places:
        return None
    at = rng.choice(places)
    line = text.count("\n", 0, at) + 1
    return in_file(sheets, f"{name}.csv", (text[:at] + text[at + 1 :]).encode(), f"{name}.csv:{line}: a quote dropped")
