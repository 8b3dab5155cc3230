"""Quantities are drawn as they are stated, as values, bounds and ranges, and beside them what other documents say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.explorer.altered import altered
from tests.explorer.conftest import Open, rows

CONTINGENT = "iso3={}|missions=kfor|location_iso3=XKX|as_of=2017-02|unit=contingent"


def rival(key: str, table: str, value: str, rank: str = "normal") -> str:
    """A claim that says other than what is published, as a query for it."""
    return (
        f"SELECT * REPLACE ('{table}' AS table_name, '{key}' AS row_key, 'personnel' AS column_name, '{value}' AS value, "
        f"'natowatch2023' AS document_id, '{rank}' AS rank, false AS is_published) FROM claim LIMIT 1"
    )


def stated(iso3: str, how: str, best: str, low: str, high: str) -> str:
    """Cells of February 2017 in which a nation's part in KFOR is stated so."""
    is_it = f"mission_id = 'kfor' AND as_of = '2017-02' AND iso3 = '{iso3}'"
    cells = {"personnel": best, "personnel_low": low, "personnel_high": high, "personnel_qualifier": f"'{how}'"}
    return ", ".join(f"if({is_it}, {value}, {name}) AS {name}" for name, value in cells.items())


def drawn(tab: Any, title: str) -> dict[str, tuple[str, float, float, str]]:
    """The marks of a chart that lead somewhere, but bars: kind, middle, width or height, and turn, by what is said."""
    script = """(nodes) => nodes.filter((n) => n.tagName !== 'rect').map((n) => {
      const {x, y, width, height} = n.getBBox(), m = n.getCTM(), t = n.getAttribute('transform') ?? '';
      return [n.closest('a').getAttribute('aria-label'), n.tagName !== 'path' ? n.tagName : n.getAttribute('d').endsWith('Z') ? 'triangle' : 'cross', x + width / 2 + m.e, Math.max(width, height),
              (/rotate\\(([-\\d]+)/.exec(t) ?? ['', '0'])[1]];
    })"""
    found = tab.locator(f'figure:has(h3:text-is("{title}")) svg a > *').evaluate_all(script)
    return {said: tuple(rest) for said, *rest in found}


def legend(tab: Any, title: str) -> list[str]:
    texts: list[str] = tab.locator(f'figure:has(h3:text-is("{title}")) .legend li').all_text_contents()
    return texts


def other_values(tab: Any, title: str) -> dict[str, str]:
    """What the table behind a chart has as other values, by its first column."""
    figure = f'figure:has(h3:text-is("{title}"))'
    at = tab.locator(f"{figure} thead th").all_text_contents().index("Other values")
    return {row[0].rstrip("*"): row[at] for row in rows(tab, f"{figure} table") if row[at]}


