"""A file in pieces: together they have every row once, each with its line, wherever the cuts fall."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.spark import pieces
from pipeline.spark.pieces import counted, header_line, pieces_of, rows_of, spans_of

CELLS = st.text(st.sampled_from('ab",\n\r é'), max_size=9).map(lambda t: t.replace("\r", ""))


def read_in_pieces(path: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bytes]]:
    """The line and the bytes of every piece that has rows."""
    monkeypatch.setattr(pieces, "SIZE", size)
    monkeypatch.setattr(pieces, "_CHUNK", max(size // 2, 1))
    spans = spans_of(path)
    found = [rows_of(path, piece) for piece in pieces_of(spans, [counted(path, span) for span in spans])]
    return [(line, rows) for rows, line in found if rows]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_every_row_is_in_one_piece_and_on_its_line(
    size: int, end: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [b"\xef\xbb\xbfx,y", b"1,a", b'"2\n2",b', b'3,"c""\n\n"', b'4,""', b'"5,\n",e', b"6,f"]
    path = tmp_path / "x.csv"
    path.write_bytes(end.join(lines) + end)

    found = read_in_pieces(path, size, monkeypatch)

    assert header_line(path) == b"x,y\n"
    assert b"".join(rows for _, rows in found) == end.join(lines[1:]) + end
    whole = path.read_bytes()
    assert all(whole[: whole.index(rows)].count(b"\n") + 1 == line for line, rows in found)


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8), size=st.integers(1, 40), ends=st.booleans())
def test_pieces_are_whole_rows_whatever_cells_hold(
    rows: list[tuple[str, str]], size: int, ends: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("pieces") / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("x", "y"), *rows])
    if not ends:
        path.write_bytes(path.read_bytes()[:-1])

    with pytest.MonkeyPatch.context() as patched:
        found = read_in_pieces(path, size, patched)

    read = [tuple(row) for _, part in found for row in csv.reader(part.decode().splitlines(keepends=True), strict=True)]
    assert read == rows
    lines = path.read_bytes().split(b"\n")
    for line, part in found:
        assert lines[line - 1] == part.split(b"\n")[0]


def test_a_file_of_a_header_alone_has_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"x,y")

    assert read_in_pieces(path, 4, monkeypatch) == []
