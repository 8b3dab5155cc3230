"""The committed release answers what the brief was read for."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT

LATEST = ROOT / "outputs" / "latest"


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_kfor_strength_start_host_tasks_and_legal_basis(con: duckdb.DuckDBPyConnection) -> None:
    mission = rows(con, "SELECT start, hosts, legal_basis, tasks FROM mission WHERE mission_id = 'kfor'")
    claimed = rows(
        con,
        "SELECT value FROM claim WHERE row_key = 'mission_id=kfor|as_of=2023-10' "
        "AND column_name = 'personnel' AND document_id = 'panero2023' AND rank = 'normal'",
    )

    assert mission == [
        (
            "1999-06-12",
            ["XKX"],
            "UN Security Council Resolution 1244 (1999)",
            ["freedom_of_movement", "safe_and_secure_environment"],
        )
    ]
    assert claimed == [("~4500",)]


def test_nato_status_of_each_of_the_six_and_since_when(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "SELECT iso3, nato_status, nato_status_since FROM country_profile ORDER BY iso3")

    assert found == [
        ("ALB", "member", "2009-04-01"),
        ("BIH", "partner", "2006"),
        ("MKD", "member", "2020-03-27"),
        ("MNE", "member", "2017-06-05"),
        ("SRB", "neutral", "2007-12-26"),
        ("XKX", "aspirant", None),
    ]


@pytest.mark.parametrize(
    ("place", "contributors"),
    [
        ("XKX", {"ALB", "MKD", "MNE"}),
        ("LVA", {"ALB", "MKD", "MNE"}),
        ("BGR", {"ALB"}),
        ("IRQ", {"MKD"}),
    ],
)
def test_who_contributes_to_what_is_in_each_place(
    con: duckdb.DuckDBPyConnection, place: str, contributors: set[str]
) -> None:
    found = rows(con, f"SELECT DISTINCT iso3 FROM mission_contribution WHERE location_iso3 = '{place}'")

    assert {iso3 for (iso3,) in found} >= contributors


def test_contributions_to_kfor_keep_their_qualifiers(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT iso3, personnel, personnel_qualifier FROM mission_contribution "
        "WHERE mission_id = 'kfor' AND as_of = '2023-12' AND shared_with IS NULL AND personnel IS NOT NULL ORDER BY iso3",
    )

    assert found == [("ALB", 60, "approx"), ("MNE", 1, "exact")]


def test_who_polices_whose_air(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT list_sort(list(iso3)) FROM mission_role WHERE mission_id = 'air-policing-western-balkans' AND role = '{}'"

    assert rows(con, sql.format("asset_provider")) == [(["GRC", "ITA"],)]
    assert rows(con, sql.format("beneficiary")) == [(["ALB", "MKD", "MNE"],)]


def test_threats_that_bear_on_montenegro_and_whose_they_are(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con, "SELECT threat_id, actor_iso3 FROM threat_exposure WHERE iso3 = 'MNE' AND actor_id IS NOT NULL ORDER BY 1"
    )

    assert set(found) >= {
        ("chinese-economic-leverage", "CHN"),
        ("chinese-influence-activities", "CHN"),
        ("hybrid-operations-russia", "RUS"),
    }


def test_at_least_250_claims_of_the_brief_each_with_its_section(con: duckdb.DuckDBPyConnection) -> None:
    total, placed = rows(
        con,
        "SELECT count(*), count(*) FILTER (WHERE locator LIKE 'sec. %') FROM claim WHERE document_id = 'panero2023'",
    )[0]

    assert total >= 250
    assert placed == total


def test_all_29_notes_of_the_brief_lead_to_a_document(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT r.note_number FROM reference r JOIN document d ON d.document_id = r.cited_document_id "
        "WHERE r.document_id = 'panero2023' ORDER BY 1",
    )

    assert [number for (number,) in found] == list(range(1, 30))


def test_at_least_150_claims_are_found_in_the_text_and_no_live_one_is_missing(con: duckdb.DuckDBPyConnection) -> None:
    found = dict(rows(con, "SELECT evidence, count(*) FROM claim WHERE rank <> 'deprecated' GROUP BY evidence"))

    assert found["found"] >= 150
    assert "not_found" not in found


def test_at_least_five_statements_of_the_brief_are_deprecated_with_a_reason(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT DISTINCT table_name, row_key, column_name FROM claim "
        "WHERE document_id = 'panero2023' AND rank = 'deprecated' AND rank_reason IS NOT NULL",
    )

    assert len(found) >= 5


def test_at_least_five_deprecated_statements_have_a_better_value_beside_them(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT DISTINCT d.table_name, d.row_key, d.column_name FROM claim d "
        "JOIN claim b ON b.table_name = d.table_name AND b.row_key = d.row_key AND b.column_name = d.column_name "
        "WHERE d.document_id = 'panero2023' AND d.rank = 'deprecated' AND b.is_published AND b.document_id <> 'panero2023'",
    )

    assert len(found) >= 5


def test_kosovo_is_not_published_as_a_participant_of_the_partnership_for_peace(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "SELECT status FROM membership WHERE iso3 = 'XKX' AND organisation_id = 'pfp'")

    assert found == [("aspirant",)]


def test_every_published_value_stands_on_a_claim(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con,
        "SELECT m.iso3, m.organisation_id, m.start FROM membership m LEFT JOIN claim c "
        "ON c.table_name = 'membership' AND c.column_name = 'start' AND c.value = m.start AND c.is_published "
        "AND c.row_key = concat('iso3=', m.iso3, '|organisation_id=', m.organisation_id, '|status=', m.status, '|spell=', m.spell) "
        "WHERE m.start IS NOT NULL AND c.claim_id IS NULL",
    )

    assert found == []


def test_every_table_that_names_kosovo_carries_the_note_on_status() -> None:
    readme = (LATEST / "README.md").read_text("utf-8")
    package = (LATEST / "datapackage.json").read_text("utf-8")

    for text in (readme, package):
        assert "without prejudice to positions on status" in text
