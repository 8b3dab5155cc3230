"""Footnotes in Chicago style, each kind of document against a note made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.explorer.footnotes import footnote


def document(**cells: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(("authors", "publisher", "issued", "url"))
    return {**empty, "type": "webpage", "title": "Title", **cells}


def marked(note: list[str]) -> str:
    return "".join(f"*{text}*" if i % 2 else text for i, text in enumerate(note))


@pytest.mark.parametrize(
    ("cells", "locator", "wanted"),
    [
        (
            {"type": "report", "authors": ["Panero, Emmanuele"], "publisher": "CeSI", "issued": "2023-12"},
            "sec. Albania, n. 19",
            "Emmanuele Panero, *Title* (CeSI, December 2023), sec. Albania, n. 19.",
        ),
        (
            {
                "type": "article-newspaper",
                "publisher": "Reuters; Mirror",
                "issued": "2023-10-06",
                "url": "https://e.org/a",
            },
            None,
            "\u201cTitle,\u201d *Reuters, Mirror*, October 6, 2023, https://e.org/a.",
        ),
        ({"publisher": "NATO", "authors": ["NATO"]}, None, "NATO, \u201cTitle,\u201d n.d."),
        ({"title": "[A letter]", "issued": "2019~"}, "p. 4", "[A letter], ca. 2019, 4."),
        (
            {"type": "book", "issued": "201X", "authors": ["A, B", "C, D"]},
            "pp. 3-5",
            "B A and D C, *Title* (2010s), 3\u20135.",
        ),
        ({"type": "entry-encyclopedia", "publisher": "Wikipedia"}, None, "*Wikipedia*, s.v. \u201cTitle,\u201d n.d."),
        ({"title": "Who pays?", "issued": "2009/2010"}, None, "\u201cWho pays?\u201d 2009\u20132010."),
        (
            {"authors": ["A, B", "C, D", "E, F", "G, H"], "issued": "2023?"},
            None,
            "B A et al., \u201cTitle,\u201d 2023?.",
        ),
        ({"title": "A *star* and \u201cquotes\u201d"}, None, "\u201cA *star* and \u2018quotes,\u2019\u201d n.d."),
    ],
)
def test_a_note_is_as_a_hand_would_write_it(cells: dict[str, Any], locator: str | None, wanted: str) -> None:
    assert marked(footnote(document(**cells), locator)) == wanted
