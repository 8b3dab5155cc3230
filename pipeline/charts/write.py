"""Drawing a release's charts, as SVG and PNG: the same bytes wherever and whenever it is done."""

from __future__ import annotations

import io
import os
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.charts import contributions, events, memberships, spending, strength, threats
from pipeline.charts.chart import FOLDER, GREY, Chart, Rows
from pipeline.engine import Connection, connect, literal, quoted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from pipeline.standards.staged import Staged

CHARTS = (strength.CHART, contributions.CHART, spending.CHART, memberships.CHART, events.CHART, threats.CHART)
"""The figures of a release, each drawn where its tables are there and have something to show."""

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
    "savefig.dpi": 150.0,
    "svg.fonttype": "none",  # text stays text: searchable, and read aloud
    "svg.hashsalt": "wb6",
    "timezone": "UTC",
}


def write_charts(staged: Staged) -> None:
    """Write `charts/<name>.svg` and `.png` of every chart that the release's tables have something to show for."""
    with connect() as con:
        filled = answers(con, staged.folder, staged.tables, staged.dataset.as_of.isoformat())
        if not filled:
            return
        (staged.folder / FOLDER).mkdir()
        with _drawing():
            for chart, rows in filled:
                _write(con, staged, chart, rows)


def answers(con: Connection, folder: Path, tables: Iterable[str], as_of: str) -> list[tuple[Chart, Rows]]:
    """The charts that tables of a release have something to show for, each with what it shows. Leaves a view of each table."""
    for name in tables:
        path = folder / "parquet" / f"{name}.parquet"
        con.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet({literal(path)})").fetchall()
    con.execute(f"CREATE MACRO cut_off() AS DATE {literal(as_of)}").fetchall()
    drawable = [chart for chart in CHARTS if set(chart.tables) <= set(tables)]
    found = [(chart, con.execute(chart.sql).fetchall()) for chart in drawable]
    return [(chart, rows) for chart, rows in found if rows]


@contextmanager
def _drawing() -> Iterator[None]:
    """Matplotlib with its own fonts and defaults alone, whatever the machine has and its user prefers."""
    with tempfile.TemporaryDirectory(prefix="wb6-") as space:
        os.environ.setdefault("MPLCONFIGDIR", space)  # it would leave a cache of the machine's fonts at home
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
            if os.environ["MPLCONFIGDIR"] == space:
                del os.environ["MPLCONFIGDIR"]


def _write(con: Connection, staged: Staged, chart: Chart, rows: Rows) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=chart.size)
    title = chart.draw(figure, rows)
    source = _source(con, staged, chart)
    lines = _wrapped([chart.reading, *source], round(chart.size[0] * 15))
    below = (0.17 * len(lines) + 0.12) / chart.size[1]
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.text(0.01, 0.012, "\n".join(lines), color=GREY, fontsize=8, va="bottom", linespacing=1.3)
    figure.tight_layout(rect=(0, below, 1, 0.98))
    path = staged.folder / FOLDER / chart.name
    drawn = chart.identifier(rows)
    about = {"Software": None, "Title": title, "Source": " ".join(source), "Identifier": drawn}
    figure.savefig(path.with_suffix(".png"), metadata=about)
    path.with_suffix(".svg").write_text(_svg(figure, title, [chart.reading, *source], drawn), "utf-8", newline="\n")


def _svg(figure: Figure, title: str, said: Sequence[str], drawn: str) -> str:
    """The figure as SVG, named and described for those who do not see it."""
    from html import escape

    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": title, "Identifier": drawn})
    named = f"<title>{escape(title)}</title>\n <desc>{escape(' '.join(said))}</desc>\n <metadata>"
    return out.getvalue().replace(" <metadata>", f" {named}", 1).replace("<svg ", '<svg role="img" ', 1)


def named_in(name: str, version: str, licence: str, chart: Chart) -> str:
    """The release and table that a chart names as its source."""
    return f"{name.upper()}, version {version} ({licence}), table {chart.tables[0]}"


def _source(con: Connection, staged: Staged, chart: Chart) -> list[str]:
    """Where the figure comes from: the release and its table, and the documents that were read."""
    from schemas.fields import STATUS_NOTE

    sql = f"SELECT publisher, title, issued FROM document WHERE document_id IN ({chart.documents}) ORDER BY document_id"
    read = con.execute(sql).fetchall() if "document" in staged.tables else []
    named = "; ".join(", ".join(part for part in one if part) for one in read)
    documents = f"{len(read)} documents" if len(read) > 2 else named
    about = named_in(staged.dataset.name, staged.version, staged.dataset.licence, chart)
    return [f"Source: {about}{f', from {documents}' if documents else ''}.", STATUS_NOTE]


def _wrapped(said: Sequence[str], width: int) -> list[str]:
    return [line for text in said for line in textwrap.wrap(text, width)]
