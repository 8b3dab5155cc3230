"""Drawing charts, as SVG and PNG: the same bytes wherever and whenever it is done."""

from __future__ import annotations

import io
import os
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.charts.chart import GREY, Chart, Rows, Words
from pipeline.charts.status import starred, starred_in

_LOOK = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "date.epoch": "1970-01-01T00:00:00",  # which rcdefaults() leaves to the user, like the time zone
    "figure.dpi": 100.0,
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "grid.color": "#dddddd",
    "hatch.linewidth": 0.5,
    "svg.fonttype": "none",  # text stays text: searchable, and read aloud
    "svg.hashsalt": "wb6",
    "timezone": "UTC",
}

_PNG_DPI = 150


@dataclass(frozen=True)
class Drawing:
    """A chart as it is drawn, before a release is named beside it."""

    svg: bytes
    png: bytes


CONFIGURED = "MPLCONFIGDIR"
"""What names the folder that matplotlib writes to: without it, it would leave a cache of the machine's fonts at home."""


@contextmanager
def _configured() -> Iterator[None]:
    """Somewhere for matplotlib to write, for as long as it is needed, where nobody has named a place."""
    if os.environ.get(CONFIGURED):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="wb6-") as space:
        os.environ[CONFIGURED] = space
        try:
            yield
        finally:
            if os.environ.get(CONFIGURED) == space:
                del os.environ[CONFIGURED]


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib with its own fonts and defaults alone, whatever the machine has and its user prefers."""
    with _configured():
        import matplotlib as mpl
        from matplotlib import font_manager

        own = Path(mpl.get_data_path())
        fonts = [font for font in font_manager.fontManager.ttflist if Path(font.fname).is_relative_to(own)]
        before = font_manager.fontManager.ttflist
        font_manager.fontManager.ttflist = fonts
        try:
            with mpl.rc_context():
                mpl.rcdefaults()
                settings: Any = mpl.rcParams  # whose names are spelt out in its types
                settings.update(_LOOK)
                yield
        finally:
            font_manager.fontManager.ttflist = before


def draw(chart: Chart, rows: Rows, source: Sequence[str]) -> Drawing:
    """Draw a chart, with what it is above, and how to read it and its source below. To be called within `drawing`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=chart.size)
    shown = starred_in(rows)
    words = said_of(chart, rows)
    chart.draw(figure, shown)
    _, height = chart.size
    wide = round(chart.size[0] * 16)
    below = _wrapped([words.reading, *source], wide)
    above = _wrapped([words.subtitle], round(wide * 0.86))
    figure.text(0.01, 1 - 0.12 / height, words.title, fontsize=13, fontweight="bold", va="top")
    figure.text(0.01, 1 - 0.42 / height, "\n".join(above), color=GREY, fontsize=9.5, va="top", linespacing=1.3)
    figure.text(0.01, 0.012, "\n".join(below), color=GREY, fontsize=8, va="bottom", linespacing=1.3)
    top = 1 - (0.5 + 0.18 * len(above)) / height
    figure.tight_layout(rect=(0, (0.17 * len(below) + 0.12) / height, 1, top))
    about = {"Title": words.title, "Identifier": chart.identifier(rows)}
    png, svg = io.BytesIO(), io.BytesIO()
    # What savefig would do, but for a first drawing that nobody sees, to find out how much room its layout leaves.
    figure.set_dpi(_PNG_DPI)
    as_png: Any = FigureCanvasAgg(figure)  # whose methods are not typed
    as_png.print_png(png, metadata={"Software": None, **about})
    as_svg: Any = FigureCanvasSVG(figure)
    as_svg.print_svg(svg, metadata={"Date": None, "Creator": None, **about})
    return Drawing(svg.getvalue().replace(b"<svg ", b'<svg role="img" ', 1), png.getvalue())


def said_of(chart: Chart, rows: Rows) -> Words:
    """What a chart of these rows says of itself, with the asterisk that leads to the note on status."""
    words = chart.words(starred_in(rows))
    return Words(*(starred(text) for text in (words.title, words.subtitle, words.reading)))


def _wrapped(said: Sequence[str], width: int) -> list[str]:
    return [line for text in said for line in textwrap.wrap(text, width)]
