"""The evidence check: a claim's figure, year and country against the passage that its locator names."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.steps import build_claims, build_tables, check_evidence
from pipeline.workdir import Workdir
from schemas.registry import tables
from tests.small import DOCUMENTS, ROWS, document, row, told, write_documents, write_project

CITE = "book2023, sec. One"
MEND = "correct the cell or the locator, or deprecate the claim"

COUNTRIES = "".join(
    row("country", iso3=iso3, name=name, capital=capital, aliases=aliases, cite="web2023")
    for iso3, name, capital, aliases in (
        ("ALB", "Albania", "Tirana", "Albanian; Western Balkans"),
        ("SRB", "Serbia", "Belgrade", "Western Balkans"),
        ("XKX", "Kosovo", "", "Western Balkans"),
        ("LVA", "Latvia", "Riga", ""),
    )
)

STRENGTH = row("mission_strength", mission_id="kfor", as_of="2023", personnel="{}", cite=CITE)
JOINED = row("milestone", iso3="ALB", organisation_id="eu", milestone="applied", date="{}", cite=CITE)
HOSTS = row("mission", mission_id="kfor", hosts="{}", cite=CITE)


def write(root: Path, passage: str, table: str = "mission_strength", rows: str = "") -> Project:
    """A project whose one claim from a book at hand is in `rows`; the book's section One holds the passage."""
    folder = root / "texts"
    folder.mkdir()
    text = f"# One\n{passage}\n# Two\nNothing here.\n".encode()
    (folder / "book2023.txt").write_bytes(text)
    rest = {"milestone": "", "reference": "", "country": COUNTRIES, "mission": ROWS["mission"]}
    rest[table] = rest.get(table, "") + rows
    project = write_project(root, DOCUMENTS, **rest)
    state_hash(project, hashlib.sha256(text).hexdigest())
    return Project(root, folder)


def state_hash(project: Project, sha256: str) -> None:
    """Write the bibliography with the hash of the book's text."""
    book = {**document("book2023", "A", custom={"text_sha256": sha256}), "URL": ""}
    write_documents(project, [book, document("web2023")])


def recorded(project: Project) -> dict[tuple[str, str | None], str]:
    """What the claim table says of each claim from the book, by value and locator."""
    build_claims(project)
    with duckdb.connect() as con:
        claims = con.execute(
            "SELECT value, locator, evidence FROM read_parquet(?) WHERE document_id = 'book2023'",
            [str(Workdir(project.build).path("tables", "claim"))],
        ).fetchall()
    return {(value, locator): evidence for value, locator, evidence in claims}


def build(project: Project) -> list[str]:
    """Read every table and look for the evidence, as a release does; the problems told."""
    built = build_tables(project, [t for t in tables().values() if t.layer != "published"])
    assert not any(step.problems for step in built.values())
    return [str(problem) for problem in check_evidence(project)]


FOUND = {
    "a figure in digits": ("mission_strength", STRENGTH, "4500", "There are 4500 soldiers."),
    "a figure with separators": ("mission_strength", STRENGTH, "4500", "Some 4,500 soldiers."),
    "a figure in words": ("mission_strength", STRENGTH, "~4500", "Some four thousand five hundred soldiers."),
    "a bound": ("mission_strength", STRENGTH, ">100", "More than a hundred of them."),
    "both ends of a range": ("mission_strength", STRENGTH, "60..80", "From sixty to 80 soldiers."),
    "a decimal figure": (
        "indicator",
        row("indicator", iso3="ALB", indicator="debt", period="2023", value="{}", cite=CITE),
        "61.5",
        "Debt of Albania: 61.5 per cent.",
    ),
    "a year": ("milestone", JOINED, "2009-04-28", "Albania applied on 28 April 2009."),
    "a decade": ("milestone", JOINED, "200X", "Albania applied in 2009."),
    "both years of an interval": ("milestone", JOINED, "2009~/2012", "Albania, between 2009 and 2012."),
    "the year of an open interval": ("milestone", JOINED, "2009/..", "Albania, since 2009."),
    "a country by its capital": ("milestone", JOINED, "2009", "Tirana applied in 2009."),
    "a country by an alias": ("milestone", JOINED, "2009", "The Albanian application of 2009."),
    "a country by a collective name": ("milestone", JOINED, "2009", "In 2009 the Western Balkans applied."),
    "a collective name beside a country outside it": (
        "milestone",
        JOINED,
        "2009",
        "In 2009 Latvia welcomed the Western Balkans.",
    ),
    "every country of a list": ("mission", HOSTS, "SRB; XKX", "It runs in Serbia and Kosovo."),
}

