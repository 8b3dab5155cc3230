"""What a chart is: what it asks of the tables, which documents that rests on, and how the answer is drawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = "charts"
"""Where the figures of a release lie."""

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Chart:
    """One figure. `sql` gives what is drawn, `documents` the ids behind it; `reading` says how to read it.

    `draw` fills a figure of `size` (inches) with the rows, and gives the title that they allow.
    """

    name: str
    tables: tuple[str, ...]
    sql: str
    documents: str
    reading: str
    size: tuple[float, float]
    draw: Callable[[Figure, Rows], str]

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


def behind(table: str, keys: str, columns: tuple[str, ...] = (), *, rivals: bool = False) -> str:
    """SQL for the documents of what is drawn of a table: of the rows whose keys the SQL `keys` gives.

    Of these columns and of rows that a document only lists, else of all; with `rivals`, those that say otherwise, too.
    """
    drawn = "rank <> 'deprecated'" if rivals else "is_published"
    of = " OR ".join(["column_name IS NULL", *(f"column_name = '{column}'" for column in columns)])
    which = f" AND ({of})" if columns else ""
    return f"SELECT document_id FROM claim WHERE {drawn} AND table_name = '{table}' AND row_key IN ({keys}){which}"
