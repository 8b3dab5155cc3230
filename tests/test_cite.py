"""Citing: which sources a fact, an answer and the dataset have, and the forms they are given in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from click.testing import CliRunner, Result

from pipeline.cite.pandoc import cited, converted, style_file
from pipeline.cite.source import Passage, Source
from pipeline.cli import cli
from pipeline.csl import citable

RELEASE = ("--release", "0.2.0")


def wb6(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def cite(words: str, *more: str) -> Result:
    return wb6("cite", *words.split(), *RELEASE, *more)


def test_a_fact_has_the_sources_that_stand_and_tells_of_those_that_do_not() -> None:
    done = cite("mission_strength kfor 2023-10")

    assert done.exit_code == 0
    assert done.stdout.startswith(
        "nations 27:\n\n“NATO Reinforces KFOR in Kosovo,” NATO Watch, October 7,"
    )  # the later one
    assert "\n\npersonnel ~4500:\n\nEmmanuele Panero," in done.stdout
    assert "sec. 6WB: State of the Art, n. 16, citing NATO, “KFOR Key Facts & Figures,”" in done.stdout
    assert done.stderr == (
        "Not cited, since other claims outweigh it: personnel >4500 (natowatch2023); personnel >4500 (kuna2023-kfor)\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        "membership MNE nato member 1",
        "membership MNE nato member",
        "membership mne NATO Member",
        "membership status=member MNE nato",
        "membership spell=1 organisation_id=nato status=member iso3=MNE",
    ],
)
def test_a_key_is_given_in_order_by_name_or_as_far_as_it_takes(words: str) -> None:
    done = cite(words, "--column", "start_earliest")

    assert done.stdout.startswith("“Development of Relations Between Montenegro and NATO")
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (
            "membership MNE nato",
            "membership MNE nato names 2 rows; name one of them:\n  wb6 cite membership MNE nato inv",
        ),
        (
            "mission_strength kfor 2023-13",
            "no row of mission_strength has the key kfor 2023-13; the nearest are:\n  wb6 c",
        ),
        ("mission_strength kfr 2023-10", "\n  wb6 cite mission_strength kfor 2023-10\n"),
        ("mission_strength kfor 2023-10 x", "the key of mission_strength is mission_id, as_of; 3 parts were given"),
        ("mission_strenth kfor", "there is no table mission_strenth; did you mean mission_strength"),
        ("timeline kfor", "timeline is put together from other tables; cite a row of one of these: actor, "),
        ("document panero23", "there is no document panero23; did you mean panero2023"),
        ("document", "name the documents, too: wb6 cite document ID"),
        ("mission_strength kfor 2023-10 --column hosts", "claims nothing in hosts; it does in nations, personnel"),
        ("mission_strength kfor 1999-06", "every claim on it is deprecated, so nothing of it is published"),
        ("mission_strength kfor 2023-10 --style nix", "there is no style nix; name a CSL file, or one of apa, chicago"),
    ],
)
def test_what_names_no_fact_is_explained(words: str, what: str) -> None:
    done = cite(words)

    assert (done.exit_code, done.stdout) == (1, "")
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_proposed_in_place_of_a_wrong_key_is_found() -> None:
    proposed = re.findall(r"^  wb6 cite (.*)$", cite("deployment ALB kfor").stderr, re.MULTILINE)

    assert len(proposed) == 8
    assert {cite(words.replace("'", "")).exit_code for words in proposed} == {0}


def ids(sql: str, release: tuple[str, ...] = RELEASE) -> list[str]:
    done = wb6("cite", "--query", sql, "--format", "csl-json", *release)
    assert done.exit_code == 0, done.stderr
    return [item["id"] for item in json.loads(done.stdout)]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (
            "mission_contribution kfor ALB",
            "cite the row of deployment: wb6 cite deployment missions=kfor iso3=ALB; the rest of it is of mission,",
        ),
        (
            "mission_contribution kfor ALB nobody 2017-02",
            "cite the row of deployment: wb6 cite deployment missions=kfor iso3=ALB as_of=2017-02; the rest of it is of mission,",
        ),
        (
            "country_profile ALB",
            "cite the row of country: wb6 cite country iso3=ALB; the rest of it is of membership, ",
        ),
        ("mission_contribution", "cite a row of one of these: deployment, mission, country, mission_strength; or "),
    ],
)
def test_for_a_join_the_tables_that_it_is_of_are_named_and_how_to_cite_them(words: str, what: str) -> None:
    done = wb6("cite", *words.split(), "--release", "0.4.0")

    assert (done.exit_code, done.stdout) == (1, "")
    assert what in done.stderr
    proposed = re.search(r"wb6 cite ((?!document)[^;]*)", done.stderr)
    again = wb6("cite", *proposed[1].split(), "--release", "0.4.0") if proposed else None
    assert again is None or again.exit_code == 0 or " name one of them:" in again.stderr


def test_what_cannot_be_meant_together_is_a_wrong_call() -> None:
    assert wb6("cite", "mission", "kfor", "--query", "FROM mission").exit_code == 2
    assert wb6("cite", "--column", "start").exit_code == 2


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_a_parser_accepts_every_document_as_bibtex(form: str) -> None:
    done = wb6("cite", "--query", "SELECT document_id FROM document", "--format", form, *RELEASE)
    library = parse_string(done.stdout)

    assert library.failed_blocks == []
    assert sorted(library.entries_dict) == ids("SELECT document_id FROM document")
    brief = library.entries_dict["panero2023"].fields_dict
    assert brief["author"].value == "Panero, Emmanuele"
    assert library.entries_dict["kcss2017"]["author"] == "Avdiu, Plator"


def test_the_dataset_is_cited_with_its_version() -> None:
    assert wb6("cite", *RELEASE).stdout == (
        "WB6, “WB6: The Western Balkan Six and NATO,” data set, version 0.2.0, n.d.\n"
    )
    entry = parse_string(wb6("cite", "--format", "biblatex", "--release", "0.1.0").stdout).entries[0]
    assert (entry.key, entry["version"]) == ("wb6-0.1.0", "0.1.0")
    entry = parse_string(wb6("cite", "--format", "bibtex", "--release", "0.1.0").stdout).entries[0]
    assert (entry.key, entry["note"]) == ("wb6-0.1.0", "Version 0.1.0")


def test_a_style_may_be_named_or_a_file_and_cite_in_the_text(tmp_path: Path) -> None:
    own = tmp_path / "own.csl"
    own.write_bytes(style_file("apa").read_bytes())
    dependent = tmp_path / "dependent.csl"
    link = '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>'
    dependent.write_text(f"<style><info>{link}</info></style>", "utf-8")

    named = cite("milestone ALB nato application_submitted --style apa")

    assert named.stdout == (
        "(Mazi, 2009)\n\n"
        "Mazi, Z. (2009, April). Newest in Nato. Embassy Magazine. "
        "http://embassymagazine.com/defence/def_news/emb16_def1.html\n"
    )
    assert cite("milestone ALB nato application_submitted", "--style", str(own)).stdout == named.stdout
    assert "it is the same as apa; name that file" in cite("mission kfor", "--style", str(dependent)).stderr


def test_italics_are_kept_in_markdown_and_html() -> None:
    fact = "milestone ALB nato application_submitted"

    assert "“Newest in Nato,” *Embassy Magazine*, April 2009, <http" in cite(fact, "--format", "markdown").stdout
    html = cite(fact, "--format", "html").stdout
    assert html.startswith("<p>Zef Mazi, “Newest in Nato,” <em>Embassy Magazine</em>, April 2009, <a href=")
    assert "span" not in html


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        ("p. 72", "72"),
        ("pp. 72-75", "72\u201375"),
        ("sec. Bosnia and Herzegovina", "sec. Bosnia and Herzegovina"),
        ("sec. Russia, China & Iran - an outlook, n. 3", "sec. Russia, China & Iran - an outlook, n. 3"),
        ("n. 19", "n. 19"),
        ("para. 4", "para. 4"),
        ("ch. 2", "ch. 2"),
        ("tbl. 3", "tbl. 3"),
        ("fig. A1", "fig. A1"),
        ("sec. *bold* {x} [y] <i>", "sec. *bold* {x} [y] <i>"),
        (None, None),
    ],
)
def test_a_locator_is_shown_as_it_was_written(locator: str | None, shown: str | None) -> None:
    items = [{"id": "a", "type": "book", "title": "Book", "issued": {"date-parts": [[2023]]}, "publisher": "House"}]

    note = cited(items, [Source(Passage("a", locator))], style_file("chicago-notes"), "text")

    assert note == [f"Book (House, 2023){f', {shown}' if shown else ''}."]


def test_a_doubtful_date_is_one_for_biblatex_and_in_notes() -> None:
    item = citable({"document_id": "a", "type": "book", "title": "50% & more", "issued": "2009~"})

    assert cited([item], [Source(Passage("a", None))], style_file("chicago-notes"), "text") == ["50% & More ([2009?])."]
    assert "  date = {2009~}\n" in converted([item], "biblatex")
    assert "  title = {50\\% \\& {More}}" in converted([{**item, "title": "50% & More"}], "biblatex")


def test_a_document_cited_twice_is_given_in_full_both_times() -> None:
    items = [{"id": "a", "type": "book", "title": "Book"}, {"id": "b", "type": "book", "title": "Other"}]
    sources = [Source(Passage("a", f"p. {n}"), Passage("b", None) if n == 2 else None) for n in (1, 2)]

    assert cited(items, [*sources, Source(Passage("b", None))], style_file("chicago-notes"), "text") == [
        "Book (n.d.), 1.",
        "Book (n.d.), 2, citing Other (n.d.).",
        "Other (n.d.).",
    ]
