"""A link to a filtered table leads to the rows that were counted beside it, and to no other's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.explorer.altered import altered
from tests.explorer.conftest import Open, go

COUNTED = """async (addresses) => {
  const found = {};
  for (const address of addresses) {
    const before = document.body.dataset.ready;
    location.hash = address;
    while (document.body.dataset.ready === before) await new Promise((r) => setTimeout(r));
    found[address] = Number(document.querySelector('.count').textContent.split(' of ')[0].replaceAll(',', ''));
  }
  return found;
}"""


def counted(tab: Any, addresses: Iterable[str]) -> dict[str, int]:
    """How many rows each of these addresses of a table shows."""
    found: dict[str, int] = tab.evaluate(COUNTED, list(addresses))
    return found


@pytest.mark.parametrize("column", ["document_id", "origin_document_id"])
def test_the_claims_of_each_document_are_its_own(opened: Open, con: duckdb.DuckDBPyConnection, column: str) -> None:
    """Of all documents with claims, those whose id is part of another's: there a search by parts finds more."""
    held = dict(
        con.sql(
            f"WITH n AS (SELECT {column} AS id, count(*) AS n FROM claim WHERE {column} IS NOT NULL GROUP BY ALL) "
            "SELECT * FROM n WHERE EXISTS (FROM document AS d WHERE d.document_id <> id AND contains(d.document_id, id))"
        ).fetchall()
    )
    wanted = {f"#/table/claim?f.{column}=={document}": number for document, number in held.items()}

    assert wanted and counted(opened("#/about"), wanted) == wanted


def linked(tab: Any) -> dict[str, int]:
    """The tables that the sections of a page lead to, each with the number in its heading;"""
    script = """(sections) => sections.flatMap((s) => {
      const links = [...s.querySelectorAll('a[href*="/table/"]')].filter((a) => a.getAttribute("href").includes("?"));
      return links.length ? [[links.map((a) => a.getAttribute('href')), Number(s.querySelector('h2 small').textContent)]] : [];
    })"""
    found = tab.locator("main section:has(h2 small)").evaluate_all(script)
    return {" ".join(addresses): number for addresses, number in found}


@pytest.mark.parametrize("kind", ["threat", "mission", "country", "document"])
def test_the_number_beside_a_link_is_that_of_the_rows_it_leads_to(
    opened: Open, con: duckdb.DuckDBPyConnection, kind: str
) -> None:
    """For all threats, missions and countries of the six; for documents, those with the most claims and all that cite or are cited."""
    ids = {
        "threat": "SELECT threat_id FROM threat",
        "mission": "SELECT mission_id FROM mission",
        "country": "SELECT iso3 FROM country WHERE is_wb6 UNION SELECT party_b FROM relation JOIN country ON iso3 = party_b",
        "document": "FROM (SELECT document_id FROM claim GROUP BY ALL HAVING count(*) > 200) UNION SELECT document_id FROM reference UNION SELECT cited_document_id FROM reference",
    }[kind]
    tab = opened("#/about")
    wanted: dict[str, int] = {}
    for (name,) in con.sql(ids).fetchall():
        go(tab, f"#/{kind}/{name}")
        wanted |= linked(tab)
    found = counted(tab, sorted({address for each in wanted for address in each.split(" ")}))

    assert wanted
    assert {each: sum(found[address] for address in each.split(" ")) for each in wanted} == wanted


def test_ids_within_ids_and_codes_within_words_add_no_rows(opened: Open, tmp_path: Path) -> None:
    path = altered(
        tmp_path,
        threat_exposure="FROM threat_exposure UNION ALL BY NAME SELECT * REPLACE ('more-' || threat_id AS threat_id) FROM threat_exposure",
        relation="SELECT * REPLACE ('srb_alb_xkx' AS sector) FROM relation",
    )
    tab = opened("#/about", path)
    wanted: dict[str, int] = {}
    for address in ("#/threat/influence-operations", "#/country/SRB", "#/country/ALB"):
        go(tab, address)
        wanted |= {each: n for each, n in linked(tab).items() if "threat_exposure" in each or "relation" in each}

    assert len(wanted) > 3
    found = {each: sum(counted(tab, each.split(" ")).values()) for each in wanted}
    assert found == wanted


def test_the_numbers_of_what_changed_lead_to_as_many_rows(opened: Open) -> None:
    tab = opened("#/changes")
    script = "(all) => all.map((a) => [a.getAttribute('href'), Number(a.textContent.replaceAll(',', ''))])"
    wanted = dict(tab.locator("main td a.number").evaluate_all(script))

    assert wanted
    assert counted(tab, wanted) == wanted


def test_what_people_type_and_older_addresses_are_part_of_a_cell(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    like = con.sql("SELECT count(*) FROM claim WHERE contains(document_id, 'cia2023-bih')").fetchall()[0][0]
    own = con.sql("SELECT count(*) FROM claim WHERE document_id = 'cia2023-bih'").fetchall()[0][0]
    members = con.sql("SELECT count(*) FROM membership WHERE organisation_id = 'nato'").fetchall()[0][0]
    old, exact = "#/table/claim?f.document_id=cia2023-bih", "#/table/claim?f.document_id==cia2023-bih"
    chosen = ["#/table/membership?f.organisation_id=nato", "#/table/membership?f.organisation_id==nato"]
    tab = opened("#/about")

    assert like > own > 0
    assert counted(tab, [old, exact]) == {old: like, exact: own}
    assert tab.get_by_label("Filter document", exact=True).input_value() == "=cia2023-bih"
    assert counted(tab, chosen) == dict.fromkeys(chosen, members)
