"""The answer to a query, as a reader wants it: a table to look at, or CSV, JSON, Markdown or Parquet to go on with."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pipeline.bounded import refuse_cramped
from pipeline.engine import Connection, quoted
from pipeline.files import LIST_SEPARATOR
from pipeline.markdown import line
from pipeline.problems import PipelineError

if TYPE_CHECKING:
    import duckdb
    from duckdb.sqltypes import DuckDBPyType


def rendered(con: Connection, answer: duckdb.DuckDBPyRelation, style: str) -> bytes:
    """An answer in one of `STYLES`, texts as UTF-8. Raises PipelineError where the style cannot hold it."""
    return STYLES[style](con, answer)


_ENDINGS = {".csv": "csv", ".json": "json", ".md": "markdown", ".parquet": "parquet", ".txt": "table"}


def style_of(path: Path) -> str:
    """The style that the end of a file's name asks for. Raises PipelineError where it asks for none that is known."""
    style = _ENDINGS.get(path.suffix.lower())
    if style is None:
        *known, last = _ENDINGS
        what = f"{path.suffix} is no form that an answer has" if path.suffix else "its name says no form"
        raise PipelineError(f"{path}: {what}; end it in {', '.join(known)} or {last}, or name a form with --format")
    return style


def _table(_: Connection, answer: duckdb.DuckDBPyRelation) -> bytes:
    width = shutil.get_terminal_size((160, 24)).columns
    out = io.StringIO()
    with redirect_stdout(out):
        answer.show(max_width=width, max_rows=1000)
    return f"{out.getvalue().rstrip()}\n".encode()


def _csv(con: Connection, answer: duckdb.DuckDBPyRelation) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_written(cell) for cell in row] for row in _rows(con, answer))
    return out.getvalue().encode()


def _rows(con: Connection, answer: duckdb.DuckDBPyRelation) -> list[tuple[Any, ...]]:
    """The rows of an answer; days, times and bytes as DuckDB writes them: Python knows no infinite day, and no text of bytes.

    Raises MemoryError where they need more than there is: DuckDB crashes where it finds no room for the next object.
    """
    types = [_told(kind) for kind in answer.types]
    if types != [str(kind) for kind in answer.types]:
        cells = [
            f"CAST(#{number} AS {kind}) AS {quoted(name)}"
            for number, (kind, name) in enumerate(zip(types, answer.columns, strict=True), 1)
        ]
        answer = answer.project(", ".join(cells))
    con.execute(answer.sql_query())
    rows: list[tuple[Any, ...]] = []
    while some := con.fetchmany(_AT_ONCE):
        refuse_cramped()
        rows += some
    return rows


_AT_ONCE = 2048


def _told(kind: DuckDBPyType) -> str:
    """The type that a column is fetched as: its own, with text for what only DuckDB can write."""
    match kind.id:
        case "list":
            return f"{_told(_part(kind, 0))}[]"
        case "array":
            return f"{_told(_part(kind, 0))}[{kind.children[1][1]}]"
        case "map":
            return f"MAP({_told(_part(kind, 0))}, {_told(_part(kind, 1))})"
        case "struct" if all(name for name, _ in kind.children):
            fields = (f"{quoted(name)} {_told(_part(kind, n))}" for n, (name, _) in enumerate(kind.children))
            return f"STRUCT({', '.join(fields)})"
    return "VARCHAR" if kind.id in ("blob", "interval", "union") or kind.id.startswith(("date", "time")) else str(kind)


def _part(kind: DuckDBPyType, number: int) -> DuckDBPyType:
    part: Any = kind.children[number][1]  # of some types the number or the texts of their kind
    return cast("DuckDBPyType", part)


def _written(cell: object) -> str:
    """A cell as the CSV of a release has it: what is not recorded is empty, in a list, too."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, dict):
        return json.dumps(_in_json(cell), ensure_ascii=False)
    return LIST_SEPARATOR.join(map(_written, cell)) if isinstance(cell, list | tuple) else str(cell)


def _json(con: Connection, answer: duckdb.DuckDBPyRelation) -> bytes:
    columns = _apart(answer, "JSON")
    rows = [dict(zip(columns, map(_in_json, row), strict=True)) for row in _rows(con, answer)]
    return (json.dumps(rows, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _in_json(cell: object) -> object:
    """A cell in the words of JSON, which knows neither NaN nor infinity, and no days: those are texts."""
    if isinstance(cell, dict):
        return {str(name): _in_json(part) for name, part in cell.items()}
    if isinstance(cell, list | tuple):
        return [_in_json(part) for part in cell]
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    return cell if cell is None or isinstance(cell, bool | int | str) else str(cell)


def _markdown(con: Connection, answer: duckdb.DuckDBPyRelation) -> bytes:
    columns = answer.columns
    rows = [map(_written, row) for row in _rows(con, answer)]
    return "".join(f"{line(cells)}\n" for cells in (columns, ["---"] * len(columns), *rows)).encode()


def _parquet(_: Connection, answer: duckdb.DuckDBPyRelation) -> bytes:
    from pyarrow import BufferOutputStream, parquet

    _apart(answer, "Parquet")
    out = BufferOutputStream()
    parquet.write_table(answer.to_arrow_table(), out, compression="zstd")
    return out.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _apart(answer: duckdb.DuckDBPyRelation, style: str) -> list[str]:
    """The names of the columns. Raises PipelineError where two are the same."""
    if len(set(answer.columns)) < len(answer.columns):
        raise PipelineError(f"two columns have the same name, which {style} cannot hold; name them apart with AS")
    return answer.columns


STYLES: Mapping[str, Callable[[Connection, duckdb.DuckDBPyRelation], bytes]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "markdown": _markdown,
    "parquet": _parquet,
}
"""The forms that an answer can have, each with what makes it."""
