"""Checks of substance: what the facts themselves cannot be, whoever states them. One SQL file per check.

A file in pipeline/checks/ opens with `-- error in <tables>: <what holds>` (or `warning`), and selects a row per fault:
table_name, source_line, column_name, value, message. It may read every table that people write by its name, and
`stated.<table>`: one row per live source row and document, with the columns of the published table, quantities as written
too (`personnel_written`), document_id, note and source_line. An error keeps a release from being made; a warning asks for a curator's eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.claimed import CITATIONS, LIVE
from pipeline.engine import Connection, quoted
from pipeline.engines import Sql
from pipeline.expand import expressions
from pipeline.problems import PipelineError, Problem, Severity, enough, shown
from pipeline.sqlfiles import named, naming, sql_files, tables_read
from pipeline.validate import Origin
from schemas.registry import sources

_COLUMNS = ["table_name", "source_line", "column_name", "value", "message"]
_HEADER = re.compile(r"-- (error|warning) in ([a-z_, ]+): ((?:.+\n)(?:-- .+\n)*)")


@dataclass(frozen=True)
class SubstanceCheck:
    """One check: its name, how grave a fault is, the tables whose rows it may find at fault, and what holds."""

    name: str
    severity: Severity
    tables: tuple[str, ...]
    meaning: str
    path: Path


@dataclass(frozen=True)
class LookedAt:
    """The names of the tables that checks read: as published, and as stated."""

    published: tuple[str, ...]
    stated: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(sorted({*self.published, *self.stated}))


def substance_checks(folder: Path) -> tuple[SubstanceCheck, ...]:
    """The checks of a folder, by name. Raises PipelineError where a file does not say what it checks."""
    return tuple(_declared(name, path) for name, path in sql_files(folder).items())


def _declared(name: str, path: Path) -> SubstanceCheck:
    found = _HEADER.match(path.read_text("utf-8"))
    if not found:
        raise PipelineError(f"{named(path)}: open it with -- error in <tables>: <what holds>")
    severity: Severity = "error" if found[1] == "error" else "warning"
    at_fault = tuple(found[2].split(", "))
    strangers = [t for t in at_fault if t not in sources()]
    if strangers:
        raise PipelineError(f"{named(path)}: {', '.join(strangers)} is no source table; correct its first line")
    meaning = found[3].replace("\n-- ", " ").strip()
    return SubstanceCheck(name, severity, at_fault, meaning[0].upper() + meaning[1:], path)


def tables_looked_at(con: Connection, checks: Iterable[SubstanceCheck]) -> LookedAt:
    """The tables that some checks read. Raises PipelineError where one is no source table."""
    published: set[str] = set()
    stated: set[str] = set()
    for check in checks:
        for read in tables_read(con, check.path):
            name = read.removeprefix("stated.")
            if name not in sources():
                raise PipelineError(f"{named(check.path)} reads {read}, which is no source table; mend the SQL")
            (published if name == read else stated).add(name)
    return LookedAt(tuple(sorted(published)), tuple(sorted(stated)))


def create_stated(con: Sql, names: Iterable[str]) -> None:
    """Create `stated.<table>` from `source.<table>` of each name."""
    for table in (sources()[name] for name in names):
        items = [item for f in table.facts for item in expressions(f, quoted(f.name))]
        items += [
            f"{quoted(f.name)} AS {quoted(f.name + '_written')}" for f in table.facts if f.cell.kind == "quantity"
        ]
        name = quoted(table.name)
        live = f"(SELECT source_line, cite FROM source.{name} WHERE {LIVE})"
        cited = CITATIONS.format(columns="source_line AS cited_line", rows=live)
        con.execute(
            f"CREATE VIEW stated.{name} AS SELECT {', '.join(items)}, c.cited_id AS document_id, note, source_line "
            f"FROM source.{name} JOIN (SELECT DISTINCT cited_line, cited_id FROM ({cited})) c ON c.cited_line = source_line"
        ).fetchall()


def find_faults(con: Sql, checks: Mapping[SubstanceCheck, LookedAt], origins: Mapping[str, Origin]) -> list[Problem]:
    """The faults that some checks find in the tables they look at, which an engine holds, published and in `source`.

    Tables that the checks read are looked up, unless each comes with its own. Raises PipelineError where the SQL of one is wrong.
    """
    create_stated(con, sorted({name for seen in checks.values() for name in seen.stated}))
    return [problem for check in checks for problem in _faults(con, check, origins)]


def _faults(con: Sql, check: SubstanceCheck, origins: Mapping[str, Origin]) -> list[Problem]:
    with naming(check.path):
        found = con.execute(check.path.read_text("utf-8"))
        columns = [column[0] for column in found.description or ()]
        if columns == _COLUMNS:
            return enough(_problem(check, origins, *row) for row in iter(found.fetchone, None))
    raise PipelineError(f"{named(check.path)}: selects {', '.join(columns)}; select {', '.join(_COLUMNS)}")


def _problem(
    check: SubstanceCheck,
    origins: Mapping[str, Origin],
    table: str,
    line: int | None,
    column: str,
    value: str | None,
    message: str | None,
) -> Problem:
    if table not in check.tables or line is None or message is None or column not in origins[table].header:
        what = f"selects a fault at {table}, line {line}, column {column}, with the message {message}"
        raise PipelineError(f"{named(check.path)}: {what}; select a place in one of the tables its first line names")
    subject = column if value is None else f"{column} {shown(value)}"
    place = (origins[table].label, line, origins[table].column_of(column))
    return Problem(*place, f"{subject}: {message}", check.name, check.severity)
