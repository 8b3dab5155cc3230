"""A document and a passage have one footnote: in the page, in a diff, in CHANGES.md and from wb6 cite, in whatever company."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cite import pandoc
from pipeline.cite.notes import forget, notes_of
from pipeline.cite.source import Passage, Source
from pipeline.cli import cli
from pipeline.csl import citable
from pipeline.diff import story
from pipeline.diff.side import Side
from pipeline.explorer.page import page
from pipeline.problems import PipelineError
from schemas.registry import tables
from tests.conftest import ROOT

Shown = dict[str, dict[str, dict[str, list[str]]]]

LATEST = (ROOT / "outputs" / "latest").resolve()


@pytest.fixture(scope="module")
def shown() -> Shown:
    """The footnotes in the page, by document, passage and the document that is cited there."""
    notes: Shown = held("footnotes")
    return notes


def held(block: str, release: Path = LATEST) -> Any:
    """What a block of the page of a release holds."""
    found = re.search(rf'id="{block}">([A-Za-z0-9+/=]*)</script>', page(release))
    assert found
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def wb6(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def every(shown: Shown) -> list[str]:
    return ["".join(note) for notes in shown.values() for origins in notes.values() for note in origins.values()]


def test_the_page_has_the_notes_that_wb6_cite_gives(shown: Shown) -> None:
    ids = sorted(shown)[::9]

    said = wb6("cite", "document", *ids).strip().split("\n\n")

    assert said == ["".join(shown[name][""][""]) for name in ids]
    rests_on_nothing = wb6("cite", "mission_strength", "kfor", "2023-10", "--column", "nations").strip().split("\n\n")
    assert set(rests_on_nothing) <= set(every(shown))


def test_the_page_cites_the_dataset_as_wb6_cite_does() -> None:
    assert "".join(held("citation")) == wb6("cite").strip()


def test_a_claim_that_cites_another_document_has_that_in_its_note(shown: Shown) -> None:
    said = wb6("cite", "assessment", "bosnia-and-herzegovina-no-deployment", "--column", "subject").strip()
    with duckdb.connect() as con:
        claims = con.execute(
            "SELECT DISTINCT document_id, locator, origin_document_id "
            f"FROM '{LATEST}/parquet/claim.parquet' WHERE origin_document_id IS NOT NULL"
        ).fetchall()

    notes = {claim: "".join(shown[claim[0]][claim[1] or ""][claim[2]]) for claim in claims}

    assert notes["panero2023", "sec. Bosnia and Herzegovina, n. 23", "iiss2023"] == said
    assert said.endswith(
        ", n. 23, citing The International Institute for Strategic Studies, The Military Balance 2023 (Routledge, 2023), 76."
    )
    assert len(notes) > 20
    assert all(", citing " in note for note in notes.values())


def test_a_diff_has_the_notes_that_the_page_of_the_later_release_gives() -> None:
    shown = held("footnotes", LATEST.parent / "0.3.0")
    said = wb6("diff", "0.2.0", "0.3.0")

    notes = [line.split("] ", 1)[1] for line in said.partition("NOTES\n")[2].splitlines() if line.startswith("  [")]
    assert len(notes) > 30
    assert set(notes) <= {" ".join(note.split()) for note in every(shown)}


def spent() -> float:
    """The seconds of processor that this process and those it ran have used."""
    return sum(os.times()[:4])


def test_a_diff_has_what_the_passage_cites_itself_too(shown: Shown) -> None:
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA new")
        for name in ("claim", "document", "reference"):
            con.execute(f"CREATE VIEW new.{name} AS FROM '{LATEST}/parquet/{name}.parquet'")
        side = Side("new", LATEST.name, tables())
        claims = con.execute("SELECT claim_id FROM new.claim WHERE origin_document_id IS NOT NULL").fetchall()

        notes = story._notes(con, side, side, {claim for (claim,) in claims})

    assert len(notes) == len(claims) > 300
    assert {"".join(note.parts) for _, note in notes.values()} == {n for n in every(shown) if ", citing " in n}


def test_all_notes_of_a_release_are_made_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with duckdb.connect() as con:
        answer = con.execute(f"SELECT * FROM '{LATEST}/parquet/document.parquet'")
        names = [column[0] for column in answer.description]
        documents = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        claims = con.execute(f"SELECT DISTINCT document_id, locator FROM '{LATEST}/parquet/claim.parquet'").fetchall()
    forget()
    runs: list[object] = []
    run = pandoc._run

    def counted(arguments: list[str], said: str) -> str:
        runs.append(arguments)
        return run(arguments, said)

    monkeypatch.setattr(pandoc, "_run", counted)
    sources = {Source(Passage(*claim)) for claim in claims}
    began = spent()

    notes = notes_of([*documents, {**documents[0], "document_id": "nil"}], sources)

    assert len(runs) == 1 and set(notes) == sources
    assert spent() - began < 5


def test_notes_are_made_by_the_locked_pandoc_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0.0\n", "utf-8")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("PYPANDOC_PANDOC", str(other))
    item = {"id": "a", "type": "book", "title": "One"}

    note = pandoc.cited([item], [Source(Passage("a", None))], pandoc.style_file("chicago-notes"), "text")

    assert note == ["One (n.d.)."]


def test_a_package_without_its_pandoc_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pypandoc.py").touch()
    monkeypatch.delitem(sys.modules, "pypandoc", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(PipelineError, match="the pandoc of the package pypandoc-binary, and no other"):
        pandoc.converted([], "bibtex")


def test_a_note_does_not_depend_on_its_company() -> None:
    many = ["Smith, Ann", "Smith, Adam", "Brown, A", "Green, B", "Grey, C", "White, D", "Black, E"]
    rows = [
        {"document_id": name, "type": "book", "title": title, "authors": [*many[:6], last], "issued": "2023"}
        for name, title, last in (("a", "One", "Black, E"), ("b", "Two", "Blue, F"))
    ]
    style = pandoc.style_file("chicago-notes")

    alone = pandoc.cited([citable(rows[0])], [Source(Passage("a", "p. 3"))], style, "text")
    twice = pandoc.cited(list(map(citable, rows)), [Source(Passage(n, "p. 3")) for n in ("a", "b", "a")], style, "text")

    assert alone == [twice[0]] == [twice[2]]
    assert "et al." in alone[0]


def test_italics_stand_at_every_second_place() -> None:
    row = {"document_id": "a", "type": "report", "title": "On <i>Zrinjski</i> & <b>x</b>", "issued": "2023"}
    whole = Source(Passage("a", None))
    quoted = {**row, "type": "webpage", "title": "</script><img src=x>"}

    assert notes_of([row], [whole])[whole][:4] == ("", "On ", "Zrinjski", " & x")
    (text,) = notes_of([quoted], [whole])[whole]
    assert text.lower().startswith("\u201c</script><img src=x>,\u201d")
