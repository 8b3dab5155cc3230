"""CSV = Parquet: the two forms of a table hold the same cells in the same order."""

from __future__ import annotations

import csv
import filecmp
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.engine import Connection, literal, quoted
from pipeline.files import as_text, copy_csv
from pipeline.problems import counted
from pipeline.verify.fault import Fault, told
from pipeline.verify.unchecked import raise_if_unchecked
from schemas.registry import Table


def unequal_cells(con: Connection, folder: Path, table: Table) -> list[Fault]:
    """Whether a table's CSV and Parquet differ in any cell, in their order or in their header."""
    import duckdb

    label = f"csv/{table.name}.csv"
    try:
        header = _header(folder / label)
        if header != [c.name for c in table.columns]:
            return [Fault(label, f"its header is {', '.join(header)}, not the columns of {_binary(table)}")]
        return [] if _rendered_alike(con, folder, table, label) else _differing(con, folder, table, label)
    except (duckdb.Error, OSError, UnicodeDecodeError, csv.Error) as error:
        raise_if_unchecked(error)
        return [Fault(label, f"cannot be compared with {_binary(table)}: {told(error, folder)}")]


def _binary(table: Table) -> str:
    return f"parquet/{table.name}.parquet"


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream), [])


def _rendered_alike(con: Connection, folder: Path, table: Table, label: str) -> bool:
    """Whether the Parquet as it was read, written as CSV anew, gives the bytes of the CSV: the quickest proof, for what is as it should be."""
    import duckdb

    spills = con.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]
    try:
        Path(spills).mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="csv-", dir=spills) as space:
            anew = Path(space) / "csv"
            copy_csv(con, table, f"now.{quoted(table.name)}", anew)
            return filecmp.cmp(anew, folder / label, shallow=False)
    except (duckdb.Error, OSError):
        return False  # then there is no room for it, or it is told what is wrong


def _differing(con: Connection, folder: Path, table: Table, label: str) -> list[Fault]:
    names = [f"c{n}" for n in range(len(table.columns))]
    binary = f"read_parquet({literal(folder / _binary(table))})"
    types = ", ".join(f"{literal(n)}: 'VARCHAR'" for n in names)
    text = (
        f"read_csv({literal(folder / label)}, columns = {{{types}}}, header = true, auto_detect = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    )
    cells = ", ".join(f"CAST({as_text(c)} AS VARCHAR) AS {n}" for c, n in zip(table.columns, names, strict=True))
    first = " ".join(f"WHEN b.{n} IS DISTINCT FROM t.{n} THEN {i}" for i, n in enumerate(names))
    rows, others, differing, place, column = con.execute(
        f"""
        WITH b AS (SELECT {cells}, 1 AS here FROM {binary}),
        t AS (SELECT *, 1 AS here FROM {text}),
        side_by_side AS (
            SELECT b.here AS in_binary, t.here AS in_text, row_number() OVER () AS place, CASE {first} END AS first_column
            FROM b POSITIONAL JOIN t
        )
        SELECT count(in_binary), count(in_text), count(first_column),
               min(CASE WHEN first_column IS NOT NULL THEN place END),
               arg_min(first_column, place)
        FROM side_by_side
        """
    ).fetchall()[0]
    if rows != others:
        return [Fault(label, f"{counted(others, 'row')}, and {rows} in {_binary(table)}")]
    if differing:
        where = f"the first is row {place}, in {table.columns[column].name}"
        return [
            Fault(
                label,
                f"{counted(differing, 'row')} {'differs' if differing == 1 else 'differ'} from {_binary(table)}; {where}",
            )
        ]
    return []
