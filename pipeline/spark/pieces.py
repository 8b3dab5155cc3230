"""A CSV file in pieces that executors read by themselves: each of whole rows, with the line it starts on."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SIZE = 1 << 24
"""How many bytes a piece has, but for the rest of its last row."""

_CHUNK = 1 << 20

Span = tuple[int, int]
"""From which byte of a file to before which."""


@dataclass(frozen=True)
class Piece:
    """The rows that begin within a span of a file; `line` is that of its first byte.

    `opens_within` tells whether its first byte lies within quotes, `ends_within` that of the piece after it.
    """

    span: Span
    line: int
    opens_within: bool
    ends_within: bool


def spans_of(path: Path) -> list[Span]:
    """The spans of a file after its header."""
    begin, end = len(header_line(path, bare=False)), path.stat().st_size
    starts = list(range(begin, end, SIZE)) or [begin]
    return list(zip(starts, [*starts[1:], end], strict=True))


def header_line(path: Path, bare: bool = True) -> bytes:
    """The first line of a file; `bare` without a byte order mark, and ended by LF."""
    with path.open("rb") as stream:
        line = stream.readline()
    return line.removeprefix(codecs.BOM_UTF8).rstrip(b"\r\n") + b"\n" if bare else line


def counted(path: Path, span: Span) -> Span:
    """How many quotes and line breaks stand in a span of a file."""
    quotes = lines = 0
    at, end = span
    with path.open("rb") as stream:
        stream.seek(at)
        while at < end and (chunk := stream.read(min(_CHUNK, end - at))):
            quotes, lines, at = quotes + chunk.count(b'"'), lines + chunk.count(b"\n"), at + len(chunk)
    return quotes, lines


def pieces_of(spans: Sequence[Span], counts: Sequence[Span]) -> list[Piece]:
    """The pieces, given what is counted in each: all before one says on which line it begins, and whether in a cell."""
    pieces, within, line = [], False, 2
    for span, (quotes, lines) in zip(spans, counts, strict=True):
        ends_within = within ^ (quotes % 2 == 1)
        pieces.append(Piece(span, line, within, ends_within))
        within, line = ends_within, line + lines
    return pieces


def rows_of(path: Path, piece: Piece) -> tuple[bytes, int]:
    """The rows that begin in a piece as they stand, and the line of the first."""
    start, end = piece.span
    with path.open("rb") as stream:
        begin = _next_row(stream, start, piece.opens_within)
        after = _next_row(stream, end, piece.ends_within)
        stream.seek(begin)
        rows = stream.read(max(after - begin, 0))
    return rows, piece.line + counted(path, (start, begin))[1]


def _next_row(stream: BinaryIO, at: int, within: bool) -> int:
    """Where the first row begins at a byte or after it; `within` tells whether that byte lies within quotes."""
    place, counts_from = at - 1, 1  # a line break right before the byte begins a row there, a quote is counted already
    stream.seek(place)
    while chunk := stream.read(_CHUNK):
        seen = 0
        while (found := chunk.find(b"\n", seen)) >= 0:
            within ^= chunk.count(b'"', max(seen, counts_from), found) % 2 == 1
            if not within:
                return place + found + 1
            seen = found + 1
        within ^= chunk.count(b'"', max(seen, counts_from)) % 2 == 1
        place, counts_from = place + len(chunk), 0
    return place
