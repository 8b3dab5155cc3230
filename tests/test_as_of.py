"""As of a day: what held on it, and what was known by it; certainly, possibly, or from documents without a date."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import duckdb
import pytest

from pipeline.orchestration.run import rebuild_once
from tests.loaded import described, loaded
from tests.small import DOCUMENTS, ROWS, document, row, write_project

Claim = tuple[str, str, str | None, str]
"""A value, its document's reliability and day of issue, and its rank."""

SPELLS: tuple[tuple[str, str, str | None], ...] = (
    # a start without an end
    ("2010-06-15", "", "certain"),
    ("2010-06-16", "", None),
    ("2010-06", "", "possible"),
    ("2010-05", "", "certain"),
    ("2010", "", "possible"),
    ("2009", "", "certain"),
    ("2011", "", None),
    ("201X", "", "possible"),
    ("200X", "", "certain"),
    ("2010-06-10/2010-06-20", "", "possible"),
    ("2010-06-10/2010-06-15", "", "certain"),
    ("2009/..", "", "possible"),
    ("2011/..", "", None),
    ("../2009", "", "certain"),
    ("../2011", "", "possible"),
    # about: as far again to either side as the date is long
    ("2008~", "", "certain"),
    ("2009~", "", "possible"),
    ("2011~", "", "possible"),
    ("2012~", "", None),
    ("2010-06-14~", "", "certain"),
    ("2010-06-15~", "", "possible"),
    # doubted: nothing certain rests on it
    ("2001?", "", "possible"),
    ("2001%", "", "possible"),
    ("2012?", "", None),
    # an end after a certain start
    ("2000", "2010-06-14", None),
    ("2000", "2010-06-15", "possible"),
    ("2000", "2010-06-16", "certain"),
    ("2000", "2010-06", "possible"),
    ("2000", "2009", None),
    ("2000", "2010", "possible"),
    ("2000", "2011", "certain"),
    ("2000", "201X", "possible"),
    ("2000", "../2009", None),
    ("2000", "../2011", "possible"),
    ("2000", "2009/..", "possible"),
    ("2000", "2011/..", "certain"),
    ("2000", "2008~", None),
    ("2000", "2009~", "possible"),
    ("2000", "2011~", "possible"),
    ("2000", "2012~", "certain"),
    ("2000", "2020?", "possible"),
    ("2000", "2008?", None),
    # a start that is not recorded
    ("", "", "possible"),
    ("", "2011", "possible"),
    ("", "2009", None),
    # both within one year
    ("2010", "2010", "possible"),
)
"""Start and end, and how the spell held on 2010-06-15; None where it did not."""

CLAIMED: tuple[tuple[tuple[Claim, ...], tuple[tuple[str, str, bool], ...]], ...] = (
    # one document
    ((("1", "B", "2023-10-08", ""),), (("1", "certain", True),)),
    ((("1", "B", "2023-10-09", ""),), ()),
    ((("1", "B", "2023-09", ""),), (("1", "certain", True),)),
    ((("1", "B", "2023-10", ""),), (("1", "possible", False),)),
    ((("1", "B", "2023-11", ""),), ()),
    ((("1", "B", "2023", ""),), (("1", "possible", False),)),
    ((("1", "B", "2022", ""),), (("1", "certain", True),)),
    ((("1", "B", "2022~", ""),), (("1", "possible", False),)),
    ((("1", "B", "2020?", ""),), (("1", "possible", False),)),
    ((("1", "B", None, ""),), (("1", "undated", False),)),
    # certain ones, by the rule of the release
    ((("1", "B", "2020", ""), ("2", "B", "2021", "")), (("2", "certain", True),)),
    ((("1", "A", "2020", ""), ("2", "B", "2021", "")), (("1", "certain", True),)),
    ((("1", "A", "2020", ""), ("2", "B", "2021", "preferred")), (("2", "certain", True),)),
    ((("1", "A", "2020", "deprecated"), ("2", "B", "2021", "")), (("2", "certain", True),)),
    ((("1", "A", "2020", "deprecated"),), ()),
    ((("1", "A", "2024", ""), ("2", "B", "2021", "")), (("2", "certain", True),)),
    # one that may have been out already, and would have stood or not
    ((("1", "B", "2020", ""), ("2", "A", "2023", "")), (("1", "certain", False), ("2", "possible", False))),
    ((("1", "B", "2023-09", ""), ("2", "B", "2023-10", "")), (("1", "certain", False), ("2", "possible", False))),
    ((("1", "A", "2020", ""), ("2", "B", "2023", "")), (("1", "certain", True),)),
    ((("1", "B", "2020", ""), ("1", "A", "2023", "")), (("1", "certain", True),)),
    # one of no date: a dated document of the same grade goes before it
    ((("1", "B", "2020", ""), ("2", "A", None, "")), (("1", "certain", False), ("2", "undated", False))),
    ((("1", "B", "2020", ""), ("2", "B", None, "")), (("1", "certain", True),)),
    ((("1", "B", "2023", ""), ("2", "A", None, "")), (("1", "possible", False), ("2", "undated", False))),
)
"""The claims on one cell, and the values that could have stood on 2023-10-08, each with how it is known and if settled."""


