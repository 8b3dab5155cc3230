"""What things, tables, columns and codes are called: in words, in full, and with the mark that leads to the note on status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from tests.explorer.altered import altered, copied, described, put, put_rows, resource, titled, written
from tests.explorer.conftest import PHONE, Open, go, rows

Asked = duckdb.DuckDBPyConnection


def names(tab: Any, selector: str) -> list[str]:
    texts: list[str] = tab.locator(selector).all_text_contents()
    return texts


def test_columns_tables_and_codes_are_named_in_words_with_the_technical_name_on_hand(known: Open) -> None:
    tab = known("#/table/mission_role")
    heads = names(tab, "table.data thead th button")
    assert heads == ["mission", "country", "role", "start", "end", "number of claims", "disputed"]
    assert names(tab, "table.data thead th small") == ["mission_id", "iso3", "n_claims"]
    assert tab.locator("h1").text_content() == "Mission role"
    assert "asset provider" in names(tab, "table.data select option")
    go(tab, "#/table/event?f.kind=armed_attack")
    assert {row[3] for row in rows(tab, "table.data")} == {"armed attack"}
    assert tab.locator("table.data td a[title=armed_attack]").count() == 11
    for address in ("#/tables", "#/country/SRB", "#/mission/kfor", "#/conflicts", "#/changes", "#/timeline"):
        go(tab, address)
        shown = tab.locator("main").evaluate(
            "(main) => { const c = main.cloneNode(true); c.querySelectorAll('code').forEach((e) => e.remove()); return c.textContent; }"
        )
        assert set(re.findall(r"\b[a-z]+_[a-z_]+\b", shown)) <= {"as_of"}, address  # in a description of a table


def test_names_in_charts_are_whole_and_each_its_own_on_a_phone(opened: Open, con: Asked) -> None:
    tab = opened("#/timeline", viewport=PHONE)
    title = "Missions from start to end"
    figure = tab.locator(f'figure:has(h3:text-is("{title}"))')
    figure.locator("svg").wait_for()
    wanted = con.sql(
        "SELECT coalesce(short_name, name) FROM mission WHERE start_earliest IS NOT NULL ORDER BY ALL"
    ).fetchall()
    script = "(all) => all.map((t) => [t.textContent, t.getBoundingClientRect().left, t.getBoundingClientRect().right])"
    labels = figure.locator("svg text").evaluate_all(script)
    own = {text: (left, right) for text, left, right in labels if not text.isdigit()}

    assert set(own) >= {name for (name,) in wanted}
    assert all(left >= 0 and right <= PHONE["width"] for left, right in own.values())


def test_kosovo_carries_its_mark_in_titles_charts_and_the_tab(opened: Open, con: Asked) -> None:
    tab = opened("#/threat/unrest-northern-kosovo")
    for title in (tab.title(), tab.locator("h1").text_content()):
        assert "Kosovo*" in title and not re.search(r"Kosovo(?!\*)", title)
    for address in (
        "#/mission/kfor",
        "#/table/event/event_id=kosovo-security-force-transformation/name",
        "#/search?q=kosovo",
    ):
        go(tab, address)
        for title in (tab.title(), tab.locator("h1").text_content()):
            assert not re.search(r"Kosovo(?!\*)", title), address
    for address in ("#/timeline", "#/threats", "#/map"):
        go(tab, address)
        tab.wait_for_selector("main svg")
        said = tab.locator("main svg").evaluate_all(
            "(all) => all.flatMap((s) => [s.textContent, ...[...s.querySelectorAll('[aria-label]')].map((e) => e.getAttribute('aria-label'))]).join(' ')"
        )
        assert "Kosovo*" in said and not re.search(r"Kosovo(?!\*)", said), address
    ((document, title),) = con.sql(
        "SELECT document_id, title FROM document WHERE contains(title, 'Kosovo') ORDER BY ALL LIMIT 1"
    ).fetchall()
    go(tab, f"#/document/{document}")
    assert tab.locator("h1").text_content() == title  # a quotation
    assert "without prejudice to positions on status" in tab.locator("footer").inner_text()


def test_a_column_of_another_release_is_told_by_its_title(opened: Open, tmp_path: Path) -> None:
    """A title that the Data Package gives goes before the technical name."""
    release = copied(tmp_path)
    titled(release, "facility", "sites", kind="sort of site")
    tab = opened("#/table/facility", written(tmp_path, release))

    assert tab.locator("h1").text_content() == "Sites"
    assert "sort of site" in names(tab, "table.data thead th button")


def test_a_column_may_be_called_as_what_every_list_has(opened: Open, tmp_path: Path) -> None:
    names_ = ("length", "map", "find")
    release = copied(tmp_path)

    def add(entries: list[dict[str, Any]]) -> None:
        (like,) = [entry for entry in entries if entry["name"] == "kind"]
        entries += [{**like, "name": name, "description": f"The {name} of it."} for name in names_]

    described(release, "manifest.json", lambda m: add(m["tables"]["facility"]["columns"]))
    described(release, "datapackage.json", lambda p: add(resource(p, "facility")["schema"]["fields"]))
    put_rows(release, "facility", "SELECT *, kind AS length, kind AS map, kind AS find FROM facility")
    tab = opened("#/table/facility", written(tmp_path, release))

    assert set(names_) <= set(names(tab, "table.data thead th button"))
    assert len(rows(tab, "table.data")) > 0
    tab.locator("table.data tbody td:nth-last-child(1) a").first.click()
    tab.wait_for_selector("dialog[open] .big")
    assert "The find of it." in tab.locator("dialog").inner_text()


def test_the_order_of_names_is_the_same_in_every_language(opened: Open, tmp_path: Path) -> None:
    """In Danish, Aa stands behind Z."""
    release = copied(tmp_path)
    put(release, "country", "name", "Aaland")
    path = written(tmp_path, release)
    english, danish = (rows(opened("#/countries", path, locale=one), "main table") for one in ("en-GB", "da-DK"))

    assert english == danish
    assert "Aaland" in {row[0] for row in english}


def test_the_sign_that_parts_a_key_may_stand_in_a_value(opened: Open, tmp_path: Path) -> None:
    path = altered(tmp_path, event_figure="SELECT * REPLACE ('a|b=c' AS \"group\") FROM event_figure LIMIT 1")
    tab = opened("#/table/event_figure", path)
    tab.locator("table.data td.open a").click()
    tab.wait_for_selector("dialog[open] h2")

    assert tab.locator("dialog h2").text_content().endswith(", a|b=c")
