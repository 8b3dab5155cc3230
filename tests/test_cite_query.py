"""Citing the answer to a query: what it rests on, and what of it cannot be cited."""

from __future__ import annotations

import json
import re

import pytest
from bibtexparser.entrypoint import parse_string

from pipeline.cite.exported import told_of
from pipeline.cite.source import Passage, Source
from tests.test_cite import RELEASE, cite, ids, wb6

OCTOBER = "WHERE mission_id = 'kfor' AND as_of = '2023-10'"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        # claims
        ("SELECT claim_id FROM claim WHERE document_id = 'dvids-airpolicing'", ["dvids-airpolicing"]),
        # a row's key as one text, with a column or without, in the tables that have it
        (
            "SELECT table_name, row_key, column_name FROM conflict WHERE row_key = 'mission_id=kfor|as_of=2023-10'",
            ["nato2023-kfor", "panero2023"],
        ),
        (
            "SELECT 'mission_strength' AS \"table\", 'mission_id=kfor|as_of=2023-10' AS key",
            ["kuna2023-kfor", "nato2023-kfor", "natowatch2023", "panero2023"],
        ),
        # the key of a table that is read, with the columns that are asked for
        (f"SELECT mission_id, as_of, personnel FROM mission_strength {OCTOBER}", ["nato2023-kfor", "panero2023"]),
        (
            f"WITH a AS (FROM mission_strength) SELECT as_of, mission_id, nations FROM a {OCTOBER}",
            ["kuna2023-kfor", "natowatch2023"],
        ),
        (
            "SELECT iso3, missions, location_iso3, as_of, unit, personnel FROM deployment "
            "WHERE iso3 = 'HUN' AND as_of LIKE '2009%'",
            ["farmaroc2009-kfor"],
        ),
        # columns that a field is expanded to, such as a bound without a best value
        (
            "SELECT mission_id, as_of, personnel_low FROM mission_strength WHERE mission_id = 'kfor' AND as_of = '2023-10'",
            ["nato2023-kfor", "panero2023"],
        ),
        ("SELECT mission_id, start_earliest FROM mission WHERE mission_id = 'sfor'", ["wikipedia2007-sfor"]),
        # columns of the query's own making rest on the whole row; those of another table that is read, on that one's
        (
            f"SELECT mission_id, as_of, personnel AS strength, nations FROM mission_strength {OCTOBER}",
            ["kuna2023-kfor", "nato2023-kfor", "natowatch2023", "panero2023"],
        ),
        (
            "SELECT s.mission_id, as_of, personnel, start FROM mission_strength s JOIN mission m USING (mission_id) "
            f"{OCTOBER.replace('mission_id', 's.mission_id')}",
            ["nato2023-kfor", "nato2023-kosovo", "panero2023"],
        ),
        (
            "SELECT 'mission_strength' AS table_name, 'mission_id=kfor|as_of=2023-10' AS row_key, "
            "'personnel_low' AS column_name",
            ["nato2023-kfor", "panero2023"],
        ),
        ("SELECT mission_id, start FROM mission_as_of('2003-06-01') WHERE mission_id = 'sfor'", ["wikipedia2007-sfor"]),
        # documents; a table's own column of that name comes after its key
        ("SELECT document_id FROM document WHERE document_id = 'iiss2023'", ["iiss2023"]),
        (
            "SELECT policy_id, title FROM policy WHERE policy_id = 'serbia-neutrality-resolution'",
            ["assembly-serbia2007"],
        ),
    ],
)
def test_the_documents_behind_an_answer(sql: str, expected: list[str]) -> None:
    assert ids(sql) == expected


def test_a_row_of_an_answer_is_cited_as_the_fact_is() -> None:
    """The document that was read, at its passage, citing the one that it rests on, which has no note of its own."""
    asked = f"SELECT mission_id, as_of, personnel FROM mission_strength {OCTOBER}"

    done = wb6("cite", "--query", asked, *RELEASE)

    assert done.stdout == cite("mission_strength kfor 2023-10 --column personnel").stdout
    assert done.stdout.startswith("Emmanuele Panero, ")
    assert ", sec. 6WB: State of the Art, n. 16, citing NATO, “KFOR Key Facts & Figures,” October 2023." in done.stdout


