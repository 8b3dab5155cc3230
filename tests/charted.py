"""What the charts of a release show and say, before they are files."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.charts.chart import Chart, Rows, Words
from pipeline.charts.draw import said_of
from pipeline.charts.write import answers
from pipeline.dataset import read_dataset
from pipeline.engine import Connection
from pipeline.project import Project
from pipeline.standards.staged import Staged
from schemas.registry import Table, tables
from tests.conftest import ROOT

RELEASE = ROOT / "outputs" / "releases" / "0.4.0"
"""A release of which tests may name figures: they stay as they are, whatever is published later."""


def opened(con: Connection, folder: Path) -> dict[str, Rows]:
    """Views of a release's tables, and what its charts show."""
    manifest = _manifest(folder)
    return {chart.name: rows for chart, rows in answers(con, folder, _tables(manifest), manifest["as_of"])}


def staged(folder: Path) -> Staged:
    """That release as one in the making, in a folder that has its Parquet files, under another number."""
    manifest = _manifest(RELEASE)
    about = manifest["dataset"]
    as_of = datetime.date.fromisoformat(manifest["as_of"])
    dataset = replace(read_dataset(Project(ROOT)), name=about["name"], licence=about["licence"], as_of=as_of)
    return Staged(folder, dataset, _tables(manifest), {}, "1.2.3")


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _tables(manifest: Mapping[str, Any]) -> dict[str, Table]:
    return {name: table for name, table in tables().items() if name in manifest["tables"]}


def drawn(chart: Chart, rows: Rows) -> tuple[Words, Any]:
    """What a chart says of itself, and its first axes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=chart.size)
    chart.draw(figure, rows)
    return said_of(chart, rows), figure.axes[0]
