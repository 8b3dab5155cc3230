"""Mistakes in ids, codes, countries and texts: slips of the fingers, wrong choices, letters that only look right."""

from __future__ import annotations

import random

from tests.mutation.chosen import Chosen, cells, edited, pick, slip
from tests.mutation.mutant import Mutant, in_file, mistake
from tests.mutation.sheets import Sheets, tables

ALIKE = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і"}  # noqa: RUF001
CURLY = {'"': "“", "'": "’"}  # noqa: RUF001


def _own_id(c: Chosen) -> bool:
    return c.field.cell.key and c.field.cell.kind in ("id", "iso3") and not c.field.cell.references


def _reference(c: Chosen) -> bool:
    return bool(c.field.cell.references) and c.field.cell.kind in ("id", "list", "text") and c.field.name != "hosts"


def _code(c: Chosen) -> bool:
    free = c.field.cell.kind == "code" or (c.field.cell.kind == "list" and c.field.cell.item == "code")
    return free and not c.field.cell.codes


def _text(c: Chosen) -> bool:
    return c.field.cell.kind == "text" and not c.field.cell.references and " " in c.value


@mistake("typo in a row's own id")
def own_id(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, _own_id, lambda c: slip(rng, c.value))


@mistake("typo in an id that refers")
def referring_id(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, _reference, lambda c: slip(rng, c.value))


@mistake("typo in a listed code")
def listed_code(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda c: c.field.cell.codes, lambda c: slip(rng, c.value))


@mistake("typo in a free code")
def free_code(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, _code, lambda c: slip(rng, c.value))


@mistake("typo in a country code")
def country_code(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: c.field.cell.kind == "iso3" and c.field.cell.references  # noqa: E731
    return edited(rng, sheets, fits, lambda c: slip(rng, c.value))


@mistake("another country")
def another_country(rng: random.Random, sheets: Sheets) -> Mutant | None:
    codes = sorted({row["iso3"] for row in sheets.rows["country"]})
    fits = lambda c: c.field.cell.kind == "iso3" and c.field.cell.references  # noqa: E731
    return edited(rng, sheets, fits, lambda _: rng.choice(codes))


@mistake("another of the six")
def another_of_the_six(rng: random.Random, sheets: Sheets) -> Mutant | None:
    six = ["ALB", "BIH", "MKD", "MNE", "SRB", "XKX"]
    fits = lambda c: c.field.cell.kind == "iso3" and c.field.cell.references and c.value in six  # noqa: E731
    return edited(rng, sheets, fits, lambda _: rng.choice(six))


@mistake("another id that exists")
def another_id(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        return rng.choice(cells(sheets, lambda d: d.field == c.field and d.table == c.table)).value

    return edited(rng, sheets, lambda c: c.field.cell.kind == "id" and c.field.cell.references, other)


@mistake("another listed code")
def another_code(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: c.field.cell.codes and c.field.name != "rank"  # noqa: E731
    return edited(rng, sheets, fits, lambda c: rng.choice(sorted(c.field.cell.codes)))


@mistake("look-alike letter in an id or code")
def alike_in_id(rng: random.Random, sheets: Sheets) -> Mutant | None:
    fits = lambda c: c.field.cell.kind in ("id", "code", "cite") and set(c.value) & ALIKE.keys()  # noqa: E731
    return edited(rng, sheets, fits, lambda c: _alike(rng, c.value))


@mistake("look-alike letter in a text")
def alike_in_text(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda c: _text(c) and set(c.value) & ALIKE.keys(), lambda c: _alike(rng, c.value))


def _alike(rng: random.Random, value: str) -> str:
    at = rng.choice([n for n, char in enumerate(value) if char in ALIKE])
    return value[:at] + ALIKE[value[at]] + value[at + 1 :]


@mistake("typo in a free text")
def free_text(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, _text, lambda c: slip(rng, c.value))


@mistake("stray white space at an end")
def white_space(rng: random.Random, sheets: Sheets) -> Mutant | None:
    space = rng.choice([" ", "\u00a0", "\t"])
    return edited(rng, sheets, lambda _: True, lambda c: rng.choice([space + c.value, c.value + space]))


@mistake("non-breaking space inside")
def non_breaking(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda c: " " in c.value, lambda c: _one_space(rng, c.value, "\u00a0"))


@mistake("doubled space inside")
def doubled_space(rng: random.Random, sheets: Sheets) -> Mutant | None:
    return edited(rng, sheets, lambda c: " " in c.value, lambda c: _one_space(rng, c.value, "  "))


def _one_space(rng: random.Random, value: str, space: str) -> str:
    at = rng.choice([n for n, char in enumerate(value) if char == " "])
    return value[:at] + space + value[at + 1 :]


@mistake("curly quotes for straight")
def curly(rng: random.Random, sheets: Sheets) -> Mutant | None:
    name = rng.choice(sorted(tables()))
    lines = sheets.text(f"{name}.csv").split("\n")
    quoted = [n for n, line in enumerate(lines) if '"' in line]
    if not quoted:
        return None
    at = rng.choice(quoted)
    lines[at] = "".join(CURLY.get(char, char) for char in lines[at])
    return in_file(sheets, f"{name}.csv", "\n".join(lines).encode(), f"{name}.csv:{at + 1}: curly quotes")


@mistake("find and replace gone too far")
def replaced(rng: random.Random, sheets: Sheets) -> Mutant | None:
    start = pick(rng, cells(sheets, lambda c: c.field.cell.kind in ("id", "code", "iso3") and len(c.value) > 2))
    if start is None:
        return None
    parts = [part for part in start.value.replace("_", "-").split("-") if len(part) > 2]
    if not parts:
        return None
    old = rng.choice(parts)
    new = rng.choice([slip(rng, old), old.title(), f"{old}-new", old[::-1]])
    file = f"{start.table.name}.csv"
    return in_file(sheets, file, sheets.text(file).replace(old, new).encode(), f"{file}: every {old!r} -> {new!r}")