@pytest.mark.parametrize(
    "sql",
    [
        "FROM assessment",
        "SELECT claim_id FROM claim WHERE table_name = 'assessment' AND is_published",
        "SELECT DISTINCT table_name, row_key FROM claim WHERE table_name = 'assessment'",
    ],
)
def test_no_passage_that_an_answer_rests_on_is_lost(sql: str) -> None:
    passages = "FROM claim WHERE table_name = 'assessment' AND is_published AND locator IS NOT NULL"
    asked = wb6("query", f"SELECT DISTINCT locator {passages} ORDER BY locator", "--format", "csv", *RELEASE).stdout
    locators = [line.strip('"') for line in asked.splitlines()[1:]]

    notes = wb6("cite", "--query", sql, *RELEASE).stdout.splitlines()

    assert len(locators) > 20
    assert [at for at in locators if not any(re.search(rf", {re.escape(at)}(\.$|, citing )", n) for n in notes)] == []
    assert len({*notes}) == len([note for note in notes if note]) + 1, "each once"


def test_a_document_that_nobody_read_is_marked_in_a_bibliography() -> None:
    asked = ("cite", "--query", f"SELECT mission_id, as_of, personnel FROM mission_strength {OCTOBER}", *RELEASE)
    note = (
        "Cited in The Western Balkans into NATO: security perspectives (panero2023), sec. 6WB: State of the Art, n. 16"
    )

    items = {item["id"]: item for item in json.loads(wb6(*asked, "--format", "csl-json").stdout)}
    entries = parse_string(wb6(*asked, "--format", "bibtex").stdout).entries_dict

    assert {name: item.get("note") for name, item in items.items()} == {"nato2023-kfor": note, "panero2023": None}
    assert entries["nato2023-kfor"]["note"] == note
    assert "note" not in entries["panero2023"].fields_dict


def test_a_document_that_was_read_as_well_is_not_marked() -> None:
    sources = [Source(Passage("a", "p. 1"), Passage("b", None)), Source(Passage("b", "p. 2"))]
    items = [{"id": name, "type": "book", "title": name} for name in "ab"]

    assert told_of(items, sources) == items
    assert [item.get("note") for item in told_of(items, sources[:1])] == [None, "Cited in a (a), p. 1"]


def test_an_answer_that_rests_on_no_document_says_so() -> None:
    done = wb6("cite", "--query", "SELECT document_id FROM document WHERE false")

    assert (done.exit_code, done.stdout.strip(), done.stderr) == (0, "", "The answer rests on no document.\n")


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            f"SELECT mission_id, as_of, personnel, name FROM mission_strength NATURAL JOIN (SELECT mission_id, e.name "
            f"FROM mission, event e WHERE event_id = 'x') {OCTOBER}",
            "Not cited: what tables say whose key is not in the answer; select event_id (event), too\n",
        ),
        (
            "SELECT mission_id, c.iso3, c.personnel FROM mission_contribution c JOIN mission USING (mission_id)",
            "Not cited: what mission_contribution puts together from deployment, mission, country, mission_strength; query these for it\n",
        ),
        (
            "SELECT DISTINCT mission_id, '1899' AS as_of, nations FROM mission_strength WHERE mission_id = 'kfor'",
            "Not cited: 1 of the rows, which are none of mission_strength, such as mission_id=kfor|as_of=1899\n",
        ),
    ],
)
def test_what_of_an_answer_is_not_cited_is_told(sql: str, what: str) -> None:
    assert wb6("cite", "--query", sql).stderr.endswith(what)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("SELECT name FROM event", "select the key, event_id (event), or claim_id, document_id, or table_name and row"),
        (
            "SELECT mission_id, iso3, as_of FROM mission_contribution",
            "mission_contribution is put together from deployment, mission, country, mission_strength: query these",
        ),
        ("SELECT nam FROM event", "there is no column nam; did you mean name?"),
        ("COPY claim TO 'x.csv'", "COPY is refused"),
    ],
)
def test_an_answer_that_does_not_say_what_it_rests_on_is_refused(sql: str, what: str) -> None:
    done = wb6("cite", "--query", sql)

    assert done.exit_code == 1
    assert what in done.stderr
