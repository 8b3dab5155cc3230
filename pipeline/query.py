"""Asking a release: its views and macros in a DuckDB that can read nothing else and write nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.engine import Connection, literal, quoted
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.standards.sql import FILE, FOLDER_VARIABLE


def ask(project: Project, sql: str, version: str | None, style: str) -> str:
    """The answer to a query as `table`, `csv` or `json`. Raises PipelineError where it cannot be answered."""
    import duckdb

    try:
        with opened(release_folder(project, version)) as con:
            statements = con.extract_statements(sql)
            # EXPLAIN ANALYZE would run what it explains, so nothing but a SELECT is let through.
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise PipelineError(
                    "only one statement is answered, and it must be a SELECT: a release is never written"
                )
            answer = con.sql(sql)
            if style == "table":
                return _table(answer)
            columns, rows = answer.columns, answer.fetchall()
            return _csv(columns, rows) if style == "csv" else _json(columns, rows)
    except duckdb.Error as error:
        raise PipelineError(str(error)) from None


def release_folder(project: Project, version: str | None) -> Path:
    """The folder of a release, or of the latest. Raises PipelineError where there is none."""
    releases = project.outputs / "releases"
    folder = releases / version if version else project.outputs / "latest"
    have = sorted(path.name for path in releases.glob("[0-9]*")) if releases.is_dir() else []
    if version and version not in have:
        raise PipelineError(f"there is no release {version}; there are {', '.join(have) or 'none'}")
    if not (folder / "parquet").is_dir():
        raise PipelineError("there is no release yet; run make release")
    return folder.resolve()


@contextmanager
def opened(folder: Path) -> Iterator[Connection]:
    """A DuckDB with a release's views and macros, closed to all other files, to writing and to settings.

    Raises PipelineError where the release's wb6.sql does more than define them.
    """
    import duckdb

    with duckdb.connect(":memory:") as con:  # one of its own: what is locked here stays locked
        con.execute(f"SET VARIABLE {FOLDER_VARIABLE} = {literal(folder)}").fetchall()
        con.execute(f"SET allowed_directories = [{literal(str(folder / 'parquet') + '/')}]").fetchall()
        con.execute("SET enable_external_access = false").fetchall()
        con.execute("SET lock_configuration = true").fetchall()
        con.execute(_definitions(con, folder)).fetchall()
        yield con


def _definitions(con: Connection, folder: Path) -> str:
    """The SQL that defines a release's views and macros: its own or, before releases had any, a view for each file."""
    import duckdb

    path = folder / FILE
    if not path.is_file():
        files = sorted((folder / "parquet").glob("*.parquet"))
        views = [f"CREATE VIEW {quoted(f.stem)} AS SELECT * FROM read_parquet({literal(f)})" for f in files]
        return "; ".join(views)
    sql = path.read_text("utf-8")
    defining = {duckdb.StatementType.CREATE, duckdb.StatementType.ALTER}  # a comment counts as the latter
    if not {statement.type for statement in con.extract_statements(sql)} <= defining:
        raise PipelineError(f"{FILE} of release {folder.name} does more than define views and macros; restore it")
    return sql


def _table(answer: object) -> str:
    width = shutil.get_terminal_size((160, 24)).columns
    out = io.StringIO()
    from contextlib import redirect_stdout

    with redirect_stdout(out):
        answer.show(max_width=width, max_rows=1000)  # type: ignore[attr-defined]
    return out.getvalue().rstrip("\n")


def _csv(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([["; ".join(map(str, v)) if isinstance(v, list) else v for v in row] for row in rows])
    return out.getvalue().rstrip("\n")


def _json(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    if len(set(columns)) < len(columns):
        raise PipelineError("two columns have the same name, which JSON cannot hold; name them apart with AS")
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=2, default=str)
