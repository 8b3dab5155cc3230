"""The committed release is the corpus that its readers are promised: coverage, series, conflicts with their reasons."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

SIX = {"ALB", "BIH", "MKD", "MNE", "SRB", "XKX"}


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_at_least_1600_claims_of_at_least_150_documents(con: duckdb.DuckDBPyConnection) -> None:
    claims, documents = ask(con, "SELECT count(*), count(DISTINCT document_id) FROM claim")[0]

    assert claims >= 1600
    assert documents >= 150


def test_no_claim_is_without_a_passage_or_an_address(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT claim_id FROM claim c JOIN document d USING (document_id) WHERE c.locator IS NULL AND d.url IS NULL"

    assert ask(con, sql) == []


def test_the_strength_of_kfor_is_known_at_50_dates_from_1999_to_2025(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT count(DISTINCT as_of), min(year(as_of_earliest)), max(year(as_of_earliest)) FROM mission_strength "
    dates, first, last = ask(con, sql + "WHERE mission_id = 'kfor' AND personnel IS NOT NULL")[0]

    assert dates >= 50
    assert (first, last) == (1999, 2025)


def test_at_least_three_tables_of_kfor_by_nation_add_up_to_their_total(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT as_of, count(*), sum(personnel), any_value(mission_personnel) FROM mission_contribution "
    tables = ask(
        con, sql + "WHERE mission_id = 'kfor' AND coverage = 'complete' AND unit = 'contingent' GROUP BY as_of"
    )

    assert len(tables) >= 3
    for _, nations, parts, total in tables:
        assert nations >= 25
        assert parts == total


def test_a_partial_table_says_what_it_leaves(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT mission_id, as_of FROM mission_contribution WHERE coverage = 'partial' AND residual_qualifier IS NULL"

    assert ask(con, sql) == []


@pytest.mark.parametrize("indicator", ["defence_expenditure_pct_gdp", "armed_forces_personnel"])
def test_the_six_have_twelve_years_of_each_series_or_a_reason(con: duckdb.DuckDBPyConnection, indicator: str) -> None:
    sql = f"SELECT iso3, count(DISTINCT period) FROM indicator WHERE indicator = '{indicator}' GROUP BY iso3"
    years = dict(ask(con, sql))

    assert years.keys() >= SIX
    short = {iso3 for iso3 in SIX if years[iso3] < 12}
    assert short == ({"XKX"} if indicator == "armed_forces_personnel" else set())
    notes = ask(con, "SELECT note FROM claim WHERE row_key LIKE 'iso3=XKX|indicator=armed_forces_personnel|%'")
    assert any("set up in 2009" in (note or "") for (note,) in notes)


STEPS = {
    "ALB": {"nato": {"invited", "accession_protocol_signed", "acceded"}, "eu": {"application_submitted", "candidate_status"}},
    "MNE": {"nato": {"invited", "accession_protocol_signed", "acceded"}, "eu": {"candidate_status", "negotiations_opened"}},
    "MKD": {"nato": {"invited", "accession_protocol_signed", "acceded"}, "eu": {"application_submitted", "candidate_status"}},
    "BIH": {"nato": {"membership_action_plan_invited_conditionally"}, "eu": {"application_submitted", "candidate_status"}},
    "SRB": {"nato": {"individual_partnership_action_plan"}, "eu": {"application_submitted", "negotiations_opened"}},
    "XKX": {"eu": {"stabilisation_and_association_agreement_signed", "application_submitted"}},
}  # fmt: skip


@pytest.mark.parametrize("iso3", sorted(STEPS))
def test_the_steps_of_the_six_are_dated(con: duckdb.DuckDBPyConnection, iso3: str) -> None:
    for organisation, steps in STEPS[iso3].items():
        sql = f"SELECT milestone FROM milestone WHERE iso3 = '{iso3}' AND organisation_id = '{organisation}' AND date IS NOT NULL"

        assert {step for (step,) in ask(con, sql)} >= steps


def test_a_step_without_a_date_says_why(con: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT m.iso3, m.milestone FROM milestone m WHERE m.date IS NULL AND m.iso3 IN ('ALB', 'BIH', 'MKD', 'MNE', 'SRB', 'XKX') "
        "AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.table_name = 'milestone' AND c.note IS NOT NULL AND c.row_key = "
        "'iso3=' || m.iso3 || '|organisation_id=' || m.organisation_id || '|milestone=' || m.milestone)"
    )

    assert ask(con, sql) == []


def test_at_least_45_events_are_dated_and_15_have_figures(con: duckdb.DuckDBPyConnection) -> None:
    security = (
        "SELECT event_id FROM event WHERE date_earliest >= DATE '2014-01-01' AND kind IN ('armed_attack', 'arrests', "
        "'attack_on_property', 'clash', 'cyber_attack', 'explosion', 'killing', 'raid', 'reinforcement', 'sabotage', "
        "'shooting', 'terrorist_attack', 'unrest', 'intrusion', 'military_alert', 'arrest_attempt', 'detention', "
        "'alleged_plot', 'deployment', 'arms_delivery')"
    )

    assert len(ask(con, security)) >= 45
    assert len(ask(con, f"SELECT DISTINCT event_id FROM event_figure WHERE event_id IN ({security})")) >= 15


def test_at_least_ten_keys_are_disputed_and_each_conflict_says_why_one_value_stands(
    con: duckdb.DuckDBPyConnection,
) -> None:
    disputed = "SELECT DISTINCT table_name, row_key FROM conflict WHERE decided_by NOT IN ('others_deprecated', 'none_stands') "

    assert len(ask(con, disputed + "AND NOT only_precision")) >= 10
    assert ask(con, "SELECT row_key FROM conflict WHERE length(reason) < 20") == []


def test_planned_and_undated_figures_are_not_published_as_undisputed_truth(con: duckdb.DuckDBPyConnection) -> None:
    planned = "SELECT claim_id FROM claim WHERE rank_reason ILIKE 'planned%' AND (rank <> 'deprecated' OR is_published)"
    undated = "SELECT claim_id FROM claim WHERE note ILIKE '%undated mirror%' AND is_published AND document_id IN "

    assert ask(con, planned) == []
    assert ask(con, undated + "(SELECT document_id FROM document WHERE reliability IN ('A', 'B'))") == []


def test_the_same_step_in_membership_and_milestone_has_one_date(con: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT m.iso3, m.start, s.date FROM membership m JOIN milestone s USING (iso3, organisation_id) "
        "WHERE m.status = 'member' AND m.spell = 1 AND s.milestone = 'acceded' "
        "AND (m.start_latest < s.date_earliest OR m.start_earliest > s.date_latest)"
    )

    assert ask(con, sql) == []
