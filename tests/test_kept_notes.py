"""Footnotes kept between releases: only those that are lacking are made, and all are what they would be without."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cite import pandoc
from pipeline.cite.notes import FILE, Note, forget, notes_of
from pipeline.cite.source import Passage, Source

DOCUMENTS: list[dict[str, Any]] = [
    {"document_id": name, "type": "book", "title": f"On <i>{name}</i>", "authors": ["Smith, Ann"], "issued": "2023"}
    for name in ("a", "b", "c")
]
SOURCES = [Source(Passage(name, locator)) for name in ("a", "b", "c") for locator in (None, "p. 3", "nn. 4, 5")]


def notes(kept: Path | None, *sources: Source, documents: list[dict[str, Any]] = DOCUMENTS) -> dict[Source, Note]:
    """The notes as a process makes them that has made none."""
    forget()
    return notes_of(documents, sources or SOURCES, kept)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many notes pandoc was asked for, run by run."""
    counted: list[int] = []
    cited = pandoc.cited

    def counting(items: Any, sources: Any, *how: Any) -> list[str]:
        counted.extend([len(sources)] if sources else [])
        return cited(items, sources, *how)

    monkeypatch.setattr(pandoc, "cited", counting)
    return counted


def test_only_what_is_lacking_is_made_and_in_one_run(tmp_path: Path, asked: list[int]) -> None:
    without = notes(None)

    few = notes(tmp_path, *SOURCES[:4])
    every = notes(tmp_path)
    again = notes(tmp_path)

    assert every == again == without and few.items() <= without.items()
    assert all(type(note) is tuple for note in again.values())
    assert asked == [9, 4, 5]
    assert notes(tmp_path, *SOURCES[2:3]) == {SOURCES[2]: without[SOURCES[2]]}
    assert notes(tmp_path) == without and asked == [9, 4, 5]


def test_a_process_makes_a_note_once_where_nothing_is_kept(asked: list[int]) -> None:
    notes(None)
    notes_of(DOCUMENTS, SOURCES)

    assert asked == [9]


def test_a_document_that_reads_otherwise_has_another_note(tmp_path: Path, asked: list[int]) -> None:
    notes(tmp_path)
    other = [{**DOCUMENTS[0], "title": "Other"}, *DOCUMENTS[1:]]

    found = notes(tmp_path, documents=other)

    assert found == notes(None, documents=other)
    assert "Other" in found[SOURCES[0]]
    assert asked == [9, 3, 9]


@pytest.mark.parametrize("what", ["pipeline.cite.notes.code_of", "pipeline.cite.pandoc.version"])
def test_other_code_and_another_pandoc_make_notes_anew(
    what: str, tmp_path: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes(tmp_path)
    monkeypatch.setattr(what, lambda *_: "other")

    notes(tmp_path)

    assert asked == [9, 9]


def test_another_style_makes_notes_anew(tmp_path: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    notes(tmp_path)
    style = tmp_path / "own.csl"
    text = pandoc.style_file("chicago-notes").read_text("utf-8")
    style.write_text(text, "utf-8")
    monkeypatch.setattr("pipeline.cite.notes.STYLE", str(style))

    notes(tmp_path)
    style.write_text(f"{text}<!-- otherwise -->", "utf-8")
    notes(tmp_path)

    assert asked == [9, 9]


def test_damage_is_mended(tmp_path: Path) -> None:
    without = notes(tmp_path)
    path = tmp_path / FILE
    kept = path.read_bytes()
    damages: list[Callable[[bytes], bytes]] = [
        lambda _: b"",
        lambda whole: whole[:-5],
        lambda whole: whole.replace(b"Smith", b"Forge"),
        lambda whole: whole.partition(b"\n")[2],
        lambda _: b"[]\n",
        lambda _: b"\xff\xfe",
        lambda whole: json.dumps({**json.loads(whole.partition(b"\n")[0]), "state": "other"}).encode() + b"\n{}",
    ]

    for damage in damages:
        path.write_bytes(damage(kept))
        assert notes(tmp_path) == without
        assert path.read_bytes() == kept


def test_damage_is_mended_by_a_process_that_remembers(tmp_path: Path) -> None:
    notes(tmp_path)
    kept = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(kept[:-9])

    notes_of(DOCUMENTS, SOURCES, tmp_path)

    assert (tmp_path / FILE).read_bytes() == kept


def test_a_folder_that_takes_nothing_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert notes(tmp_path / "file" / "kept") == notes(None)