NOT_FOUND = {
    "no figure": ("mission_strength", STRENGTH, "4500", "There are 4600 soldiers.", "the figure 4500"),
    "a figure within another": ("mission_strength", STRENGTH, "450", "There are 4500 soldiers.", "the figure 450"),
    "one end of a range": ("mission_strength", STRENGTH, "60..80", "Some sixty soldiers.", "the figure 80"),
    "no year": ("milestone", JOINED, "2009", "Albania applied in 2010.", "the year 2009"),
    "a year within a number": ("milestone", JOINED, "2009", "Albania paid 120095.", "the year 2009"),
    "another decade": ("milestone", JOINED, "200X", "Albania applied in 2010.", "the year 200X"),
    "no country": ("milestone", JOINED, "2009", "Serbia applied in 2009.", "the country ALB"),
    "a country within a word": ("milestone", JOINED, "2009", "Albanianness, 2009.", "the country ALB"),
    "a collective name beside one of its countries": (
        "milestone",
        JOINED,
        "2009",
        "In 2009 Serbia led the Western Balkans.",
        "the country ALB",
    ),
    "one country of a list": ("mission", HOSTS, "SRB; XKX", "It runs in Kosovo.", "the country SRB"),
    "year and country": ("milestone", JOINED, "2009", "Nothing.", "the year 2009, the country ALB"),
}


@pytest.mark.parametrize(("table", "line", "value", "passage"), FOUND.values(), ids=FOUND)
def test_a_claim_whose_passage_says_so_is_found(
    tmp_path: Path, table: str, line: str, value: str, passage: str
) -> None:
    project = write(tmp_path, passage, table, line.format(value))

    assert build(project) == []
    assert recorded(project) == {(value, "sec. One"): "found"}


