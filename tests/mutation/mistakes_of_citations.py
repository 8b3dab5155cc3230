"""Mistakes in citations and in the bibliography."""

from __future__ import annotations

import random
import re
from typing import Any

from tests.mutation.chosen import Chosen, cells, edited, slip
from tests.mutation.mutant import Mutant, in_file, in_grid, mistake
from tests.mutation.sheets import DOCUMENTS, Sheets, as_json


def _cite(c: Chosen) -> bool:
    return c.field.cell.kind == "cite"


@mistake("typo in a citation key")
def cite_key(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def typo(c: Chosen) -> str:
        key, *rest = re.split(r"(?=[,;])", c.value, maxsplit=1)
        digits = [n for n, char in enumerate(key) if char.isdigit()]
        if digits and rng.random() < 0.4:
            at = rng.choice(digits)
            return "".join([key[:at], rng.choice("0123456789"), key[at + 1 :], *rest])
        return "".join([slip(rng, key), *rest])

    return edited(rng, sheets, _cite, typo)


@mistake("another document cited")
def another_document(rng: random.Random, sheets: Sheets) -> Mutant | None:
    keys = sorted({c.value.split(",")[0].split(";")[0] for c in cells(sheets, _cite)})
    return edited(rng, sheets, _cite, lambda c: re.sub(r"^[^,;]+", rng.choice(keys), c.value))


@mistake("page for section, or the reverse")
def wrong_term(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        terms = re.findall(r"(?<=, )(p|pp|sec|n|para|ch)(?=\. )", c.value)
        return re.sub(rf", {terms[0]}\. ", f", {rng.choice(['p', 'n', 'sec', 'para'])}. ", c.value, count=1)

    return edited(rng, sheets, lambda c: _cite(c) and re.search(r", [a-z]+\. ", c.value), other)


@mistake("typo in a section's name")
def section(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def typo(c: Chosen) -> str:
        return re.sub(r"(?<=sec\. )[^,;]+", lambda m: slip(rng, m[0]), c.value, count=1)

    return edited(rng, sheets, lambda c: _cite(c) and "sec. " in c.value, typo)


@mistake("another section")
def another_section(rng: random.Random, sheets: Sheets) -> Mutant | None:
    names = sorted({name for c in cells(sheets, _cite) for name in re.findall(r"sec\. ([^,;]+)", c.value)})

    def other(c: Chosen) -> str:
        return re.sub(r"(?<=sec\. )[^,;]+", rng.choice(names), c.value, count=1)

    return edited(rng, sheets, lambda c: _cite(c) and "sec. " in c.value, other)


@mistake("wrong number of a note")
def note(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def other(c: Chosen) -> str:
        return re.sub(r"(?<=, n\. )\d+", lambda m: str(int(m[0]) + rng.choice([-10, -2, -1, 1, 2, 10])), c.value)

    return edited(rng, sheets, lambda c: _cite(c) and ", n. " in c.value, other)


@mistake("semicolon or term forgotten in a citation")
def malformed(rng: random.Random, sheets: Sheets) -> Mutant | None:
    def broken(c: Chosen) -> str:
        return rng.choice([c.value.replace("; ", ", "), c.value.replace(". ", " ", 1), c.value.replace(", ", " ", 1)])

    return edited(rng, sheets, lambda c: _cite(c) and ", " in c.value, broken)


@mistake("note deleted from reference.csv")
def note_deleted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    grid = sheets.grid("reference")
    line = rng.randrange(1, len(grid))
    return in_grid(
        sheets, "reference", [*grid[:line], *grid[line + 1 :]], f"reference.csv:{line + 1}: deleted {grid[line]}"
    )


def _items(sheets: Sheets, items: list[dict[str, Any]], what: str) -> Mutant | None:
    return in_file(sheets, DOCUMENTS, as_json(items), what)


@mistake("document deleted")
def document_deleted(rng: random.Random, sheets: Sheets) -> Mutant | None:
    at = rng.randrange(len(sheets.documents))
    items = [*sheets.documents[:at], *sheets.documents[at + 1 :]]
    mutant = _items(sheets, items, f"{DOCUMENTS}: deleted {sheets.documents[at]['id']}")
    return Mutant(mutant.what, mutant.changes, frozenset()) if mutant else None


@mistake("document doubled")
def document_doubled(rng: random.Random, sheets: Sheets) -> Mutant | None:
    at = rng.randrange(len(sheets.documents))
    item = sheets.documents[at]
    return _items(sheets, [*sheets.documents[:at], item, *sheets.documents[at:]], f"{DOCUMENTS}: doubled {item['id']}")


@mistake("typo in a document's id")
def document_id(rng: random.Random, sheets: Sheets) -> Mutant | None:
    at = rng.randrange(len(sheets.documents))
    item = sheets.documents[at]
    new = {**item, "id": slip(rng, item["id"])}
    return _items(
        sheets, [*sheets.documents[:at], new, *sheets.documents[at + 1 :]], f"{DOCUMENTS}: {item['id']} -> {new['id']}"
    )


@mistake("wrong year of a document")
def document_year(rng: random.Random, sheets: Sheets) -> Mutant | None:
    dated = [n for n, item in enumerate(sheets.documents) if "date-parts" in (item.get("issued") or {})]
    at = rng.choice(dated)
    item = sheets.documents[at]
    year, *rest = item["issued"]["date-parts"][0]
    wrong = {"date-parts": [[int(year) + rng.choice([-10, -2, -1, 1, 2, 9]), *rest]]}
    items = [*sheets.documents[:at], {**item, "issued": wrong}, *sheets.documents[at + 1 :]]
    return _items(sheets, items, f"{DOCUMENTS}: {item['id']} of {wrong['date-parts']} for {year}")


@mistake("wrong grade of a document")
def document_grade(rng: random.Random, sheets: Sheets) -> Mutant | None:
    at = rng.randrange(len(sheets.documents))
    item = sheets.documents[at]
    wrong = {**item, "custom": {**item["custom"], "reliability": rng.choice(["a", "AB", "", "G", "high", "A", "C"])}}
    items = [*sheets.documents[:at], wrong, *sheets.documents[at + 1 :]]
    return _items(sheets, items, f"{DOCUMENTS}: {item['id']} graded {wrong['custom']['reliability']!r}")


@mistake("comma, quote or bracket lost in references.json")
def json_syntax(rng: random.Random, sheets: Sheets) -> Mutant | None:
    text = sheets.text(DOCUMENTS)
    at = rng.choice([n for n, char in enumerate(text) if char in ',"{}[]:'])
    line = text.count("\n", 0, at) + 1
    mutant = in_file(sheets, DOCUMENTS, (text[:at] + text[at + 1 :]).encode(), f"{DOCUMENTS}:{line}: {text[at]!r} lost")
    near = {(DOCUMENTS, n) for n in (line - 1, line, line + 1, line + 2)}
    return Mutant(mutant.what, mutant.changes, mutant.places | near) if mutant else None
