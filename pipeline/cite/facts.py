"""The fact that a reader names by its table and key, and what stands behind each of its values."""

from __future__ import annotations

import difflib
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.cite.source import ORIGIN_LOCATOR, Source
from pipeline.engine import Connection
from pipeline.expand import field_of
from pipeline.problems import PipelineError

_SHOWN = 8
"""How many keys are listed where none, or more than one, fits."""


@dataclass(frozen=True)
class Value:
    """A published value of a row with its sources, the most reliable first; no column where the row itself is claimed."""

    column: str | None
    value: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Fact:
    """A row that a reader named: its published values, and what claims say that do not stand (`contradicting`)."""

    row_key: str
    values: tuple[Value, ...]
    contradicting: tuple[str, ...]


def find_fact(con: Connection, key: Sequence[str], table: str, parts: Sequence[str], column: str | None) -> Fact:
    """The row of a table that the parts of its key name, and its sources; of one column, or of all.

    Parts come in the order of the key, or as name=value; those that are not needed to name one row may be left out.
    Raises PipelineError where no row, more than one, or no column of it is named.
    """
    row_key = _find_row(con, key, table, parts)
    rows = con.execute(_CLAIMS, [table, row_key]).fetchall()
    wanted = _find_column(rows, key, column, table) if column else None
    chosen = [row for row in rows if wanted is None or row[0] == wanted]
    standing: dict[tuple[str | None, str | None], list[Source]] = {}
    contradicting = []
    for name, value, document, locator, origin, origin_locator, stands in chosen:
        if stands:
            sources = standing.setdefault((name, value), [])
            source = Source.of(document, locator, origin, origin_locator)
            sources += [] if source in sources else [source]
        else:
            contradicting.append(f"{name} {value} ({document})" if name else document)
    if not standing:
        raise PipelineError(f"{table} {row_key}: every claim on it is deprecated, so nothing of it is published")
    values = tuple(Value(name, value, tuple(sources)) for (name, value), sources in standing.items())
    return Fact(row_key, values, tuple(dict.fromkeys(contradicting)))


_CLAIMS = f"""
    SELECT c.column_name, c.value, c.document_id, c.locator, c.origin_document_id,
           {ORIGIN_LOCATOR.format(reference="reference")},
           c.is_published
    FROM claim c
    JOIN document d ON d.document_id = c.document_id
    WHERE c.table_name = ? AND c.row_key = ? AND (c.is_published OR c.rank <> 'deprecated')
    ORDER BY min(c.source_line) OVER (PARTITION BY c.column_name), c.column_name, d.reliability,
             d.issued_latest DESC NULLS LAST, c.document_id, c.locator
"""
"""The claims on one row that are not deprecated, each with the passage that it rests on."""


def _find_row(con: Connection, key: Sequence[str], table: str, parts: Sequence[str]) -> str:
    keys: list[str] = [row[0] for row in con.execute(_KEYS, [table]).fetchall()]
    wanted = _named(key, table, parts)
    rows = {row_key: split_key(key, row_key) for row_key in keys}
    for same in (str.__eq__, lambda one, other: one.casefold() == other.casefold()):
        fitting = [k for k, row in rows.items() if all(same(row[name], part) for name, part in wanted.items())]
        exact = [k for k in fitting if len(wanted) == len(key)]
        if exact or len(fitting) == 1:
            return (exact or fitting)[0]
        if fitting:
            listed = _listed(key, table, [rows[k] for k in fitting])
            raise PipelineError(f"{table} {' '.join(parts)} names {len(fitting)} rows; name one of them:{listed}")
    near = sorted(rows.values(), key=lambda row: -_likeness(row, wanted))[:_SHOWN]
    raise PipelineError(f"no row of {table} has the key {' '.join(parts)}; the nearest are:{_listed(key, table, near)}")


_KEYS = "SELECT DISTINCT row_key FROM claim WHERE table_name = ? ORDER BY row_key"


def _named(key: Sequence[str], table: str, parts: Sequence[str]) -> dict[str, str]:
    """The parts of a key by name. Raises PipelineError where there are too many."""
    wanted: dict[str, str] = {}
    in_order = []
    for part in parts:
        name, sign, value = part.partition("=")
        if sign and name in key:
            wanted[name] = value
        else:
            in_order.append(part)
    free = [name for name in key if name not in wanted]
    if len(in_order) > len(free):
        raise PipelineError(f"the key of {table} is {', '.join(key)}; {len(parts)} parts were given: {' '.join(parts)}")
    return wanted | dict(zip(free, in_order, strict=False))


def split_key(key: Sequence[str], row_key: str) -> dict[str, str]:
    """The parts of a row's key by name: `iso3=XKX|organisation_id=pfp` as a mapping."""
    pattern = r"\|".join(f"{re.escape(name)}=(.*)" for name in key)
    found = re.fullmatch(pattern, row_key, re.DOTALL)
    return dict(zip(key, found.groups(), strict=True)) if found else dict.fromkeys(key, "")


def _likeness(row: Mapping[str, str], wanted: Mapping[str, str]) -> float:
    return sum(
        (value.casefold() == row[name].casefold()) + difflib.SequenceMatcher(None, value, row[name]).ratio()
        for name, value in wanted.items()
    )


def _listed(key: Sequence[str], table: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Keys as a reader can give them again, one a line."""
    lines = [f"\n  wb6 cite {table} {' '.join(shlex.quote(row[name]) for name in key)}" for row in rows[:_SHOWN]]
    more = f"\n  and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return "".join(lines) + more


def _find_column(rows: Sequence[tuple[object, ...]], key: Sequence[str], column: str, table: str) -> str | None:
    """The claimed column of that name, or that it is expanded from; None for one of the key, which the row claims."""
    claimed = list(dict.fromkeys(str(row[0]) for row in rows if row[0]))
    found = field_of(column, [*claimed, *key])
    if found:
        return found if found in claimed else None
    raise PipelineError(f"this row of {table} claims nothing in {column}; it does in {', '.join(claimed) or 'none'}")
