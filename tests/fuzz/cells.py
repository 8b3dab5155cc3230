"""Cells of every kind that a table has: accepted as the rule in words accepts them, and published as it says.

Thousands at a time are given to the patterns, in the engine that the validation uses, and to DuckDB; each is compared.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.claimed import CITATIONS, note_of
from pipeline.expand import earliest, expressions, latest
from pipeline.problems import Problem, shown
from schemas.explain import explain
from schemas.fields import Cell, pattern_of
from schemas.registry import Field, written
from tests.fuzz import by_rule
from tests.fuzz.target import Count, DisagreementError, Target, assert_told_well

BATCH = 1_500
"""How many cells wait for one question to the engines."""


@functools.cache
def kinds() -> Mapping[str, tuple[Cell, ...]]:
    """Every kind of cell that a table which people write has and that is written by a rule, once each, by its kind."""
    found: dict[str, dict[Cell, None]] = {}
    for table in written().values():
        for one in (f.cell for f in table.fields if pattern_of(f.cell)):
            codes = tuple(one.codes.items())
            bare = Cell(
                one.kind, key=one.key and one.kind == "text", item=one.item, whole=one.whole, codes=_Codes(codes)
            )
            found.setdefault("code" if codes else one.kind, {})[bare] = None
    return {kind: tuple(cells) for kind, cells in found.items()}


class _Codes(dict[str, str]):
    """Codes that can be told apart by what they are, so that cells with them can."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))


def by_the_rule(cell: Cell, text: str) -> object:
    """What the rule in words makes of a cell; None where it refuses it."""
    if cell.codes:
        return text if text in cell.codes else None
    if cell.kind == "edtf":
        span = by_rule.edtf(text)
        return span and (text, *span, None not in span and span[0] > span[1])  # type: ignore[operator]
    if cell.kind == "quantity":
        return by_rule.quantity(text, whole=cell.whole)
    if cell.kind == "cite":
        return by_rule.cite(text)
    if cell.kind == "list":
        return by_rule.listing(text, cell.item)
    if cell.kind == "text":
        return text if text and "|" not in text else None
    if not by_rule.IS_WRITTEN[cell.kind](text):
        return None
    if cell.kind == "boolean":
        return text == "true"
    return int(text) if cell.kind == "integer" else text


def by_the_pipeline(cell: Cell, texts: list[str]) -> list[object]:
    """What the pipeline makes of cells; None for each that it refuses."""
    array = pa.array(texts, pa.string())
    accepted = pc.match_substring_regex(array, pattern_of(cell))
    values: list[object] = [None] * len(texts)
    numbered = pa.table({"n": pa.array(range(len(texts))), "written": array}).filter(accepted)
    if cell.kind == "cite":
        sql = (
            f"SELECT n, citation, cited_id, locator, {note_of('locator')} FROM "
            f"({CITATIONS.format(columns='n, p', rows='(SELECT n, written AS cite, 0 AS p FROM numbered)')})"
        )
        for number, *citation in _ask(numbered, sql):
            values[number] = (*(values[number] or ()), by_rule.Citation(*citation))
        return values
    items = ", ".join(expressions(Field("x", "", cell), "written"))
    if cell.kind == "edtf":
        items += f", coalesce({earliest('written')} > {latest('written')}, false)"
    for number, *published in _ask(numbered, f"SELECT n, {items} FROM numbered"):
        values[number] = tuple(published) if len(published) > 1 else published[0]
    return values


@functools.cache
def _engine() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    con.execute("SET threads = 1")
    return con


def _ask(numbered: pa.Table, sql: str) -> list[tuple[Any, ...]]:
    con = _engine()
    con.register("numbered", numbered)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.unregister("numbered")


