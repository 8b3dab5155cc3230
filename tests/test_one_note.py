"""A document and a passage have one footnote: in the page, in a diff, in CHANGES.md and from wb6 cite, in whatever company."""

from __future__ import annotations

import base64
import gzip
import json
import re
import time

import duckdb
import pytest
from click.testing import CliRunner

from pipeline.cite import pandoc
from pipeline.cite.notes import forget, notes_of
from pipeline.cite.source import Passage, Source
from pipeline.cli import cli
from pipeline.csl import citable
from pipeline.explorer.page import page
from tests.conftest import ROOT

LATEST = (ROOT / "outputs" / "latest").resolve()


@pytest.fixture(scope="module")
def shown() -> dict[str, dict[str, list[str]]]:
    """The footnotes in the page, by document and passage."""
    found = re.search(r'id="footnotes">([A-Za-z0-9+/=]*)</script>', page(LATEST))
    assert found
    notes: dict[str, dict[str, list[str]]] = json.loads(gzip.decompress(base64.b64decode(found[1])))
    return notes


def wb6(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_page_has_the_notes_that_wb6_cite_gives(shown: dict[str, dict[str, list[str]]]) -> None:
    ids = sorted(shown)[::9]

    said = wb6("cite", "document", *ids).strip().split("\n\n")

    assert said == ["".join(shown[name][""]) for name in ids]
    rests_on_nothing = wb6("cite", "mission_strength", "kfor", "2023-10", "--column", "nations").strip().split("\n\n")
    every = {"".join(note) for notes in shown.values() for note in notes.values()}
    assert set(rests_on_nothing) <= every


def test_a_diff_has_the_notes_that_the_page_gives(shown: dict[str, dict[str, list[str]]]) -> None:
    every = {" ".join("".join(note).split()) for notes in shown.values() for note in notes.values()}

    said = wb6("diff", "0.2.0", "0.3.0")

    notes = [line.split("] ", 1)[1] for line in said.partition("NOTES\n")[2].splitlines() if line.startswith("  [")]
    assert len(notes) > 30
    assert set(notes) <= every


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
    passages = {Passage(*claim) for claim in claims} - {Passage("nil", None)}
    began = time.process_time()

    notes = notes_of([*documents, {**documents[0], "document_id": "nil"}], passages)

    assert len(runs) == 1 and set(notes) == passages
    assert time.process_time() - began < 5


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
    quoted = {**row, "type": "webpage", "title": "</script><img src=x>"}

    assert notes_of([row], [Passage("a", None)])[Passage("a", None)][:4] == ("", "On ", "Zrinjski", " & x")
    (text,) = notes_of([quoted], [Passage("a", None)])[Passage("a", None)]
    assert text.lower().startswith("\u201c</script><img src=x>,\u201d")
