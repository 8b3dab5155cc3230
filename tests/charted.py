"""What the charts of a release show and say, before they are files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from pipeline.charts.chart import Chart, Rows, Words
from pipeline.charts.draw import said_of
from pipeline.charts.write import answers
from pipeline.engine import Connection
from schemas.registry import tables


def opened(con: Connection, folder: Path) -> dict[str, Rows]:
    """Views of a release's tables, and what its charts show."""
    return {chart.name: rows for chart, rows in answers(con, folder, tables(), "2025-12-31")}


def drawn(chart: Chart, rows: Rows) -> tuple[Words, Any]:
    """What a chart says of itself, and its first axes."""
    figure = Figure(figsize=chart.size)
    chart.draw(figure, rows)
    return said_of(chart, rows), figure.axes[0]
