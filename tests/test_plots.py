"""Plots: one SQL file each, drawn from the table that names it, and refused where it is no plot."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from pathlib import Path

import duckdb
import pytest

from pipeline.plot import Plot, Point, plot_of, read_plot
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.sqlfiles import sql_files, tables_read
from pipeline.svg import draw
from tests.conftest import ROOT

PLOTS = sql_files(Project(ROOT).plots)


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_draws_the_table_that_names_it_alone(name: str, con: duckdb.DuckDBPyConnection) -> None:
    assert tables_read(con, PLOTS[name]) == {name}

    plot = read_plot(con, PLOTS[name])

    assert len(plot.points) > 5
    image = ET.fromstring(draw(plot))  # noqa: S314
    drawn = {element.tag.rsplit("}", 1)[-1] for element in image.iter()}
    assert "circle" in drawn if plot.kind == "line" else "rect" in drawn
    assert plot.title in "".join(image.itertext())
    assert draw(plot) == draw(read_plot(con, PLOTS[name]))


def test_a_label_that_looks_like_markup_stays_a_label() -> None:
    plot = Plot("bars", "a < b & c", (Point("s", "<script>alert(1)</script>", 2),))

    image = ET.fromstring(draw(plot))  # noqa: S314

    assert "<script>alert(1)</script>" in "".join(image.itertext())


@pytest.mark.parametrize("values", [(0,), (0, 0), (1,), (0.004, 0.001), (10**9, 1)])
def test_values_of_any_size_are_drawn_inside_the_picture(values: tuple[float, ...]) -> None:
    start = datetime.date(2020, 1, 1)
    points = tuple(Point("s", start + datetime.timedelta(days=n), y) for n, y in enumerate(values))

    image = ET.fromstring(draw(Plot("line", "t", points)))  # noqa: S314

    for circle in (e for e in image.iter() if e.tag.endswith("circle")):
        assert 0 <= float(circle.attrib["cx"]) <= 760
        assert 40 <= float(circle.attrib["cy"]) <= 272


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT 1", "open it with -- line: <title> or -- bars: <title>"),
        ("-- line: t\nSELECT 1 AS x", "select series, x as a day, and y"),
        ("-- line: t\nSELECT 's' AS series, '2020' AS x, 1 AS y", "select series, x as a day, and y"),
        ("-- bars: t\nSELECT 's' AS series, 2020 AS x, 1 AS y", "select series, x as a text, and y"),
        ("-- bars: t\nSELECT 's' AS series, 'a' AS x, NULL AS y", "select series, x as a text, and y"),
        ("-- bars: t\nSELECT nothing", 'Binder Error: Referenced column "nothing" was not found'),
    ],
)
def test_what_is_no_plot_is_told_of(tmp_path: Path, con: duckdb.DuckDBPyConnection, sql: str, told: str) -> None:
    path = tmp_path / "plots" / "claim.sql"
    path.parent.mkdir()
    path.write_text(sql, "utf-8")

    with pytest.raises(PipelineError, match=r"pipeline/plots/claim\.sql") as error:
        read_plot(con, path)

    assert told in str(error.value)


def test_a_table_without_a_plot_has_none(project: Project) -> None:
    assert plot_of(project, "policy") is None
