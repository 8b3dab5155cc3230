"""Row checks: cells against the Pandera model of their table, batch by batch, and their loading into the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.bibliography import read_bibliography
from pipeline.engine import Connection, quoted
from pipeline.problems import MOST, Problem, SourceError, enough, first_of_each_place, shown
from pipeline.project import Project
from pipeline.read import batches, open_source
from pipeline.refuse import cell_problems, header_of
from schemas.explain import explain
from schemas.registry import Table

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Origin:
    """Where a table's rows came from: the file as messages name it, and the number of each field in its row."""

    label: str
    header: tuple[str, ...]

    def column_of(self, name: str) -> int:
        """The number of a field in its row, from 1; 1 where the file has no such field."""
        return self.header.index(name) + 1 if name in self.header else 1


def origin_of(project: Project, table: Table) -> Origin:
    """Where the rows of a table that was read before came from."""
    path = project.sources / table.file
    label = project.label(path)
    if table.layer == "bibliography":
        return Origin(label, ())
    return Origin(label, header_of(path, label, tuple(f.name for f in table.fields)))


def load(con: Connection, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
    """Read one source file into `source.<table>`, as written, with `source_line`; return every problem of its rows.

    A file that cannot be read as a table leaves `source.<table>` empty.
    """
    names = tuple(f.name for f in table.fields)
    if table.layer == "bibliography":
        return _load_bibliography(con, project, table)
    path = project.sources / table.file
    origin = Origin(project.label(path), names)
    problems: list[Problem] = []
    how, refused = _CREATE, False
    try:
        source = open_source(path, origin.label, names)
        origin = Origin(source.label, source.header)
        for batch in batches(source):
            problems += check_rows(table, batch.rows, batch.lines, origin)
            if len(problems) >= MOST:
                raise SourceError(enough(problems)[MOST:])
            _append(con, table, batch.rows, batch.lines, how)
            how, refused = _ADD, refused or batch.refused
        if refused:
            problems = first_of_each_place([*cell_problems(source), *problems])
    except SourceError as error:
        how = _CREATE
        problems += error.problems
    if how == _CREATE:
        _create_empty(con, table)
    return origin, problems


_CREATE, _ADD = "CREATE TABLE {} AS", "INSERT INTO {}"


def _load_bibliography(con: Connection, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
    import pyarrow as pa

    path = project.sources / table.file
    origin = Origin(project.label(path), ())
    try:
        read = read_bibliography(path, origin.label)
    except SourceError as error:
        _create_empty(con, table)
        return origin, list(error.problems)
    lines = pa.array(read.lines, pa.int64())
    _append(con, table, read.rows, lines, _CREATE)
    return origin, check_rows(table, read.rows, lines, origin)


def _append(con: Connection, table: Table, rows: pa.RecordBatch | pa.Table, lines: pa.Array, how: str) -> None:
    import pyarrow as pa

    names = [f.name for f in table.fields]
    con.register("batch", pa.table([*(rows.column(name) for name in names), lines], [*names, "source_line"]))
    con.execute(f"{how.format(f'source.{quoted(table.name)}')} SELECT * FROM batch")
    con.unregister("batch")


def _create_empty(con: Connection, table: Table) -> None:
    columns = ", ".join(f"{quoted(f.name)} VARCHAR" for f in table.fields)
    con.execute(f"CREATE OR REPLACE TABLE source.{quoted(table.name)} ({columns}, source_line BIGINT)")


def check_rows(table: Table, rows: pa.RecordBatch | pa.Table, lines: pa.Array, origin: Origin) -> list[Problem]:
    """Every problem that the table's model finds in a batch of rows as written. `lines` holds the line of each row."""
    import pandera.pandas as pandera

    if not rows.num_rows:
        return []
    frame = rows.to_pandas()
    try:
        table.model.to_schema().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        failures = errors.failure_cases.drop_duplicates(["check", "index", "column"])
    else:
        return []
    problems: list[Problem] = []
    seen = set()
    for check, row, column in zip(failures["check"], failures["index"], failures["column"], strict=True):
        row = int(row)
        values = {name: rows.column(name)[row].as_py() for name in rows.schema.names}
        name, what, rule = (*_rank_problem(values), "rank") if check == "rank_and_reason" else (column, "", "row")
        if (row, name) in seen:
            continue
        if len(problems) == MOST:
            break
        seen.add((row, name))
        subject = name if values[name] is None else f"{name} {shown(values[name])}"
        what = what or explain(table.field(name).cell, values[name])
        problems.append(Problem(origin.label, lines[row].as_py(), origin.column_of(name), f"{subject}: {what}", rule))
    return problems


def _rank_problem(values: dict[str, str | None]) -> tuple[str, str]:
    """The field at fault, and what is wrong, where rank and reason do not go together."""
    if values["rank_reason"] is None:
        return "rank_reason", f"empty, but required with rank {values['rank']}; say why in one sentence"
    return "rank", "normal, but a rank_reason is given; write preferred or deprecated, or delete the reason"