@dataclass
class Batch:
    """Cells of one kind that wait to be compared, with what the rule makes of each."""

    cell: Cell
    count: Count
    waiting: dict[str, object] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Try one cell; ask the engines when enough wait."""
        if text in self.waiting:
            return
        self.waiting[text] = by_the_rule(self.cell, text)
        if self.waiting[text] is None:
            what = f"x {shown(text)}: {explain(self.cell, text)}"
            assert_told_well([Problem("sources/some.csv", 2, 1, what, "row")])
        if len(self.waiting) >= BATCH:
            self.compare()

    def compare(self) -> None:
        """Compare every cell that waits."""
        if not self.waiting:
            return
        texts = list(self.waiting)
        for text, taken in zip(texts, by_the_pipeline(self.cell, texts), strict=True):
            if taken != self.waiting[text]:
                kind = f"{self.cell.kind} of {self.cell.item}" if self.cell.kind == "list" else self.cell.kind
                raise DisagreementError(f"{kind} {text!r}: {taken} where the rule says {self.waiting[text]}")
        self.count.compared += len(texts)
        self.count.taken += sum(taken is not None for taken in self.waiting.values())
        self.waiting.clear()


def cell_target(name: str, cells: tuple[Cell, ...], seeds: tuple[str, ...], words: tuple[str, ...]) -> Target:
    """A target for some kinds of cells.

    The first byte of an input says which, and what the others are: letters, words put together, or edits of a seed, each
    a place and a word. Few texts of letters alone are right, and few edits make a seed wrong.
    """
    count = Count()
    batches = [Batch(cell, count) for cell in cells]
    spoken = [*words, *"0123456789"]

    def attempt(data: bytes) -> None:
        how = data[0] // 64 if data else 0
        if how < 2:
            text = data[1:].decode("utf-8", "ignore")
        elif how == 2:
            text = "".join(spoken[byte % len(spoken)] for byte in data[1:40])
        else:
            text = _edited(seeds[data[1] % len(seeds)] if data[1:] else "", spoken, data[2:20])
        if text:  # an empty cell is null, and no pattern sees it
            batches[data[0] % len(batches)].add(text)

    def compare() -> None:
        for batch in batches:
            batch.compare()

    first = tuple(bytes([n]) + seed.encode() for seed in seeds for n in range(len(batches)))
    first += tuple(bytes([192 + n, which]) + bytes(8) for which in range(len(seeds)) for n in range(len(batches)))
    return Target(name, attempt, count, compare, first, words)


def _edited(text: str, words: list[str], edits: bytes) -> str:
    """A text in which letters are replaced, or words put in: each edit is a place and what comes there."""
    for at, word in zip(edits[0::2], edits[1::2], strict=False):
        place = at % (len(text) + 1)
        digit = text[place : place + 1].isdigit() and word < 200
        text = text[:place] + (str(word % 10) + text[place + 1 :] if digit else words[word % len(words)] + text[place:])
    return text


_SEEDS: Mapping[str, tuple[str, ...]] = {
    "edtf": ("2023-09-24~", "2017/2027", "../201X", "20XX/..", "2024-02-29", "1900-02-29?/2023-12"),
    "quantity": ("4500", "~4500", ">=100", "<10", "60..80", "999999999999999", "1.25..2.5"),
    "cite": ("panero2023, sec. Albania, n. 19; iiss2023, p. 72", "a, pp. iv-vi, n. 3a, n. 4", "b-1, para. 7"),
    "list": ("kfor; eufor", "ALB; XKX", "a_b; c", "One two; three"),
    "plain": ("kfor", "enhanced-forward-presence", "ALB", "true", "1", "https://www.nato.int/a?b#c", "en-GB", "p. 72, n. 19",
              "member", "a" * 64, "999999999999999999"),
}  # fmt: skip
_WORDS: Mapping[str, tuple[str, ...]] = {
    "edtf": ("20", "19", "201", "2024", "1900", "2000", "-02", "-12", "-30", "-31", "-04", "-29", "-28", "/", "/", "..", "../", "/..", "X",
             "XX", "~", "?", "%", "-", "-13", "-00", "\n", "\u0662", "T00:00"),
    "quantity": ("..", "..", ".", ">=", "<=", ">", "<", "~", "=", "000", "99999", "12", ".5", "e3", "\n", "\u0663", "+", "-", " "),
    "cite": ("a", "panero2023", "-", ", ", ", ", "; ", "; ", "p. ", "pp. ", "sec. ", "n. ", "n. ", "para. ", "ch. ", "tbl. ", "fig. ", "iv",
             "x", "19", "Albania", " ", ".", ",", ";", "\n", "\t", "\u00a0", "\u2013", "A"),
    "list": ("; ", "; ", "; ", ";", ",", " ", "kfor", "ALB", "XKX", "a_b", "Two", "-", "_", "\n", "\u00a0", "\u0410"),
    "plain": ("true", "false", "http", "https", "://", "www.nato.int", "/", "-", "_", "|", "a", "kfor", "ALB", "GB", "en", "\n", "\u017f",
              "\u212a", "p. ", "n. ", ", ", "iv", " ", "member", "0123456789abcdef", "0123456789abcdef"),
}  # fmt: skip


def cell_targets() -> list[Target]:
    """The targets of cells: those with a grammar of their own each by itself, all others together."""
    own = {kind: cells for kind, cells in kinds().items() if kind in _SEEDS}
    rest = tuple(cell for kind, cells in kinds().items() if kind not in _SEEDS for cell in cells)
    return [cell_target(n, cells, _SEEDS[n], _WORDS[n]) for n, cells in {**own, "plain": rest}.items()]