@pytest.mark.parametrize(("table", "line", "value", "passage", "lacks"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_a_claim_whose_passage_lacks_a_part_of_it_is_told(
    tmp_path: Path, table: str, line: str, value: str, passage: str, lacks: str
) -> None:
    project = write(tmp_path, passage, table, line.format(value))
    column, place = {"mission_strength": ("personnel", 3), "milestone": ("date", 4), "mission": ("hosts", 7)}[table]
    number = (project.sources / f"{table}.csv").read_text("utf-8").count("\n")

    assert told(project) == [
        f'sources/{table}.csv:{number}:{place}: {column} "{value}": not found in book2023, sec. One: lacks {lacks}; {MEND}'
    ]


def test_only_the_passage_that_the_locator_names_is_looked_at(tmp_path: Path) -> None:
    project = write(tmp_path, "There are 4500 soldiers.", rows=STRENGTH.format("4500").replace("One", "Two"))

    assert told(project) == [
        'sources/mission_strength.csv:2:3: personnel "4500": not found in book2023, sec. Two: '
        f"lacks the figure 4500; {MEND}"
    ]


def test_a_passage_that_the_text_lacks_is_told(tmp_path: Path) -> None:
    project = write(tmp_path, "There are 4500 soldiers.", rows=STRENGTH.format("4500").replace("One", "Three"))

    assert told(project) == [
        'sources/mission_strength.csv:2:3: personnel "4500": not found in book2023, sec. Three: '
        f"the text has no passage sec. Three; {MEND}"
    ]


def test_a_row_that_claims_its_country_alone_is_looked_for_too(tmp_path: Path) -> None:
    rows = row("milestone", iso3="ALB", organisation_id="eu", milestone="applied", cite=CITE)
    project = write(tmp_path, "Serbia applied.", "milestone", rows)

    assert told(project) == [
        f'sources/milestone.csv:2:1: row "ALB": not found in book2023, sec. One: lacks the country ALB; {MEND}'
    ]


@pytest.mark.parametrize(
    ("table", "rows", "value"),
    [
        ("organisation", row("organisation", organisation_id="oecd", name="OECD", cite=CITE), "OECD"),
        ("mission", row("mission", mission_id="sfor", legal_basis="A treaty of 1995", cite=CITE), "A treaty of 1995"),
    ],
)
def test_a_claim_without_figure_year_or_country_is_not_checked(
    tmp_path: Path, table: str, rows: str, value: str
) -> None:
    project = write(tmp_path, "Nothing.", table, ROWS[table] * (table == "organisation") + rows)

    assert build(project) == []
    assert recorded(project) == {(value, "sec. One"): "not_checked"}


def test_a_claim_whose_text_is_not_at_hand_is_not_checked(tmp_path: Path) -> None:
    project = write(tmp_path, "Nothing.", rows=STRENGTH.format("4500"))
    project = Project(project.root)

    assert build(project) == []
    assert recorded(project) == {("4500", "sec. One"): "not_checked"}
    assert not (project.outputs / "evidence.csv").exists()


def test_a_deprecated_claim_may_be_missing_from_its_passage(tmp_path: Path) -> None:
    rows = row(
        "mission_strength",
        mission_id="kfor",
        as_of="2023",
        personnel="4500",
        cite=CITE,
        rank="deprecated",
        rank_reason="A slip.",
    )
    project = write(tmp_path, "There are 4600 soldiers.", rows=rows)

    assert build(project) == []
    assert recorded(project) == {("4500", "sec. One"): "not_found"}


def test_a_text_other_than_the_one_in_the_bibliography_is_told_and_not_looked_at(tmp_path: Path) -> None:
    project = write(tmp_path, "Nothing.", rows=STRENGTH.format("4500"))
    state_hash(project, "0" * 64)
    found = hashlib.sha256((tmp_path / "texts" / "book2023.txt").read_bytes()).hexdigest()

    assert told(project) == [
        "sources/references.json:2:1: book2023: the text book2023.txt has another hash than references.json states; "
        f'write in custom "text_sha256": "{found}"'
    ]


def test_a_pdf_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    project = write(tmp_path, "Nothing.", rows=STRENGTH.format("4500"))
    (tmp_path / "texts" / "book2023.txt").rename(tmp_path / "texts" / "book2023.pdf")

    (line,) = told(project)
    assert line.startswith("sources/references.json:2:1: book2023: book2023.pdf cannot be read: ")


CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing else changed": ({}, "found"),
    "the value changed": ({"value": "4501"}, "not_checked"),
    "the passage changed": ({"section": "Two"}, "not_checked"),
    "the text changed": ({"sha256": "0" * 64}, "not_checked"),
}


@pytest.mark.parametrize(("change", "evidence"), CHANGES.values(), ids=CHANGES)
def test_results_hold_without_the_texts_for_the_same_claim_and_text(
    tmp_path: Path, change: dict[str, str], evidence: str
) -> None:
    project = write(tmp_path, "There are 4500 soldiers.", rows=STRENGTH.format("4500"))
    assert build(project) == []
    value, section = change.get("value", "4500"), change.get("section", "One")
    path = project.sources / "mission_strength.csv"
    path.write_text(path.read_text("utf-8").replace("4500", value).replace("One", section), "utf-8")
    if "sha256" in change:
        state_hash(project, change["sha256"])
    elsewhere = Project(project.root)

    assert build(elsewhere) == []
    assert recorded(elsewhere) == {(value, f"sec. {section}"): evidence}


def test_a_claim_once_not_found_is_told_without_the_texts_as_well(tmp_path: Path) -> None:
    rows = row(
        "mission_strength",
        mission_id="kfor",
        as_of="2023",
        personnel="4500",
        cite=CITE,
        rank="deprecated",
        rank_reason="A slip.",
    )
    project = write(tmp_path, "There are 4600 soldiers.", rows=rows)
    assert build(project) == []
    path = project.sources / "mission_strength.csv"
    path.write_text(path.read_text("utf-8").replace("deprecated,A slip.", ","), "utf-8")

    assert told(Project(project.root)) == [
        'sources/mission_strength.csv:2:3: personnel "4500": not found in book2023, sec. One: '
        f"recorded as not found; {MEND}"
    ]


def test_nothing_is_recorded_while_a_claim_is_missing_from_its_passage(tmp_path: Path) -> None:
    project = write(tmp_path, "There are 4600 soldiers.", rows=STRENGTH.format("4500"))

    assert len(build(project)) == 1
    assert not (project.outputs / "evidence.csv").exists()


@pytest.mark.parametrize("damage", ["<<<<<<< HEAD\n", "abc,def\n"], ids=["a merge marker", "a short row"])
def test_a_damaged_record_is_told_with_its_line(tmp_path: Path, damage: str) -> None:
    project = write(tmp_path, "There are 4500 soldiers.", "mission_strength", STRENGTH.format("4500"))
    assert build(project) == []
    record = project.outputs / "evidence.csv"
    record.write_text(record.read_text("utf-8") + damage, "utf-8")

    with pytest.raises(PipelineError, match=r"outputs/evidence\.csv:3:1: not a row of the record of evidence"):
        told(project)