def test_by_nation_shows_where_documents_say_otherwise(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    sql = """
        SELECT m.as_of, m.country_name, c.value, c.document_id, c.rank FROM mission_contribution m JOIN claim c
        ON c.table_name = 'deployment' AND c.column_name = 'personnel' AND NOT c.is_published AND c.row_key = concat(
            'iso3=', m.iso3, '|missions=', m.missions[1], '|location_iso3=', m.location_iso3, '|as_of=', m.as_of, '|unit=', m.unit)
        WHERE m.mission_id = 'kfor' AND m.unit = 'contingent' AND len(m.missions) = 1 AND m.as_of = '2022-08'
    """
    ((_, nation, value, document, rank),) = con.sql(sql).fetchall()
    tab = opened("#/mission/kfor?at=2022-08&nation=MKD")

    assert (nation, rank) == ("North Macedonia", "deprecated")
    for title, first in (
        ("KFOR: personnel by nation, August 2022", nation),
        ("North Macedonia in KFOR", "August 2022"),
    ):
        assert f"{document} says {value}, which is deprecated" in drawn(tab, title)
        assert other_values(tab, title) == {first: f"{value} ({document}, deprecated)"}
        assert "a deprecated claim says otherwise" in legend(tab, title)
    tab.locator('figure:has(h3:text-is("North Macedonia in KFOR")) svg a[aria-label*=" says "]').dispatch_event("click")
    tab.wait_for_selector("dialog[open] article.claim")
    assert value in tab.locator("dialog article.claim strong").all_text_contents()


def test_by_nation_keeps_the_shape_of_bounds_and_ranges(opened: Open, tmp_path: Path) -> None:
    contribution = (
        stated("ALB", "more_than", "NULL", "30", "NULL"),
        stated("SVN", "at_most", "NULL", "NULL", "300"),
        stated("HRV", "range", "NULL", "100", "200"),
    )
    nested = "mission_contribution"
    for cells in contribution:
        nested = f"(SELECT * REPLACE ({cells}) FROM {nested})"
    claims = " UNION ALL BY NAME ".join(
        f"({rival(CONTINGENT.format(iso3), 'deployment', value)})"
        for iso3, value in (("ITA", "~700"), ("USA", ">600"), ("HUN", "<=400"), ("CHE", "200..250"))
    )
    path = altered(tmp_path, mission_contribution=f"FROM {nested}", claim=f"FROM claim UNION ALL BY NAME ({claims})")
    title = "KFOR: personnel by nation, February 2017"
    tab = opened("#/mission/kfor?at=2017-02&nation=ALB", path)
    found = drawn(tab, title)

    assert found["Albania: >30"][3] == "90" and found["Slovenia: \u2264300"][3] == "-90"
    assert found["Croatia: 100\u2013200"][0] == "line"
    place = {said: mark[1] for said, mark in found.items()}
    scale = (place["natowatch2023 says >600"] - place["natowatch2023 says <=400"]) / 200
    assert found["Croatia: 100\u2013200"][2] == pytest.approx(100 * scale, abs=0.5)
    assert found["natowatch2023 says >600"][3] == "90" and found["natowatch2023 says <=400"][3] == "-90"
    assert found["natowatch2023 says ~700"][0] == "cross" and found["natowatch2023 says 200..250"][0] == "line"
    assert other_values(tab, title)["United States"] == ">600 (natowatch2023)"
    assert {"only a bound is stated", "a range is stated", "a document says otherwise"} < set(legend(tab, title))
    assert drawn(tab, "Albania in KFOR")["February 2017: >30"][3] == "0"


def test_a_total_that_is_a_range_is_drawn_as_its_span_and_a_rival_bound_as_a_bound(
    opened: Open, tmp_path: Path
) -> None:
    is_it = "mission_id = 'kfor' AND as_of = '2023-10'"
    cells = {"personnel": "NULL", "personnel_low": "3000", "personnel_high": "6000", "personnel_qualifier": "'range'"}
    ranged = ", ".join(f"if({is_it}, {value}, {name}) AS {name}" for name, value in cells.items())
    claims = f"{rival('mission_id=kfor|as_of=2023-10', 'mission_strength', '5000..5500')}"
    path = altered(
        tmp_path,
        mission_strength=f"SELECT * REPLACE ({ranged}) FROM mission_strength",
        claim=f"FROM claim UNION ALL BY NAME ({claims})",
    )
    title = "KFOR: personnel over time"
    tab = opened("#/mission/kfor", path)
    found = drawn(tab, title)
    (said,) = [said for said in found if said.startswith("October 2023: 3,000\u20136,000")]

    assert found[said][0] == "line"
    assert found["natowatch2023 says 5000..5500"][0] == "line"
    assert found["natowatch2023 says 5000..5500"][2] == pytest.approx(found[said][2] / 6, abs=0.5)
    assert found["natowatch2023 says >4500"][0] == "triangle" and found["bbc2009-kfor says ~14000"][0] == "cross"
    assert "a range is stated" in legend(tab, title)
    assert "a range is stated" not in legend(opened("#/mission/kfor"), title)


def test_figures_by_nation_say_what_documents_they_rest_on(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    held = con.sql(
        "SELECT document_id, count(*) FROM claim WHERE table_name = 'deployment' AND column_name = 'personnel' AND is_published "
        "AND contains(row_key, '|missions=kfor|') AND contains(row_key, '|as_of=2017-02|') GROUP BY ALL"
    ).fetchall()
    tab = opened("#/mission/kfor?at=2017-02")
    note = tab.locator('figure:has(h3:text-is("KFOR: personnel by nation, February 2017")) > p')

    assert f"resting on {len(held)} document" in note.inner_text()
    links = note.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert set(links) == {f"#/document/{document}" for document, _ in held[:4]}


def test_a_value_whose_claims_are_all_deprecated_is_marked(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    keys = con.sql(
        "SELECT DISTINCT row_key FROM claim WHERE table_name = 'mission_strength' AND column_name = 'personnel' AND starts_with(row_key, 'mission_id=kfor|') "
        "GROUP BY ALL HAVING bool_and(rank = 'deprecated')"
    ).fetchall()
    tab = opened("#/mission/kfor")
    marked = tab.locator("figure table a", has_text="nothing published")
    found = marked.evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")

    assert {f"#/table/mission_strength/{key}/personnel" for (key,) in keys} == set(found) != set()
    marked.first.click()
    tab.wait_for_selector("dialog[open] .panel-content > *")
    assert "every claim on it is deprecated" in tab.locator("dialog").inner_text()
