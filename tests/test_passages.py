"""Texts cut into the passages that locators name, and read from text files and PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.passages import Text, find_text, read_text

BOOK = """\
# Introduction
The alliance has 31 members.<sup>1</sup>

## **Albania**
Albania sends
60 soldiers to Latvia.

## North Macedonia: State of the Art
It joined in 2020.

[1] NATO, The Strategic Concept, p. 4.
<sup>19</sup> IISS, The Military Balance, p. 72.
<sup>[20]</sup> Ibid., p. 73.
"""


@pytest.fixture
def book(tmp_path: Path) -> Text:
    return written(tmp_path, BOOK)


def written(folder: Path, text: str) -> Text:
    path = folder / "book2023.txt"
    path.write_text(text, "utf-8")
    return read_text(path)


PASSAGES = {
    "sec. Albania": "**Albania**\nAlbania sends\n60 soldiers to Latvia.\n",
    "sec. albania": "**Albania**\nAlbania sends\n60 soldiers to Latvia.\n",
    "ch. Introduction": "Introduction\nThe alliance has 31 members.\n",
    "n. 1": "NATO, The Strategic Concept, p. 4.",
    "n. 19": "IISS, The Military Balance, p. 72.",
    "n. 20": "Ibid., p. 73.",
    "sec. North Macedonia: State of the Art, n. 19": (
        "North Macedonia: State of the Art\nIt joined in 2020.\n\nIISS, The Military Balance, p. 72."
    ),
}


@pytest.mark.parametrize(("locator", "passage"), PASSAGES.items())
def test_a_locator_names_a_passage(book: Text, locator: str, passage: str) -> None:
    assert book.passage(locator) == passage


@pytest.mark.parametrize("locator", ["sec. Serbia", "n. 2", "sec. Albania, n. 99", "ch. Albani"])
def test_a_locator_of_a_part_that_the_text_lacks_names_nothing(book: Text, locator: str) -> None:
    assert book.passage(locator) is None


@pytest.mark.parametrize("locator", [None, "", "para. 3", "tbl. 2", "fig. 1, para. 4", "p. 7"])
def test_a_locator_of_a_part_that_cannot_be_told_apart_names_the_whole_text(book: Text, locator: str | None) -> None:
    assert book.passage(locator) == BOOK


PAGES = {
    "p. 1": "first page",
    "p. 3": "third page",
    "pp. 1-2": "first page\nsecond page",
    "pp. 2-3": "second page\nthird page",
    "p. 2, para. 4": "second page",
    "p. 4": None,
    "pp. 3-4": None,
    "p. 0": None,
    "p. iv": None,
}


@pytest.mark.parametrize(("locator", "passage"), PAGES.items())
def test_pages_are_told_apart_by_form_feeds(tmp_path: Path, locator: str, passage: str | None) -> None:
    text = written(tmp_path, "first page\fsecond page\fthird page")

    assert text.passage(locator) == passage


def test_a_page_without_text_is_not_taken_for_the_whole_text(tmp_path: Path) -> None:
    text = written(tmp_path, "sixty soldiers\f\f4,500 soldiers")

    assert text.passage("p. 2") == ""


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    assert written(tmp_path, BOOK).sha256 == hashlib.sha256(BOOK.encode()).hexdigest()


def test_bytes_that_are_not_utf_8_do_not_keep_a_text_from_being_read(tmp_path: Path) -> None:
    path = tmp_path / "book2023.txt"
    path.write_bytes("Kuçova has 60 soldiers".encode("latin-1"))

    assert "has 60 soldiers" in read_text(path).whole


def test_a_text_is_found_by_its_document_and_before_a_pdf(tmp_path: Path) -> None:
    for name in ("a.txt", "a.pdf", "b.pdf", "c.docx"):
        (tmp_path / name).write_bytes(b"")

    found = [find_text(tmp_path, document) for document in "abc"]

    assert found == [tmp_path / "a.txt", tmp_path / "b.pdf", None]


def pdf(pages: Sequence[str]) -> bytes:
    """A PDF with one line of text on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "book2023.pdf"
    path.write_bytes(pdf(["Sixty soldiers in Latvia", "", "4,500 soldiers in Kosovo"]))

    text = read_text(path)

    assert [page.strip() for page in text.pages] == ["Sixty soldiers in Latvia", "", "4,500 soldiers in Kosovo"]
    assert (text.passage("p. 3") or "").strip() == "4,500 soldiers in Kosovo"
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "content", [b"", b"no PDF at all", pdf(["Sixty soldiers"])[:200]], ids=["empty", "text", "cut"]
)
def test_a_pdf_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("pypdf")
    path = tmp_path / "book2023.pdf"
    path.write_bytes(content)

    with pytest.raises(ValueError, match="PDF"):
        read_text(path)


def test_a_note_that_another_section_refers_to_is_no_passage(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text(
        "# One\nSaid here.<sup>1</sup>\n# Two\nSaid there.<sup>2</sup>\n<sup>1</sup> A.\n<sup>2</sup> B.\n", "utf-8"
    )
    text = read_text(path)

    assert text.passage("sec. One, n. 1") == "# One\nSaid here.\nA.".replace("# ", "")
    assert text.passage("sec. One, n. 2") is None
