"""Reading CSV: exactly the rows of Python's own strict reader, or a refusal that says why."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline import read, refuse
from pipeline.problems import SourceError
from pipeline.read import batches, open_source
from pipeline.refuse import refused

Row = tuple[int, tuple[str | None, ...]]
"""The line a row starts on, and its cells; an empty cell is None."""

HEADER = ("a", "b")
SMALL_CHUNKS = [4, 5, 7, 16]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("read") / "table.csv"


def read_rows(path: Path, content: bytes, header: tuple[str, ...] = HEADER) -> list[Row]:
    """The rows of a file with that content, as the pipeline reads them."""
    path.write_bytes(content)
    rows: list[Row] = []
    for batch in batches(open_source(path, "table.csv", header)):
        columns = [batch.rows.column(name).to_pylist() for name in header]
        rows += zip(batch.lines.to_pylist(), zip(*columns, strict=True), strict=True)
    return rows


def rows_by_python(content: bytes) -> list[Row]:
    """The same rows as Python's strict csv module reads them."""
    stream = io.StringIO(content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), newline="")
    reader = csv.reader(stream, strict=True)
    next(reader)
    rows: list[Row] = []
    line = reader.line_num + 1
    for cells in reader:
        rows.append((line, tuple(cell or None for cell in cells)))
        line = reader.line_num + 1
    return rows


def assert_read_as_python_does_or_refused_with_a_reason(path: Path, content: bytes) -> None:
    try:
        rows = read_rows(path, content)
    except SourceError as refusal:
        assert refusal.problems, "a refusal must say why"
        return
    assert rows == rows_by_python(content)


TEXTS = st.text(st.sampled_from('ab,"\n\r\t =é\u00a0\u2028\ufeff\U0001f600;0'), max_size=40)


@settings(max_examples=500, deadline=None)
@given(start=st.sampled_from(["a,b\n", "a,b\r\n", "\ufeffa,b\n", '"a",b\n', "a,b"]), body=TEXTS)
@example(start="a,b", body="")
@example(start="a,b\n", body='"x\ny",1\n2,3\n')
@example(start="a,b\n", body='"x\r\ny",1\r\n2,3\r\n')
@example(start="a,b\n", body='"""",""""""\n')
@example(start="a,b\n", body='"",\n"",""\n,\n')
@example(start="a,b\n", body='1,"x"y\n')
@example(start="a,b\n", body='1,x"y"\n')
@example(start="a,b\n", body='1,"x')
@example(start="a,b\n", body="1,2\n\n3,4\n")
@example(start="a,b\n", body="1,2\n3\n4,5\n")
@example(start="a,b\n", body="1,2\r3,4\n")
def test_any_text_is_read_as_python_reads_it_or_refused(path: Path, start: str, body: str) -> None:
    assert_read_as_python_does_or_refused_with_a_reason(path, (start + body).encode())


@settings(max_examples=300, deadline=None)
@given(body=st.binary(max_size=40), chunk=st.sampled_from(SMALL_CHUNKS))
@example(body=b"\xff,1\n", chunk=4)
@example(body=b"caf\xc3", chunk=4)
@example(body=b"1,a\0b\n", chunk=4)
def test_any_bytes_are_read_as_python_reads_them_or_refused(path: Path, body: bytes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "_CHUNK", chunk)

        assert_read_as_python_does_or_refused_with_a_reason(path, b"a,b\n" + body)


CELLS = st.one_of(
    st.sampled_from(["", 'say "hello"', "two\nlines", "two\r\nlines", "a, b", '"', '""', "x\n\ny", "0", "NULL", "nan"]),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co")), max_size=8),
)
CLEAN = CELLS.filter(lambda cell: refused(cell) is None)
TABLES = st.lists(st.tuples(CLEAN, CLEAN), max_size=12)


@settings(max_examples=300, deadline=None)
@given(
    table=TABLES,
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
    chunk=st.sampled_from([*SMALL_CHUNKS, 1 << 23]),
)
def test_any_clean_table_is_read_whole_however_it_is_written(
    path: Path, table: list[tuple[str, str]], quoting: int, end: str, mark: bool, chunk: int
) -> None:
    assume(not any(cell[:1] in tuple("=+-@") for row in table for cell in row if cell))
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator=end).writerows([HEADER, *table])  # type: ignore[arg-type]
    content = codecs.BOM_UTF8 * mark + out.getvalue().encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "_CHUNK", chunk)

        rows = read_rows(path, content)

    assert [cells for _, cells in rows] == [tuple(cell or None for cell in row) for row in table]
    assert rows == rows_by_python(content)


@pytest.mark.parametrize("chunk", SMALL_CHUNKS)
def test_cells_that_lie_across_chunks_are_read_whole(path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(read, "_CHUNK", chunk)

    rows = read_rows(path, '\ufeffa,b\r\n"é ""x"", y",1\r\n"two\nlines, é",\r\n"",""\r\nlast,"é"'.encode())

    assert rows == [(2, ('é "x", y', "1")), (3, ("two\nlines, é", None)), (5, (None, None)), (6, ("last", "é"))]


@pytest.mark.parametrize("chunk", SMALL_CHUNKS)
@pytest.mark.parametrize(
    "content",
    [
        b'a,b\n1,"xxxxxxxx"y\n',
        b'a,b\n1,xxxxxxx"y"\n',
        b'a,b\n1,"xxxxxxxxx\n',
        b"a,b\n1,xxxxx\rxx\n",
        b"a,b\n1,xxxx\xc3\n",
    ],
    ids=["text after a quote", "a quote inside", "a quote left open", "a lone return", "half a character"],
)
def test_what_is_wrong_across_chunks_is_found(
    path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, content: bytes
) -> None:
    monkeypatch.setattr(read, "_CHUNK", chunk)

    with pytest.raises(SourceError) as refusal:
        read_rows(path, content)

    assert [(p.line, p.column) for p in refusal.value.problems] == [(2, 2)]


def test_lines_are_counted_on_through_many_batches(path: Path) -> None:
    row = f'"{"x" * 50_000}\ny",1\n'
    count = 250

    rows = read_rows(path, ("a,b\n" + row * count + "end,2\n").encode())

    assert [line for line, _ in rows] == [2 + 2 * n for n in range(count + 1)]
    assert rows[-1] == (2 + 2 * count, ("end", "2"))


def test_columns_are_found_by_name_whatever_their_order(path: Path) -> None:
    assert read_rows(path, b"b,a\n1,2\n") == [(2, ("2", "1"))]


def test_a_row_of_the_longest_cells_is_read_or_refused_with_a_reason(path: Path) -> None:
    header = tuple(f"c{number}" for number in range(40))
    cells = tuple("\U0001f600" * refuse.CELL_LIMIT for _ in header)
    content = ",".join(header) + "\n" + ",".join(cells) + "\n"
    try:
        rows = read_rows(path, content.encode(), header)
    except SourceError as refusal:
        assert refusal.problems, "a refusal must say why"
    else:
        assert rows == [(2, cells)]


def test_words_that_stand_for_nothing_elsewhere_are_texts_here(path: Path) -> None:
    words = ["NULL", "NA", "nan", "None", "N/A", "#N/A", "true", "0", "1e5", "2023-01-01"]

    rows = read_rows(path, ("a,b\n" + "".join(f"{word},x\n" for word in words)).encode())

    assert [cells[0] for _, cells in rows] == words
