"""Where a chart says that it comes from: drawn in it without a version, and stated with one beside the drawing.

So a drawing serves every release that has the same to show.
"""

from __future__ import annotations

import datetime
from html import escape
from zlib import crc32

from pipeline.charts.chart import Chart
from pipeline.charts.dates import day
from pipeline.charts.draw import Drawing

_HEAD = 33
"""The length of a PNG's signature and its first part."""


def named_in(name: str, licence: str, as_of: datetime.date, chart: Chart, version: str | None = None) -> str:
    """The dataset, or a release of it, and the table that a chart names as its source."""
    of = f", version {version}" if version else ""
    return f"{name.upper()}{of} ({licence}), data to {day(as_of)}, table {chart.tables[0]}"


def stated(drawing: Drawing, said: str, source: str) -> Drawing:
    """A drawing with what it says, for those who do not see it, and its source, of a release, beside what is drawn."""
    svg = drawing.svg.decode("utf-8")
    for after, text in (
        ("</title>\n", f" <desc>{escape(said)}</desc>\n"),
        ("</dc:identifier>\n", f"    <dc:source>{escape(source)}</dc:source>\n"),
    ):
        svg = svg.replace(after, f"{after}{text}", 1)
    png = drawing.png[:_HEAD] + _part("Source", source) + drawing.png[_HEAD:]
    return Drawing(svg.encode(), png)


def _part(name: str, text: str) -> bytes:
    """A text as a part of a PNG: in Latin-1 or, where that lacks a letter, in UTF-8."""
    try:
        part = b"tEXt" + f"{name}\0{text}".encode("latin-1")
    except UnicodeEncodeError:
        part = b"iTXt" + f"{name}\0\0\0\0\0{text}".encode()
    return (len(part) - 4).to_bytes(4, "big") + part + crc32(part).to_bytes(4, "big")
