"""What a bibliography says of documents, as styles print it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.cite.pandoc import cited, references, style_file
from pipeline.cite.source import Passage, Source
from pipeline.csl import citable


@pytest.mark.parametrize(
    ("item", "note"),
    [
        ({"type": "dataset", "title": "Burden (as kept in nato_burden.csv)"}, "“Burden (as Kept in nato_burden.csv),” House, n.d."),
        ({"type": "webpage", "title": "Growing Together With Ease", "language": "en"}, "“Growing Together with Ease,” House, n.d."),
        ({"type": "webpage", "title": "Warten Auf In und On", "language": "de"}, "“Warten Auf In und On,” House, n.d."),
        ({"type": "webpage", "title": "[Two soldiers hurt]", "language": "sr-Latn"}, "Two soldiers hurt [in Serbian], House, n.d."),
        ({"type": "webpage", "title": "[Two soldiers hurt]", "language": "en"}, "Two soldiers hurt, House, n.d."),
        ({"type": "report", "title": "[On two soldiers]"}, "On two soldiers (House, n.d.)."),
        ({"type": "webpage", "title": "It", "authors": ["House"]}, "House, “It,” n.d."),
        ({"type": "report", "title": "It", "authors": ["House"]}, "House, It (House, n.d.)."),
        ({"type": "dataset", "title": "It", "authors": ["Roe, Ann"], "publisher": "Ann Roe"}, "Ann Roe, “It,” n.d."),
        ({"type": "legislation", "title": "Act 3 (1999)", "issued": "1999-06-10"}, "Act 3 (1999), June 10, 1999."),
        ({"type": "webpage", "title": "It", "csl": '{"accessed": {"date-parts": [[2024, 2, 3]]}, "URL": "https://a.b"}'},
         "“It,” House, accessed February 3, 2024, https://a.b."),
    ],
)  # fmt: skip
def test_a_document_is_printed_as_chicago_prints_its_kind(item: dict[str, Any], note: str) -> None:
    items = [citable({"document_id": "a", "publisher": "House", **item})]

    assert cited(items, [Source(Passage("a", None))], style_file("chicago-notes"), "text") == [note]


@pytest.mark.parametrize(
    "title", ["Laws, (Amended) and Others", "Laws; citing Others", "[Laws, (amended); citing others]"]
)
@pytest.mark.parametrize("style", ["chicago-notes", "apa", "modern-language-association"])
def test_what_a_title_says_is_printed_as_it_stands(style: str, title: str) -> None:
    csl = '{"URL": "https://a.b/c,%20(d)"}'
    items = [
        citable({"document_id": name, "publisher": "House", "type": "report", "title": title, "csl": csl})
        for name in "ab"
    ]
    one = Source(Passage("a", "sec. A, (B); citing C"), Passage("b", None))
    [said] = cited(items, [one], style_file(style), "text")
    listed = "" if style == "chicago-notes" else references(items, style_file(style), "text")

    assert "A, (B); citing C" in said
    assert f"{said} {listed}".lower().count(title.strip("[]").lower()) >= 2


def test_a_style_without_notes_keeps_its_own_ways() -> None:
    item = citable({"document_id": "a", "publisher": "House", "type": "webpage", "title": "[Two soldiers hurt]"})

    assert references([item], style_file("apa"), "text") == "[Two soldiers hurt]. (n.d.). House."
