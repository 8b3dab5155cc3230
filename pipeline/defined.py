"""What a release defines in a DuckDB: its views and macros, from a wb6.sql that anybody may have written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.called import parts, refused
from pipeline.damaged import refuse_damaged
from pipeline.engine import Connection, literal, quoted
from pipeline.interruptible import interruptible
from pipeline.problems import PipelineError
from pipeline.standards.sql import FILE

LARGEST = 4 << 20
"""The bytes that wb6.sql may have: fifty times what a release of 30 tables has."""

DEEPEST = 4_000
"""The views and macros that all definitions may come to, one within the other: DuckDB looks into each again and again.

Those of a release of 30 tables come to 345.
"""

SECONDS = 20
"""The time that DuckDB may take for all definitions: a release's own take a quarter of a second."""


def define(con: Connection, folder: Path) -> None:
    """Make a release's views and macros. Raises PipelineError where its wb6.sql is no such thing, asks too much, or finds files damaged."""
    import duckdb

    own = f"{FILE} of release {folder.name}"
    try:
        with interruptible(con, SECONDS, f"{own} takes longer than {SECONDS} seconds to define its views; restore it"):
            con.execute(_definitions(con, folder, own)).fetchall()
            shadows = con.execute(_SHADOWS).fetchall()
    except (MemoryError, duckdb.Error) as error:
        refuse_damaged(folder, but=FILE)
        what = str(error).split("\n")[0] or "they need more memory than there is"
        raise PipelineError(f"{own} does not define its views: {what}; restore it") from None
    if shadows:
        raise PipelineError(f"{own} defines {shadows[0][0]}, which is a function of DuckDB; restore it")


_SHADOWS = (
    "SELECT system.main.lower(function_name) FROM system.main.duckdb_functions() "
    "GROUP BY 1 HAVING system.main.count(DISTINCT internal) > 1 ORDER BY 1"
)
"""The macros that would stand in for a function: an answer would no longer be what its query says."""


def _definitions(con: Connection, folder: Path, own: str) -> str:
    """The SQL that defines a release's views and macros: its own or, before releases had any, a view for each file."""
    import duckdb

    path = folder / FILE
    if not path.is_file():
        files = sorted((folder / "parquet").glob("*.parquet"))
        views = [f"CREATE VIEW {quoted(f.stem)} AS SELECT * FROM read_parquet({literal(f)})" for f in files]
        return "; ".join(views)
    if path.stat().st_size > LARGEST:
        raise PipelineError(f"{own} is larger than {LARGEST >> 20} MB; restore it")
    try:
        sql = path.read_text("utf-8")
        statements = [_code(statement.query) for statement in con.extract_statements(sql)]
        defining = all(_DEFINES.match(one) for one in statements)
    except (ValueError, duckdb.Error):
        defining = False
    if not defining:
        raise PipelineError(f"{own} does more than define views and macros; restore it")
    if not statements:
        raise PipelineError(f"{own} defines nothing; restore it")
    if name := refused(sql):
        raise PipelineError(f"{own} calls {name}, which does more than ask; restore it")
    if sum(_depths(statements)) > DEEPEST:
        raise PipelineError(f"{own} defines views and macros within one another too often; restore it")
    return sql


_NAME = r'(?:"(?:[^"]|"")*"|[^\W\d][\w$]*)'
_DEFINES = re.compile(
    rf"(?:CREATE\s+(?:OR\s+REPLACE\s+)?(?:VIEW|MACRO)\b(?:\s*IF\s+NOT\s+EXISTS\b)?(?P<name>\s*{_NAME}(?:\s*\.\s*{_NAME})*)?|COMMENT\s+ON\b)",
    re.IGNORECASE,
)
_WORD = re.compile(_NAME)


def _depths(statements: list[str]) -> Iterator[int]:
    """For each definition, it and all that are named in it, each as often as it is and with all that is in those.

    A name counts wherever it stands, so that none is missed.
    """
    depths: Counter[str] = Counter()
    for statement in statements:
        match = _DEFINES.match(statement)
        if match and match["name"]:
            words = map(_plain, _WORD.findall(statement, match.end()))
            depth = min(1 + sum(depths[word] for word in words), DEEPEST + 1)
            depths[_plain(_WORD.findall(match["name"])[-1])] = depth
            yield depth


def _plain(name: str) -> str:
    return name.strip('"').replace('""', '"').lower()


def _code(text: str) -> str:
    """A statement from its first word on."""
    begins = next((place for place, _ in parts(text)), 0)
    return text.encode()[begins:].decode()
