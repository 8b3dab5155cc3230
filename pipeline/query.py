"""Asking a release: its views and macros in a DuckDB that can read nothing else and write nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.bounded import bounded
from pipeline.called import parts, refused
from pipeline.engine import Connection, connect, literal
from pipeline.interruptible import interruptible
from pipeline.out import refuse_place, write_out
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.standards.sql import FOLDER_VARIABLE
from pipeline.stores import store_of

if TYPE_CHECKING:
    import duckdb

Answer = TypeVar("Answer")


def ask(project: Project, sql: str, version: str | None, style: str) -> bytes:
    """The answer to a query in one of the styles of `answer`. Raises PipelineError where it cannot be answered."""
    from pipeline.answer import rendered

    with opened(release_folder(project, version)) as con:
        return answered(con, sql, lambda answer: rendered(con, answer, style))


def keep(project: Project, sql: str, version: str | None, style: str | None, out: Path) -> None:
    """Write the answer to a query to a file, whole or not at all, in the style given or the one its name ends in.

    Raises PipelineError where the name says none, the query cannot be answered, or the file not be written.
    """
    from pipeline.answer import style_of

    refuse_place(project, out)
    write_out(out, ask(project, sql, version, style or style_of(out)))


def answered(con: Connection, sql: str, use: Callable[[duckdb.DuckDBPyRelation], Answer]) -> Answer:
    """What is made of the answer to one SELECT. Raises PipelineError where it is none, or cannot be answered."""
    import duckdb

    from pipeline.sqlerrors import explained

    try:
        with _within_limits(con), interruptible(con):
            return use(con.sql(selected(con, sql)))
    except (MemoryError, duckdb.OutOfMemoryException):
        raise PipelineError(_TOO_MUCH) from None
    except duckdb.Error as error:
        raise PipelineError(explained(con, error, sql)) from None


_TOO_MUCH = "the answer needs more memory than a query may take; ask for fewer rows or columns, or set WB6_MEMORY to more, such as 4GB"

_BESIDE = 1 << 30
"""The bytes that Python and the stacks of threads may take beside DuckDB and what is made of its answer."""


def _within_limits(con: Connection) -> AbstractContextManager[None]:
    """What DuckDB may take, as much again for the answer in Python, and a little."""
    asked = "SELECT system.main.parse_formatted_bytes(system.main.current_setting('memory_limit'))"
    return bounded(2 * int(con.execute(asked).fetchall()[0][0]) + _BESIDE)


def selected(con: Connection, sql: str) -> str:
    """The one statement of a text, if all it does is to ask. Raises PipelineError where it is another, or none."""
    import duckdb

    if any("\ud800" <= c <= "\udfff" for c in sql):
        raise PipelineError("the query holds bytes that are no UTF-8; write it in a terminal that is set to UTF-8")
    try:
        # EXPLAIN ANALYZE would run what it explains, so nothing but a SELECT is let through.
        statements = con.extract_statements(sql)
        other = next((s for s in statements if s.type != duckdb.StatementType.SELECT), None)
    except ValueError:  # a kind of statement that DuckDB knows, and its Python does not
        raise PipelineError(f"{_first_word(sql)} is refused: {_ASKING}") from None
    if not statements:
        raise PipelineError("there is no statement to answer; write a SELECT")
    if other or len(statements) > 1:
        what = _refused(other.type.name, other.query) if other else f"{len(statements)} statements were given"
        raise PipelineError(f"{what}: {_ASKING}")
    asked = unended(str(statements[0].query))
    if name := refused(asked):
        raise PipelineError(f"{name}() is refused: {_ASKING}")
    _refuse_writing(con, asked)
    return asked


def unended(text: str) -> str:
    """A statement without the semicolons that may end it, and what is remarked after those."""
    end = None
    for place, word in reversed(parts(text)):
        if not word.startswith(";"):
            break
        end = place
    return text.encode()[:end].decode()


def _refuse_writing(con: Connection, asked: str) -> None:
    """Refuse what writes inside a WITH, which only a SELECT on its own may: that would be written into the release.

    DuckDB only looks at what is in brackets here, and whatever it does not accept there is not run.
    """
    import duckdb

    try:
        con.sql(f"FROM (\n{asked}\n)")
    except duckdb.BinderException as error:
        if "must be at the top level" in str(error):
            raise PipelineError(f"what writes is refused, inside a WITH, too: {_ASKING}") from None
        raise


_ASKING = "one statement is answered at a time, and it must be a SELECT; a release is never written"


def _refused(kind: str, sql: str) -> str:
    """That a statement is refused, called as it was typed: DuckDB counts INSTALL as LOAD, and most of PIVOT as MULTI."""
    if kind == "MULTI":
        return "PIVOT without its values is several statements; write FROM (PIVOT ... ON column IN (values) USING ...)"
    typed = kind if kind in sql.upper().split() else _first_word(sql)
    return f"{typed} is refused"


def _first_word(sql: str) -> str:
    words = re.search(r"[A-Za-z]+", re.sub(r"--[^\n]*|/\*.*?\*/", "", sql, flags=re.DOTALL))
    return words[0].upper() if words else "this"


def release_folder(project: Project, version: str | None) -> Path:
    """The folder of a release, or of the latest. Raises PipelineError where there is none."""
    store = store_of(project)
    if version is not None and version not in (have := store.versions()):
        raise PipelineError(f"there is no release {version}; there are {', '.join(have) or 'none'}")
    folder = store.folder(version)
    if not (folder / "parquet").is_dir():
        raise PipelineError("there is no release yet; run make release")
    return folder.resolve()


@contextmanager
def opened(folder: Path) -> Iterator[Connection]:
    """A DuckDB with a release's views and macros, closed to all other files, to writing and to settings.

    Raises PipelineError where the release holds links, or its wb6.sql does more than define them or asks too much.
    """
    import duckdb

    from pipeline.defined import define

    _refuse_links(folder)
    limits = _limits()
    with duckdb.connect(":memory:") as con:  # one of its own: what is locked here stays locked
        for name, limit in limits.items():
            con.execute(f"SET {name} = {literal(limit)}").fetchall()
        con.execute(f"SET VARIABLE {FOLDER_VARIABLE} = {literal(folder)}").fetchall()
        con.execute(f"SET allowed_directories = [{literal(str(folder / 'parquet') + '/')}]").fetchall()
        con.execute("SET temp_directory = ''").fetchall()  # DuckDB would let queries read and write in it
        con.execute("SET enable_progress_bar = false").fetchall()  # it would stand in the answer
        con.execute("SET enable_external_access = false").fetchall()
        con.execute("SET lock_configuration = true").fetchall()
        with _within_limits(con):
            define(con, folder)
        yield con


def _limits() -> dict[str, str]:
    """What a query may take: as much as every other step. Raises PipelineError where WB6_MEMORY or WB6_THREADS make no sense."""
    with connect() as con:
        asked = "SELECT current_setting('memory_limit'), current_setting('threads')"
        [(memory, threads)] = con.execute(asked).fetchall()
    as_set = os.environ.get("WB6_MEMORY") or memory  # DuckDB tells sizes rounded
    return {"memory_limit": as_set, "threads": str(threads)}


def _refuse_links(folder: Path) -> None:
    """Raise PipelineError where a release holds what is no plain file: a link would lead a query out of it."""
    from pipeline.verify.sums import find_files

    for fault in find_files(folder)[1]:
        raise PipelineError(f"release {folder.name} is not as it was published: {fault}")
