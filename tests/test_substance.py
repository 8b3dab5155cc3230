"""Checks of substance: each finds the fault it is for, at its row, and leaves what is sound alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.check import check_sources
from pipeline.cli import cli
from pipeline.engine import connect
from pipeline.problems import PipelineError, render
from pipeline.project import Project
from pipeline.substance import find_faults, substance_checks, tables_looked_at
from pipeline.validate import load
from schemas.registry import sources
from tests.conftest import ROOT
from tests.small import ROWS, add, document, row, told, write_project

DOCUMENTS = (document("web2023"), document("other2020", "A", "2020"), {**document("book2023", "A"), "URL": ""})


def strength(as_of: str, personnel: str, **more: str) -> str:
    return row(
        "mission_strength", **{"mission_id": "kfor", "as_of": as_of, "personnel": personnel, "cite": "web2023", **more}
    )


def contingent(iso3: str, as_of: str, personnel: str, **more: str) -> str:
    cells = {"iso3": iso3, "missions": "kfor", "location_iso3": "XKX", "as_of": as_of, "unit": "contingent"}
    return row("deployment", **{**cells, "personnel": personnel, "cite": "web2023", **more})


def spell(number: int, start: str, end: str = "", status: str = "candidate", **more: str) -> str:
    cells = {"iso3": "ALB", "organisation_id": "eu", "status": status, "spell": str(number), "start": start, "end": end}
    return row("membership", **{**cells, "cite": "web2023", **more})


def role(start: str, end: str = "") -> str:
    cells = {"mission_id": "kfor", "iso3": "ALB", "role": "contributor", "start": start, "end": end}
    return row("mission_role", **cells, cite="web2023")


def indicator(period: str, value: str, **more: str) -> str:
    cells = {"iso3": "ALB", "indicator": "debt_pct_gdp", "period": period, "value": value, "unit": "pct_gdp"}
    return row("indicator", **{**cells, "cite": "web2023", **more})


def relation(value: str, unit: str, **more: str) -> str:
    cells = {"relation_id": "loan", "party_a": "ALB", "party_b": "SRB", "kind": "loan", "value": value, "unit": unit}
    return row("relation", **{**cells, "cite": "web2023", **more})


def event(date: str, missions: str = "kfor", **more: str) -> str:
    cells = {"event_id": "raid", "kind": "raid", "date": date, "missions": missions, "cite": "web2023"}
    return row("event", **{**cells, **more})


MISSION = row("mission", mission_id="kfor", organisation_id="nato", start="1999-06", end="2020-03", cite="web2023")
PROTOCOL = "SRB,nato,accession_protocol_signed,2016-05-19,web2023,,,\n"
COUNTRIES = ROWS["country"]
ORGANISATIONS = (
    "eu,European Union,union,,{eu},web2023,,,\nnato,NATO,alliance,1949-04-04,{nato},web2023,,,\nun,,,,{un},web2023,,,\n"
)
MEMBER = {"iso3": "SRB", "organisation_id": "nato", "status": "member"}
DEPRECATED = {"rank": "deprecated", "rank_reason": "A typo of the source."}

FAULTS = {
    "parts above their total": (
        {"mission_strength": strength("2017", "100"), "deployment": contingent("ALB", "2017", "30") + contingent("SRB", "2017", "71")},
        'sources/deployment.csv:3:7: personnel "71": the largest of the contingents that web2023 states for kfor in 2017; '
        "together they are 101, more than its total of 100 in mission_strength.csv; correct the figure that was misread",
    ),
    "parts above their total by their lower bounds": (
        {"mission_strength": strength("2017", "100"), "deployment": contingent("ALB", "2017", ">40") + contingent("SRB", "2017", "70..90")},
        'sources/deployment.csv:3:7: personnel "70..90": the largest of the contingents that web2023 states for kfor in 2017; '
        "together they are 110, more than its total of 100 in mission_strength.csv; correct the figure that was misread",
    ),
    "a part above the upper bound of its total": (
        {"mission_strength": strength("2017", "90..100"), "deployment": contingent("ALB", "2017", "101")},
        'sources/deployment.csv:2:7: personnel "101": the largest of the contingents that web2023 states for kfor in 2017; '
        "together they are 101, more than its total of 90..100 in mission_strength.csv; correct the figure that was misread",
    ),
    "a part far above a rough total": (
        {"mission_strength": strength("2017", "~100"), "deployment": contingent("ALB", "2017", "111")},
        'sources/deployment.csv:2:7: personnel "111": the largest of the contingents that web2023 states for kfor in 2017; '
        "together they are 111, more than its total of ~100 in mission_strength.csv; correct the figure that was misread",
    ),
    "spells in the wrong order": (
        {"membership": spell(1, "2016", "2018") + spell(2, "2014", "2015"), "milestone": "ALB,eu,candidate_status,2016,web2023,,,\n"},
        'sources/membership.csv:3:5: start "2014": spell 2 of ALB in eu as candidate begins before spell 1 has ended (2018); '
        "correct the dates, or give the earlier spell its end",
    ),
    "a candidate still, though a member": (
        {"membership": spell(1, "2014") + spell(1, "2020", status="member")},
        'sources/membership.csv:2:5: start "2014": ALB is candidate of eu while it is a member (since 2020); '
        "correct one of the dates, or give this spell its end",
    ),
    "a member before its treaty": (
        {"membership": spell(1, "2015", status="member"), "milestone": "ALB,eu,accession_treaty_signed,2016~,web2023,,,\n"},
        'sources/membership.csv:2:5: start "2015": ALB is a member of eu before its accession protocol was signed '
        "(2016~ in milestone.csv); correct one of the two dates",
    ),
    "a role before its mission": (
        {"mission": MISSION, "mission_role": role("1998")},
        'sources/mission_role.csv:2:4: start "1998": kfor runs from 1999-06 to 2020-03, and this is of 1998; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "a role after its mission": (
        {"mission": MISSION, "mission_role": role("2001", "2021")},
        'sources/mission_role.csv:2:5: end "2021": kfor runs from 1999-06 to 2020-03, and this is of 2021; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "an organisation that is its own parent": (
        {"organisation": ORGANISATIONS.format(eu="eu", nato="", un="")},
        'sources/organisation.csv:2:5: parent_organisation_id "eu": it is its own parent; correct one of the two, or leave the parent empty',
    ),
    "a loan to itself": (
        {"relation": relation("5", "eur", party_b="ALB")},
        'sources/relation.csv:2:3: party_b "ALB": both parties are the same; correct one of them',
    ),
    "an indicator of a country against itself": (
        {"indicator": indicator("2020", "60", counterpart="ALB")},
        'sources/indicator.csv:2:4: counterpart "ALB": the country is its own counterpart; '
        "correct one of the two, or leave the counterpart empty",
    ),
    "a code of its users called official": (
        {"country": COUNTRIES.replace("user_assigned", "official")},
        'sources/country.csv:4:3: code_status "official": the code XKX is user_assigned; correct the code or its standing',
    ),
    "two units in turn": (
        {"relation": relation("5", "eur") + relation("9", "usd", cite="other2020")},
        'sources/relation.csv:3:9: unit "usd": other values of loan are in eur; one series has one unit, '
        "so give one of them a code of its own",
    ),
    "a share that its code says is of the product": (
        {"indicator": indicator("2020", "60", unit="pct")},
        'sources/indicator.csv:2:6: unit "pct": the code debt_pct_gdp does not name this unit; '
        "rename one of the two, such as debt_eur with eur",
    ),
    "money without a price base": (
        {"indicator": indicator("2020", "60", indicator="defence_expenditure_usd", unit="usd")},
        'sources/indicator.csv:2:6: unit "usd": the code defence_expenditure_usd names no price base; '
        "end it with _current, or with a year as in _2015_prices",
    ),
    "a spell inside the one before": (
        {"membership": spell(1, "2014", "2018") + spell(2, "2016")},
        'sources/membership.csv:3:5: start "2016": spell 2 of ALB in eu as candidate begins before spell 1 has ended (2018); '
        "correct the dates, or give the earlier spell its end",
    ),
    "a spell after one without an end": (
        {"membership": spell(1, "2014") + spell(2, "2016")},
        'sources/membership.csv:3:5: start "2016": spell 2 of ALB in eu as candidate begins before spell 1 has ended '
        "(it has no end); correct the dates, or give the earlier spell its end",
    ),
    "a candidate after it joined": (
        {"membership": spell(1, "2014", "2022") + spell(1, "2020", status="member")},
        'sources/membership.csv:2:6: end "2022": ALB is candidate of eu while it is a member (since 2020); '
        "correct one of the dates, or give this spell its end",
    ),
    "a member before its protocol": (
        {"membership": spell(1, "2015", **MEMBER), "milestone": PROTOCOL},
        'sources/membership.csv:2:5: start "2015": SRB is a member of nato before its accession protocol was signed '
        "(2016-05-19 in milestone.csv); correct one of the two dates",
    ),
    "an event before its mission": (
        {"mission": MISSION, "event": event("1999-05-31")},
        'sources/event.csv:2:7: missions "kfor": kfor runs from 1999-06 to 2020-03, and this is of 1999-05-31; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "an event after its mission": (
        {"mission": MISSION, "event": event("2020-04-01")},
        'sources/event.csv:2:7: missions "kfor": kfor runs from 1999-06 to 2020-03, and this is of 2020-04-01; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "a strength after the mission": (
        {"mission": MISSION, "mission_strength": strength("2021", "100")},
        'sources/mission_strength.csv:2:2: as_of "2021": kfor runs from 1999-06 to 2020-03, and this is of 2021; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "a contingent before the mission": (
        {"mission": MISSION, "deployment": contingent("ALB", "1998", "10")},
        'sources/deployment.csv:2:4: as_of "1998": kfor runs from 1999-06 to 2020-03, and this is of 1998; '
        "correct the date, the mission, or its span in mission.csv",
    ),
    "another unit": (
        {"relation": relation("5", "eur") + relation("6", "eur", cite="other2020") + relation("9", "usd", cite='book2023, p. 1')},
        'sources/relation.csv:4:9: unit "usd": most values of loan are in eur; '
        "convert this one only if its document does, or give it a code of its own",
    ),
    "no unit": (
        {"indicator": indicator("2020", "60", unit="")},
        "sources/indicator.csv:2:6: unit: empty beside a value; name its unit",
    ),
    "a unit that the code does not name": (
        {"indicator": indicator("2020", "60", indicator="debt_pct_gdp", unit="eur")},
        'sources/indicator.csv:2:6: unit "eur": the code debt_pct_gdp does not name this unit; '
        "rename one of the two, such as debt_eur with eur",
    ),
    "a strength far from its neighbours": (
        {"mission_strength": strength("2001", "500") + strength("2002", "5000") + strength("2003", "450")},
        'sources/mission_strength.csv:3:3: warning: personnel "5000": far from its neighbours, 500 in 2001 and 450 in 2003; '
        "look it up again, and correct it, or say in note why it stands, after the word Outlier:",
    ),
    "a last value far from the one before": (
        {"mission_strength": strength("2001", "500") + strength("2002", "550") + strength("2003", "5500")},
        'sources/mission_strength.csv:4:3: warning: personnel "5500": far from its neighbours, 550 in 2002 and 500 in 2001; '
        "look it up again, and correct it, or say in note why it stands, after the word Outlier:",
    ),
    "an answer without words": (
        {"mission_strength": strength("2001", "500") + strength("2002", "550") + strength("2003", "5500", note="Outlier: .")},
        'sources/mission_strength.csv:4:3: warning: personnel "5500": far from its neighbours, 550 in 2002 and 500 in 2001; '
        "look it up again, and correct it, or say in note why it stands, after the word Outlier:",
    ),
    "a contingent far from its neighbours": (
        {"deployment": contingent("ALB", "2001", "50") + contingent("ALB", "2002", "5") + contingent("ALB", "2003", "45")},
        'sources/deployment.csv:3:7: warning: personnel "5": far from its neighbours, 50 in 2001 and 45 in 2003; '
        "look it up again, and correct it, or say in note why it stands, after the word Outlier:",
    ),
    "a share far from its neighbours": (
        {"indicator": indicator("2001", "1.2") + indicator("2002", "12.5") + indicator("2003", "1.3")},
        'sources/indicator.csv:3:5: warning: value "12.5": far from its neighbours, 1.2 in 2001 and 1.3 in 2003; '
        "look it up again, and correct it, or say in note why it stands, after the word Outlier:",
    ),
}  # fmt: skip

SOUND = {
    "a parent of another thing's parent": {"organisation": ORGANISATIONS.format(eu="nato", nato="un", un="")},
    "places in the order of joining": {
        "membership": spell(1, "2009", status="member", ordinal="27")
        + spell(1, "2009", status="member", iso3="SRB", ordinal="26")
        + spell(1, "", status="member", iso3="XKX", ordinal="25")
        + spell(1, "2009", status="member", iso3="XKX", organisation_id="nato", ordinal="27"),
    },
    "parts below their total": {"mission_strength": strength("2017", "100"), "deployment": contingent("ALB", "2017", "99")},
    "parts above the total of another document": {
        "mission_strength": strength("2017", "50", cite="other2020"),
        "deployment": contingent("ALB", "2017", "99"),
    },
    "parts above the total of another date": {
        "mission_strength": strength("2016", "50"),
        "deployment": contingent("ALB", "2017", "99"),
    },
    "a total by place beside its parts": {
        "mission_strength": strength("2017", "100"),
        "deployment": contingent("ALB", "2017", "60") + contingent("ALB", "2017", "60", location_iso3=""),
    },
    "a deprecated part": {
        "mission_strength": strength("2017", "100"),
        "deployment": contingent("ALB", "2017", "990", **DEPRECATED),
    },
    "a bare lower bound as total": {
        "mission_strength": strength("2017", ">50"),
        "deployment": contingent("ALB", "2017", "60"),
    },
    "parts a little above a rough total": {
        "mission_strength": strength("2017", "~100"),
        "deployment": contingent("ALB", "2017", "103"),
    },
    "rough parts a little above their total": {
        "mission_strength": strength("2017", "1000"),
        "deployment": contingent("ALB", "2017", "~500") + contingent("SRB", "2017", "~510"),
    },
    "a total with an open bound in another passage": {
        "mission_strength": strength("2017", "100", cite="book2023, p. 1") + strength("2017", ">100", cite="book2023, p. 2"),
        "deployment": contingent("ALB", "2017", "110", cite="book2023, p. 3"),
    },
    "a part in two passages of one document": {
        "mission_strength": strength("2017", "100", cite="book2023, p. 3"),
        "deployment": contingent("ALB", "2017", "60", cite="book2023, p. 1; book2023, p. 2")
        + contingent("ALB", "2017", "61", cite="book2023, p. 4"),
    },
    "units beside a contingent": {
        "mission_strength": strength("2017", "100"),
        "deployment": contingent("ALB", "2017", "990", unit="battalion"),
    },
    "a figure over several missions": {
        "mission_strength": strength("2017", "100"),
        "deployment": contingent("ALB", "2017", "990", missions="eufor; kfor"),
    },
    "a candidate again after it left": {
        "membership": spell(1, "1973", "2019", status="member") + spell(1, "2022"),
        "milestone": "ALB,eu,candidate_status,2022,web2023,,,\n",
    },
    "a candidate between two memberships": {
        "membership": spell(1, "1973", "2000", status="member") + spell(2, "2010", status="member") + spell(1, "2005", "2010"),
        "milestone": "ALB,eu,candidate_status,2005,web2023,,,\n",
    },
    "a candidate with no dates": {"membership": spell(1, "") + spell(1, "2020", status="member")},
    "a participant before the protocol": {
        "membership": spell(1, "2010", **{**MEMBER, "status": "participant"}),
        "milestone": PROTOCOL,
    },
    "a member of one before the protocol of another": {
        "membership": spell(1, "2010", **{**MEMBER, "organisation_id": "eu"}),
        "milestone": PROTOCOL,
    },
    "a member once before, and again after the protocol": {
        "membership": spell(1, "1990", "2000", **MEMBER) + spell(2, "2017", **MEMBER),
        "milestone": PROTOCOL,
    },
    "a strength in the month the mission ends": {"mission": MISSION, "mission_strength": strength("2020", "100")},
    "debt, which has no price base": {"indicator": indicator("2020", "60", indicator="debt_eur", unit="eur")},
    "money with a price base": {
        "indicator": indicator("2020", "60", indicator="defence_expenditure_usd_2015_prices", unit="usd")
    },
    "spells one after the other": {"membership": spell(1, "2014", "2016") + spell(2, "2016")},
    "a candidate until it joined": {"membership": spell(1, "2014", "2020") + spell(1, "2020", status="member")},
    "a member in the year of its protocol": {"membership": spell(1, "2016", **MEMBER), "milestone": PROTOCOL},
    "a member whose wrong date is deprecated": {
        "membership": spell(1, "2017", **MEMBER) + spell(1, "2015", **MEMBER, **DEPRECATED, cite="other2020"),
        "milestone": PROTOCOL,
    },
    "an event in the month a mission begins": {"mission": MISSION, "event": event("1999-06-01")},
    "an event with no date": {"mission": MISSION, "event": event("")},
    "a value without a best figure": {"relation": relation("60..80", "eur")},
    "an outlier that a note answers": {
        "mission_strength": strength("2001", "500")
        + strength("2002", "5000", note="Outlier: reinforced for one summer.")
        + strength("2003", "450")
    },
    "a last value long after the one before": {"mission_strength": strength("2001", "500") + strength("2009", "5500")},
    "steady growth": {"mission_strength": strength("2001", "100") + strength("2002", "250") + strength("2003", "600")},
    "less than twice its neighbours": {
        "mission_strength": strength("2001", "500") + strength("2002", "990") + strength("2003", "510")
    },
    "more than half its neighbours": {
        "mission_strength": strength("2001", "500") + strength("2002", "260") + strength("2003", "510")
    },
    "series of other counterparts and places": {
        "mission": row("mission", mission_id="kfor", hosts="SRB; XKX", cite="web2023"),
        "indicator": indicator("2001", "1", counterpart="SRB") + indicator("2002", "9") + indicator("2003", "1", counterpart="SRB"),
        "deployment": contingent("ALB", "2001", "10") + contingent("ALB", "2002", "90", location_iso3="SRB") + contingent("ALB", "2003", "10"),
    },
    "a few people more": {"deployment": contingent("ALB", "2001", "1") + contingent("ALB", "2002", "9") + contingent("ALB", "2003", "1")},
}  # fmt: skip


def write(root: Path, rows: dict[str, str]) -> Project:
    cites = "; ".join(f"{item['id']}, p. 1" for item in DOCUMENTS)
    policy = row("policy", policy_id="plan", cite=cites)
    return write_project(root, DOCUMENTS, policy=policy, **rows)


@pytest.mark.parametrize(("rows", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_row(tmp_path: Path, rows: dict[str, str], expected: str) -> None:
    assert told(write(tmp_path, rows)) == [expected]


@pytest.mark.parametrize("rows", SOUND.values(), ids=SOUND)
def test_what_is_sound_is_left_alone(tmp_path: Path, rows: dict[str, str]) -> None:
    assert told(write(tmp_path, rows)) == []


def test_parents_that_lead_back_to_where_they_began_are_told_at_each_of_them(tmp_path: Path) -> None:
    organisations = ORGANISATIONS.format(eu="nato", nato="un", un="eu")

    assert told(write(tmp_path, {"organisation": organisations})) == [
        f'sources/organisation.csv:{line}:5: parent_organisation_id "{parent}": the parents of {thing} lead back to it; '
        "correct the parent of one of them"
        for line, thing, parent in ((2, "eu", "nato"), (3, "nato", "un"), (4, "un", "eu"))
    ]


def test_a_place_in_the_order_of_joining_is_told_at_both_that_claim_it(tmp_path: Path) -> None:
    one = spell(1, "2009", status="member", ordinal="28")
    other = spell(1, "2010", status="member", iso3="SRB", ordinal="28")
    last = spell(1, "", status="member", iso3="XKX", ordinal="28", organisation_id="nato")
    also = spell(1, "", status="member", iso3="SRB", ordinal="28", organisation_id="nato")

    assert told(write(tmp_path, {"membership": one + other + last + also})) == [
        'sources/membership.csv:2:7: ordinal "28": SRB is number 28 of eu, since 2010; '
        "correct the number, the country or the start of one of them",
        'sources/membership.csv:3:7: ordinal "28": ALB is number 28 of eu, since 2009; '
        "correct the number, the country or the start of one of them",
        'sources/membership.csv:4:7: ordinal "28": SRB is number 28 of nato; '
        "correct the number, the country or the start of one of them",
        'sources/membership.csv:5:7: ordinal "28": XKX is number 28 of nato; '
        "correct the number, the country or the start of one of them",
    ]


def test_a_later_joiner_with_an_earlier_place_is_told(tmp_path: Path) -> None:
    rows = spell(1, "2009", status="member", ordinal="28") + spell(1, "2010", status="member", iso3="SRB", ordinal="27")

    assert [line.partition(": ")[2].partition(";")[0] for line in told(write(tmp_path, {"membership": rows}))] == [
        'ordinal "28": SRB is number 27 of eu, since 2010',
        'ordinal "27": ALB is number 28 of eu, since 2009',
    ]


def test_a_code_of_two_countries_is_told_at_both(tmp_path: Path) -> None:
    assert told(write(tmp_path, {"country": COUNTRIES.replace("RS,", "AL,")})) == [
        'sources/country.csv:2:2: iso2 "AL": SRB has the same (line 3); correct one of the two',
        'sources/country.csv:3:2: iso2 "AL": ALB has the same (line 2); correct one of the two',
    ]


def test_faults_of_substance_are_told_beside_problems_of_other_tables(tmp_path: Path) -> None:
    project = write(tmp_path, {"membership": spell(1, "2014") + spell(2, "2016")})
    add(project, "facility", "Bad Id,,ALB,,,,,,web2023,,,\n")

    assert [line.split(" ")[0] for line in told(project)] == [
        "sources/facility.csv:2:1:",
        "sources/membership.csv:3:5:",
    ]


def test_a_table_with_broken_cells_is_not_looked_at_for_substance(tmp_path: Path) -> None:
    report = check_sources(write(tmp_path, {"membership": spell(1, "abuot 2014") + spell(2, "2016")}))

    assert len(report.problems) == 1
    waiting = ("member_after_protocol", "member_since_its_step", "ordinals_in_order", "spells_apart", "spells_numbered")
    assert report.waiting == waiting


def test_a_warning_is_marked_in_every_format(tmp_path: Path) -> None:
    rows, _ = FAULTS["a strength far from its neighbours"]
    problems = check_sources(write(tmp_path, rows)).problems

    assert '"severity": "warning"' in render(problems, "json")
    assert render(problems, "github").startswith(
        "::warning file=sources/mission_strength.csv,line=3,col=3,title=outlier::"
    )


def test_every_check_reads_source_tables_and_finds_fault_with_some_of_them() -> None:
    with connect() as con:
        for check in substance_checks(Project(ROOT).checks):
            assert set(check.tables) <= set(tables_looked_at(con, [check]).stated), check.name
            assert check.meaning.endswith("."), check.name


def test_broken_tables_are_told_and_the_checks_that_wait_for_them_do_not_stop_the_others(tmp_path: Path) -> None:
    rows = {"membership": spell(1, "abuot 2014"), "deployment": contingent("ALB", "2017", "abuot 60")}
    report = check_sources(write(tmp_path, {**rows, "relation": relation("5", "")}))

    assert [(p.file, p.line) for p in report.problems] == [
        ("sources/deployment.csv", 2),
        ("sources/membership.csv", 2),
        ("sources/relation.csv", 2),
    ]
    assert "one_unit" not in report.waiting


def test_warnings_alone_let_a_check_pass(tmp_path: Path) -> None:
    rows, _ = FAULTS["a strength far from its neighbours"]
    write(tmp_path, rows)

    done = CliRunner().invoke(cli, ["--project", str(tmp_path), "check"])

    assert done.exit_code == 0
    assert done.stdout.count("warning:") == 1
    assert done.stderr.endswith("1 warning\n")


WRONG_SQL = {
    "another shape": ("SELECT 1 AS one", "selects one; select table_name, source_line, column_name, value, message"),
    "SQL that fails": ("SELECT nothing FROM stated.membership", "Binder Error"),
    "a table it does not name": (
        "SELECT 'event' AS table_name, 2 AS source_line, 'date' AS column_name, 'x' AS value, 'm' AS message",
        "select a place in one of the tables its first line names",
    ),
    "no line": (
        "SELECT 'membership' AS table_name, NULL AS source_line, 'start' AS column_name, 'x' AS value, 'm' AS message",
        "select a place in one of the tables its first line names",
    ),
}


@pytest.mark.parametrize(("sql", "expected"), WRONG_SQL.values(), ids=WRONG_SQL)
def test_a_check_whose_sql_is_wrong_is_named(tmp_path: Path, sql: str, expected: str) -> None:
    project = write(tmp_path / "project", {})
    (tmp_path / "odd.sql").write_text(f"-- error in membership: Nothing.\n{sql}\n", "utf-8")
    table = sources()["membership"]

    with connect() as con, pytest.raises(PipelineError, match="pipeline/.*/odd.sql: .*" + expected):
        origin, _ = load(con, project, table)
        find_faults(
            con, {check: tables_looked_at(con, [check]) for check in substance_checks(tmp_path)}, {"membership": origin}
        )


BROKEN = {
    "no header": ("SELECT 1", "open it with -- error in <tables>: <what holds>"),
    "a stranger": ("-- error in memership: A.\nSELECT 1", "memership is no source table; correct its first line"),
}


@pytest.mark.parametrize(("sql", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_check_that_does_not_say_what_it_checks_is_refused(tmp_path: Path, sql: str, expected: str) -> None:
    (tmp_path / "odd.sql").write_text(sql, "utf-8")

    with pytest.raises(PipelineError, match=expected):
        substance_checks(tmp_path)
