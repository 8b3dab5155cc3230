"""What a chart is: what it asks of the tables, which documents that rests on, and how the answer is drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.engine import literal, quoted
from pipeline.files import key_text
from schemas.registry import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "charts"
"""Where the figures of a release lie."""

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Words:
    """What a chart says of itself: its subject, what is counted and when, and how to read what is drawn."""

    title: str
    subtitle: str
    reading: str


@dataclass(frozen=True)
class Chart:
    """One figure. `sql` gives what is drawn, `documents` the ids behind it.

    `words` says what the rows allow to be said, and nothing of what is not drawn; `draw` fills a figure of `size` (inches).
    """

    name: str
    tables: tuple[str, ...]
    sql: str
    documents: str
    words: Callable[[Rows], Words]
    size: tuple[float, float]
    draw: Callable[[Figure, Rows], None]

    @property
    def asks(self) -> str:
        """A digest of what it asks of the tables."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def identifier(self, rows: Rows) -> str:
        """What a picture says that it was drawn from: the digests of what was asked and of the answer."""
        answer = json.dumps([[str(cell) for cell in row] for row in rows], ensure_ascii=False)
        return f"asks {self.asks}, draws {hashlib.sha256(answer.encode()).hexdigest()}"


COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D31", "#999999")
"""Okabe and Ito's colours, which differ for the colour-blind as well; brown and grey added."""

GREY = "#666666"
OTHERWISE = "#B2182B"
"""The colour of what other documents say."""


def by_now(column: str) -> str:
    """SQL that keeps what begins by the cut-off date, or at a time that is not recorded: charts of data to that day show no later."""
    return f"({column}_earliest IS NULL OR {column}_earliest <= cut_off())"


def sentences(*said: str) -> str:
    """Those of the sentences that are not empty, as one text."""
    return " ".join(filter(None, said))


def key_of(table: str, row: str) -> str:
    """SQL of the key, as claims name it, of the row of a table that some SQL gives the parts of: an alias, or a struct."""
    return f"{table}_key({row})"


def keys_as_macros(tables: Iterable[Table]) -> Iterator[str]:
    """SQL that defines what `key_of` calls, for each of some tables."""
    for table in tables:
        parts = ", ".join(f"r[{literal(name)}] AS {quoted(name)}" for name in table.key)
        if parts:
            yield f"CREATE MACRO {quoted(f'{table.name}_key')}(r) AS (SELECT {key_text(table)} FROM (SELECT {parts}))"


def behind(
    table: str, keys: str, columns: tuple[str, ...] = (), *, rivals: bool = False, withdrawn: bool = False
) -> str:
    """SQL for the documents of what is drawn of a table: of the rows whose keys the SQL `keys` gives.

    Of these columns and of rows that a document only lists, else of all; with `rivals`, those that say otherwise, too,
    and with `withdrawn`, those whose claims are deprecated.
    """
    drawn = "true" if withdrawn else "rank <> 'deprecated'" if rivals else "is_published"
    of = " OR ".join(["column_name IS NULL", *(f"column_name = {literal(column)}" for column in columns)])
    which = f" AND ({of})" if columns else ""
    return (
        f"SELECT document_id FROM claim WHERE {drawn} AND table_name = {literal(table)} AND row_key IN ({keys}){which}"
    )
