"""Plots of tables that are better looked at: one SQL file per plot in pipeline/plots, named by the table it reads.

A file opens with `-- line: <title>` or `-- bars: <title>`, and selects series, x and y in the order in which they are
drawn: x is a day for a line, a text for bars. A plot only shows; nothing is published from it.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.engine import Connection, connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.sqlfiles import named
from pipeline.workdir import Workdir

_HEADER = re.compile(r"-- (line|bars): (\S.*)\n")
_COLUMNS = ["series", "x", "y"]


@dataclass(frozen=True)
class Point:
    """One point of a series. `x` is a day in a line, a label among bars."""

    series: str
    x: datetime.date | str
    y: float


@dataclass(frozen=True)
class Plot:
    """What a plot shows: lines over time, or bars beside their labels."""

    kind: Literal["line", "bars"]
    title: str
    points: tuple[Point, ...]


def plot_of(project: Project, name: str) -> Plot | None:
    """The plot of a table that has been built; None for one that has none, or nothing to show."""
    path = project.plots / f"{name}.sql"
    if not path.is_file():
        return None
    with connect(project.build) as con:
        Workdir(project.build).attach(con, "tables", [name])
        plot = read_plot(con, path)
    return plot if plot.points else None


def read_plot(con: Connection, path: Path) -> Plot:
    """The plot that a SQL file draws from its table. Raises PipelineError where the file is no plot."""
    import duckdb

    sql = path.read_text("utf-8")
    header = _HEADER.match(sql)
    if not header:
        raise PipelineError(f"{named(path)}: open it with -- line: <title> or -- bars: <title>")
    try:
        found = con.execute(sql)
        columns, rows = [column[0] for column in found.description or ()], found.fetchall()
    except duckdb.Error as error:
        raise PipelineError(f"{named(path)}: {str(error).splitlines()[0]}") from None
    kind, wanted = ("line", datetime.date) if header[1] == "line" else ("bars", str)
    if columns != _COLUMNS or any(type(x) is not wanted or y is None for _, x, y in rows):
        raise PipelineError(f"{named(path)}: select series, x as a {'day' if kind == 'line' else 'text'}, and y")
    return Plot("line" if kind == "line" else "bars", header[2], tuple(Point(str(s), x, float(y)) for s, x, y in rows))
