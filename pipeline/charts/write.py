"""The charts of a release: those that its tables have something to show for, drawn anew only where that has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.charts import apart, contributions, draw, events, memberships, spending, strength, threats
from pipeline.charts.chart import FOLDER, Chart, Rows, keys_as_macros, sentences
from pipeline.charts.credit import named_in, stated
from pipeline.charts.draw import Drawing
from pipeline.charts.status import note, starred, starred_in
from pipeline.engine import Connection, connect, literal, quoted
from pipeline.pieces import code_of, find, keep, state_of
from pipeline.standards.staged import Staged
from schemas.registry import Table

CHARTS = (strength.CHART, contributions.CHART, spending.CHART, memberships.CHART, events.CHART, threats.CHART)
"""The figures of a release, each drawn where its tables are there and have something to show."""


@dataclass(frozen=True)
class _Filled:
    """A chart with what it shows, and the documents behind it, as its source names them."""

    chart: Chart
    rows: Rows
    documents: str


def write_charts(staged: Staged) -> None:
    """Write `charts/<name>.svg` and `.png` of every chart that the release's tables have something to show for."""
    with connect() as con:
        found = answers(con, staged.folder, staged.tables, staged.dataset.as_of.isoformat())
        filled = [_Filled(chart, rows, _documents(con, staged, chart)) for chart, rows in found]
    if not filled:
        return
    (staged.folder / FOLDER).mkdir()
    drawings = _drawings(staged, filled)
    for one in filled:
        source = _source(staged, one, staged.version)
        words = draw.said_of(one.chart, one.rows)
        said = sentences(f"{words.subtitle}.", words.reading, *source)
        made = stated(drawings[one.chart.name], said, " ".join(source))
        path = staged.folder / FOLDER / one.chart.name
        path.with_suffix(".svg").write_bytes(made.svg)
        path.with_suffix(".png").write_bytes(made.png)


def pen_ahead(kept: Path | None) -> AbstractContextManager[apart.Pen | None]:
    """A pen that makes ready while a release is made, where no drawing is kept, so that one will be needed."""
    return nullcontext() if kept and any((kept / FOLDER).glob("*.svg")) else apart.pen_at_hand()


def answers(con: Connection, folder: Path, tables: Mapping[str, Table], as_of: str) -> list[tuple[Chart, Rows]]:
    """The charts that tables of a release have something to show for, each with what it shows. Leaves a view of each table."""
    for name in tables:
        path = folder / "parquet" / f"{name}.parquet"
        con.execute(f"CREATE VIEW {quoted(name)} AS SELECT * FROM read_parquet({literal(path)})").fetchall()
    for sql in keys_as_macros(tables.values()):
        con.execute(sql).fetchall()
    con.execute(f"CREATE MACRO cut_off() AS DATE {literal(as_of)}").fetchall()
    drawable = [chart for chart in CHARTS if set(chart.tables) <= set(tables)]
    found = [(chart, con.execute(chart.sql).fetchall()) for chart in drawable]
    return [(chart, rows) for chart, rows in found if rows]


def _drawings(staged: Staged, filled: Iterable[_Filled]) -> Mapping[str, Drawing]:
    """The drawing of each chart by its name, as it is kept or made anew."""
    code = code_of("pipeline/charts/write.py") if staged.kept else ""
    found, lacking = {}, []
    for one in filled:
        texts = _source(staged, one)
        state = state_of(one.chart.name, one.chart.identifier(one.rows), texts, code)
        kept = _kept(staged.kept, one.chart.name, state)
        if kept:
            found[one.chart.name] = kept
        else:
            lacking.append((one, texts, state))
    if lacking:  # else nothing needs matplotlib, whose import takes longer than all else here
        with nullcontext(staged.pen) if staged.pen else apart.pen_at_hand() as pen:
            drawn = pen.draw([(one.chart, one.rows, texts) for one, texts, _ in lacking])
        for (one, _, state), made in zip(lacking, drawn, strict=True):
            found[one.chart.name] = made
            _keep(staged.kept, one.chart.name, state, made)
    return found


def _kept(folder: Path | None, name: str, state: str) -> Drawing | None:
    if folder is None:
        return None
    svg, png = (find(folder / FOLDER / f"{name}.{end}", state_of(state, end)) for end in ("svg", "png"))
    return Drawing(svg[0], png[0]) if svg and png else None


def _keep(folder: Path | None, name: str, state: str, made: Drawing) -> None:
    for end, piece in (("svg", made.svg), ("png", made.png)):
        if folder:
            keep(folder / FOLDER / f"{name}.{end}", state_of(state, end), piece)


def _source(staged: Staged, one: _Filled, version: str | None = None) -> list[str]:
    """Where the figure comes from: the dataset, or a release of it, its table, and the documents that were read."""
    data = staged.dataset
    about = named_in(data.name, data.licence, data.as_of, one.chart, version)
    source = f"Source: {about}{f', from {starred(one.documents)}' if one.documents else ''}."
    words = draw.said_of(one.chart, one.rows)
    return [source, note("".join(map(str, (*starred_in(one.rows), *astuple(words), source))))]


def _documents(con: Connection, staged: Staged, chart: Chart) -> str:
    """The documents behind a figure and how reliable they are: a single one by its name, several by their number."""
    if "document" not in staged.tables:
        return ""
    sql = f"""
        SELECT publisher, title, issued, reliability FROM document WHERE document_id IN ({chart.documents})
        ORDER BY reliability, document_id
    """
    read = con.execute(sql).fetchall()
    if len(read) > 1:
        grades = ", ".join(f"{n} of {grade}" for grade, n in Counter(row[3] for row in read).items())
        return f"{len(read)} documents (reliability on a scale from A to F: {grades})"
    meanings = staged.tables["document"].field("reliability").cell.codes
    return "".join(
        _alone((publisher, title, issued), grade, meanings.get(grade, "")) for publisher, title, issued, grade in read
    )


def _alone(names: Iterable[str | None], grade: str, meaning: str) -> str:
    named = ", ".join(filter(None, names))
    said = f"; {meaning[0].lower()}{meaning[1:].rstrip('.')}" if meaning else ""
    return f"one document alone: {named} (reliability {grade} on a scale from A to F{said})"
