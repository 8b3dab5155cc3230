"""Why some mistakes of a kind can be known by no check of the sources, kind by kind, for docs/mistakes.md."""

from __future__ import annotations

from collections.abc import Mapping

_FIGURE = "the figure is as likely as the right one: near its neighbours, in no table that adds up, stated by one document alone"
_DATE = "the date is one that the document may well state, and nothing else in the sources dates the same"
_OTHER = "the other one exists and fits: no second row, section, mission or id says which was meant"
_PASSAGE = "passages of a document are listed nowhere but where it is cited; only the document has them all"
_GONE = "nothing names what is gone, and an empty cell or a missing row means that nothing was read"
_MEANING = "the cells are well formed as they come to stand, and contradict nothing"
_HARMLESS = "a spreadsheet may write a file so: every cell is read as it was, and nothing is lost"
_WORD = "texts are free, so another spelling may be meant; words are not looked up in a dictionary"
_JUDGED = "the rank or grade is a curator's judgement, and another one is allowed"

_KINDS = {
    _FIGURE: ("figure off by ten", "transposed digits in a figure", "one digit wrong in a figure", "decimal comma", "thousands separator"),
    _DATE: ("start and end swapped", "wrong year in a date", "day and month swapped", "wrong day or month in a date", "wrong year of a document"),
    _OTHER: (
        "another country", "another of the six", "another id that exists", "another listed code", "another document cited",
        "typo in a row's own id", "typo in an id that refers", "typo in a free code", "typo in a country code",
        "typo in a citation key", "typo in a document's id", "find and replace gone too far", "wrong place in the order of joining",
        "thing related to itself", "typo in a listed code",
    ),
    _PASSAGE: ("page for section, or the reverse", "another section", "typo in a section's name", "wrong number of a note", "semicolon or term forgotten in a citation"),
    _GONE: ("row deleted", "value cell emptied", "merged cells left empty", "note deleted from reference.csv", "document deleted", "file cut off"),
    _MEANING: (
        "cells shifted by one, width kept", "two neighbouring cells swapped", "cell of the row above filled down",
        "row pasted from another table", "one column sorted alone", "one column moved down a row", "quote dropped",
        "headings of two columns swapped", "row doubled", "two rows merged in one",
    ),
    _HARMLESS: ("Excel: byte order mark and CRLF", "curly quotes for straight", "Excel: saved in another encoding", "Excel: rows of nothing at the end"),
    _WORD: ("typo in a free text", "look-alike letter in a text", "letters garbled by an encoding"),
    _JUDGED: ("wrong grade of a document", "another rank, or a reason of a word", "rank or reason missing"),
}  # fmt: skip

UNKNOWABLE: Mapping[str, str] = {kind: why for why, kinds in _KINDS.items() for kind in kinds}
"""By kind."""


def why(kind: str) -> str:
    """Why some of a kind are not detectable."""
    return UNKNOWABLE.get(kind, _MEANING)