def claims_of(number: int, claims: tuple[Claim, ...]) -> Iterator[str]:
    for n, (value, _, _, rank) in enumerate(claims):
        reason = "Said so." if rank else ""
        cells = {"personnel": value, "cite": f"case{number}-{n}", "rank": rank, "rank_reason": reason}
        yield row("mission_strength", mission_id="kfor", as_of=str(2000 + number), **cells)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A release of a small project: a mission for each spell, a strength of KFOR for each set of claims."""
    missions = [
        row("mission", mission_id=f"spell{n}", name=f"Spell {n}", start=start, end=end, cite="web2023")
        for n, (start, end, _) in enumerate(SPELLS)
    ]
    strengths = chain.from_iterable(claims_of(n, claims) for n, (claims, _) in enumerate(CLAIMED))
    documents = [
        document(f"case{n}-{place}", grade, issued)
        for n, (claims, _) in enumerate(CLAIMED)
        for place, (_, grade, issued, _) in enumerate(claims)
    ]
    project = write_project(
        tmp_path_factory.mktemp("small"),
        [*DOCUMENTS, *documents],
        mission=ROWS["mission"] + "".join(missions),
        mission_strength="".join(strengths),
    )
    outcome = rebuild_once(project)
    assert outcome.version == "0.1.0", outcome.failures
    with loaded((project.outputs / "latest").resolve()) as con:
        yield con


@pytest.fixture(scope="module")
def latest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with loaded(described(tmp_path_factory.mktemp("latest") / "release")) as con:
        yield con


@pytest.mark.parametrize(("number", "expected"), [(n, spell[2]) for n, spell in enumerate(SPELLS)])
def test_a_spell_holds_on_a_day_as_its_bounds_allow(
    small: duckdb.DuckDBPyConnection, number: int, expected: str | None
) -> None:
    held = small.execute(
        "SELECT holds FROM mission_as_of(DATE '2010-06-15') WHERE mission_id = ?", [f"spell{number}"]
    ).fetchall()

    assert held == ([(expected,)] if expected else []), SPELLS[number]


def test_what_is_not_known_of_a_spell_is_said(small: duckdb.DuckDBPyConnection) -> None:
    said = dict(small.execute("SELECT (start, \"end\"), because FROM mission_as_of('2010-06-15')").fetchall())

    assert said["2000", "2011"] is None
    assert said["2009", None] == "no end is recorded"
    assert said["2010-06", None] == "start is 2010-06; no end is recorded"
    assert said["2000", "2010-06-15"] == "end is 2010-06-15"
    assert said[None, "2011"] == "no start is recorded"


def test_nothing_is_certain_after_the_cut_off(small: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT holds, because FROM mission_as_of(DATE '{}') WHERE mission_id = 'kfor'"

    assert small.execute("SELECT cut_off()::VARCHAR").fetchall() == [("2023-12-31",)]
    assert small.execute(sql.format("2023-12-31")).fetchall() == [("certain", "no end is recorded")]
    assert small.execute(sql.format("2024-01-01")).fetchall() == [
        ("possible", "the day is after the cut-off; no end is recorded")
    ]


@pytest.mark.parametrize("macro", ["mission_as_of", "claims_known_by", "known_by", "mission_strength_known_by"])
def test_no_day_has_no_answer(small: duckdb.DuckDBPyConnection, macro: str) -> None:
    assert small.execute(f"FROM {macro}(NULL)").fetchall() == []


def test_a_column_keeps_its_type_and_place(small: duckdb.DuckDBPyConnection) -> None:
    table = small.execute("FROM mission").description
    held = small.execute("FROM mission_as_of('2010-06-15')").description

    assert held[: len(table)] == table
    assert [column[0] for column in held[len(table) :]] == ["holds", "because"]


@pytest.mark.parametrize(("number", "expected"), [(n, case[1]) for n, case in enumerate(CLAIMED)])
def test_what_could_have_stood_by_a_day(
    small: duckdb.DuckDBPyConnection, number: int, expected: tuple[tuple[str, str, bool], ...]
) -> None:
    stood = small.execute(
        "SELECT value, known, settled FROM known_by(DATE '2023-10-08') "
        "WHERE table_name = 'mission_strength' AND key['as_of'] = ? ORDER BY value",
        [str(2000 + number)],
    ).fetchall()

    assert tuple(stood) == expected, CLAIMED[number]


def test_a_table_as_known_has_the_certain_values_and_lists_the_others(small: duckdb.DuckDBPyConnection) -> None:
    by = {case: 2000 + n for n, case in enumerate(CLAIMED)}
    contested = by[next(c for c in CLAIMED if c[0] == (("1", "B", "2020", ""), ("2", "A", "2023", "")))]
    sql = "SELECT personnel, otherwise, settled FROM mission_strength_known_by('2023-10-08') WHERE as_of = '{}'"

    assert small.execute(sql.format(contested)).fetchall() == [
        ("1", [f"personnel 2 (possible, case{contested - 2000}-1)"], False)
    ]
    assert small.execute(sql.format(2000)).fetchall() == [("1", None, True)]
    assert small.execute(sql.format(2001)).fetchall() == []


def test_albania_and_croatia_were_members_of_nato_from_1_april_2009(latest: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT iso3, holds FROM membership_as_of(DATE '{}') WHERE organisation_id = 'nato' AND status = 'member'"
    before, after = (dict(latest.execute(sql.format(day)).fetchall()) for day in ("2008-12-31", "2009-04-01"))

    assert after.keys() - before.keys() == {"ALB", "HRV"}
    assert set(after.values()) == {"certain"}
    assert {"USA", "GRC", "SVN"} <= before.keys()
    assert not {"MNE", "MKD", "FIN"} & after.keys()


def test_kfor_and_sfor_ran_on_1_june_2003(latest: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT mission_id, holds FROM mission_as_of(DATE '{}')"
    in_2003, in_2006 = (dict(latest.execute(sql.format(day)).fetchall()) for day in ("2003-06-01", "2006-06-01"))

    assert in_2003["kfor"] == in_2003["sfor"] == "certain"
    assert "eufor-althea" not in in_2003
    assert in_2006["eufor-althea"] == "certain"
    assert "sfor" not in in_2006


def test_on_8_october_2023_the_press_gave_more_than_4500_for_kfor_and_the_brief_was_not_out(
    latest: duckdb.DuckDBPyConnection,
) -> None:
    sql = (
        "SELECT value, document_id, is_published FROM known_by(DATE '{}') "
        "WHERE row_key = 'mission_id=kfor|as_of=2023-10' AND column_name = 'personnel' AND known = 'certain'"
    )

    assert latest.execute(sql.format("2023-10-05")).fetchall() == []
    assert latest.execute(sql.format("2023-10-08")).fetchall() == [(">4500", "natowatch2023", False)]
    assert latest.execute(sql.format("2023-12-31")).fetchall() == [("~4500", "panero2023", True)]


def test_in_the_end_what_could_be_known_is_what_is_published(latest: duckdb.DuckDBPyConnection) -> None:
    """The macro weighs as the pipeline does: every published cell is listed, and every settled one is published."""
    cell = "table_name, row_key, column_name, value"
    published = f"SELECT DISTINCT {cell} FROM claim WHERE is_published"
    listed = f"SELECT {cell} FROM known_by(DATE '9999-12-31')"

    assert latest.execute("SELECT count(*) > 1000 FROM known_by('9999-12-31') WHERE settled").fetchall() == [(True,)]
    assert latest.execute(f"{published} EXCEPT {listed}").fetchall() == []
    assert latest.execute(f"{listed} WHERE settled EXCEPT {published}").fetchall() == []


def test_what_the_profile_calls_current_held_on_the_cut_off(latest: duckdb.DuckDBPyConnection) -> None:
    for organisation in ("nato", "eu", "pfp"):
        missing = latest.execute(
            f"SELECT p.iso3 FROM country_profile p WHERE p.{organisation}_status IS NOT NULL AND NOT EXISTS ("
            "SELECT 1 FROM membership_as_of(cut_off()) m WHERE m.iso3 = p.iso3 "
            f"AND m.organisation_id = '{organisation}' AND m.status = p.{organisation}_status)"
        ).fetchall()
        assert missing == []
