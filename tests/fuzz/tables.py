"""Files of rows: the cells of Python's own strict reader, or a refusal, and every cell that must be refused is seen."""

from __future__ import annotations

import codecs
import csv
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import read
from pipeline.problems import SourceError
from pipeline.refuse import cell_problems, refused
from tests.fuzz.target import Count, DisagreementError, Target, assert_told_well

Row = tuple[int, tuple[str | None, ...]]
"""The line a row starts on, and its cells; an empty cell is None."""

HEADER = ("a", "b")
_CHUNKS = (4, 5, 7, 16, 64, 1 << 23)
_BLOCKS = (1 << 24, 1 << 24, 1 << 24, 64)
_STARTS = (b"a,b\n", b"a,b\r\n", b"\xef\xbb\xbfa,b\n", b'"a","b"\n', b"b,a\n", b"")


def rows_by_python(content: bytes) -> list[Row]:
    """The rows after the header as Python's strict csv module reads them. Raises csv.Error or UnicodeDecodeError."""
    stream = io.StringIO(content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), newline="")
    reader = csv.reader(stream, strict=True)
    next(reader)
    rows: list[Row] = []
    line = reader.line_num + 1
    for cells in reader:
        rows.append((line, tuple(cell or None for cell in cells)))
        line = reader.line_num + 1
    return rows


def rows_by_the_pipeline(path: Path) -> tuple[list[Row], bool]:
    """The rows as the pipeline reads them, and whether it refuses some cell. Raises SourceError."""
    source = read.open_source(path, "sources/some.csv", HEADER)
    rows: list[Row] = []
    bad = False
    for batch in read.batches(source):
        columns = [batch.rows.column(name).to_pylist() for name in source.header]
        rows += zip(batch.lines.to_pylist(), zip(*columns, strict=True), strict=True)
        bad |= batch.refused
    if bad and (problems := cell_problems(source)):
        assert_told_well(problems)
    return rows, bad


@contextmanager
def cut_into(chunk: int, block: int) -> Iterator[None]:
    """Read in pieces of so many bytes."""
    before = read._CHUNK, read._BLOCK
    read._CHUNK, read._BLOCK = chunk, block
    try:
        yield
    finally:
        read._CHUNK, read._BLOCK = before


def assert_read_as_python_does(path: Path, content: bytes, chunk: int, block: int) -> bool:
    """Whether the rows are taken, which must be those of Python's reader; a refusal must say why. Raises DisagreementError."""
    path.write_bytes(content)
    try:
        with cut_into(chunk, block):
            rows, bad = rows_by_the_pipeline(path)
    except SourceError as refusal:
        assert_told_well(refusal.problems)
        if block > len(content) and any("cannot be read as CSV" in p.message for p in refusal.problems):
            raise DisagreementError(f"refused for no known reason: {content!r}") from None
        return False
    expected = rows_by_python(content)
    if rows != expected:
        raise DisagreementError(f"{content!r} in {chunk}, {block}: {rows} where Python reads {expected}")
    if not bad and any(cell and refused(cell) for _, cells in rows for cell in cells):
        raise DisagreementError(f"a cell that must be refused is not seen: {rows}")
    return True


def table_target() -> Target:
    """The reader of CSV files; the first two bytes of an input say in what pieces it is read, and what it begins with."""
    folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 — as fast as memory where there is one
    path = Path(tempfile.mkdtemp(prefix="wb6-fuzz-", dir=folder)) / "some.csv"
    count = Count()

    def attempt(data: bytes) -> None:
        start = _STARTS[data[1] % len(_STARTS)] if len(data) > 1 else b""
        first = data[0] if data else 0
        content, chunk, block = start + data[2:], _CHUNKS[first % len(_CHUNKS)], _BLOCKS[first // 64]
        count.taken += assert_read_as_python_does(path, content, chunk, block)
        count.compared += 1

    bodies = (
        b'x,"1, 2"\n',
        b'"a ""b"" c",1\n',
        b'"two\nlines",\r\n',
        "é,\U0001f600\n".encode(),
        b'"",""\n,\n1,2',
        b"1\n2,3,4\n",
    )
    seeds = tuple(bytes([n, n % 6]) + body for n, body in enumerate(bodies * 2))
    words = (
        '""',
        '","',
        "\r\n",
        "\n\n",
        '"\n',
        "\r",
        "\ufeff",
        "\u2028",
        "\0",
        "=",
        "  ",
        "\u00a0",
        "\u0430x",
        "a,b",
        "\ud800",
    )
    good = tuple(seed for seed in seeds if seed[1] != _STARTS.index(b""))
    return Target("csv", attempt, count, lambda: None, seeds, words, 120, good)
