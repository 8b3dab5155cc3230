"""What stands behind a table that people write: how many claims, from which documents, how many disputed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.engine import connect, literal, quoted
from pipeline.project import Project
from pipeline.workdir import Workdir

_MOST = 10


@dataclass(frozen=True)
class Summary:
    """Counts of one table: its claims, those deprecated, its disputed rows, and the documents it cites, the most cited first."""

    claims: int
    deprecated: int
    disputed: int
    documents: int
    most_cited: tuple[tuple[str, int], ...]


def summarise(project: Project, names: Iterable[str]) -> dict[str, Summary]:
    """The summary of each of some tables of claims that have been built."""
    work = Workdir(project.build)
    found = {}
    with connect(project.build) as con:
        for name in names:
            work.attach(con, "claims", [name])
            work.attach(con, "tables", [name])
            claims = f"claims.{quoted(name)}"
            counted = con.execute(
                "SELECT count(*), count(*) FILTER (rank = 'deprecated'), count(DISTINCT document_id), "
                f"(SELECT count(*) FROM {quoted(name)} WHERE disputed) FROM {claims}"
            ).fetchall()[0]
            cited = con.execute(
                f"SELECT document_id, count(*) AS n FROM {claims} GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_MOST}"
            ).fetchall()
            found[name] = Summary(counted[0], counted[1], counted[3], counted[2], tuple(cited))
    return found


def rows_by(project: Project, name: str, column: str) -> list[tuple[str, int]]:
    """How many rows of a table that has been built have each value of a column, the most frequent first."""
    with connect(project.build) as con:
        Workdir(project.build).attach(con, "tables", [name])
        sql = (
            f"SELECT coalesce(CAST({quoted(column)} AS VARCHAR), 'none') AS value, count(*) AS n FROM {quoted(name)} "
            "GROUP BY 1 ORDER BY n DESC, 1"
        )
        return [(value, number) for value, number in con.execute(sql).fetchall()]


def classes_of_change(release: Path) -> list[tuple[str, int]]:
    """How many changes of each class a release lists, the most frequent first."""
    with connect() as con:
        changes = f"read_parquet({literal(release / 'parquet' / 'change.parquet')})"
        found = con.execute(f"SELECT class, count(*) AS n FROM {changes} GROUP BY 1 ORDER BY n DESC, 1").fetchall()
        return [(name, number) for name, number in found]
