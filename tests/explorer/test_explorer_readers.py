"""What readers stumble over: days after the cut-off, names of columns, many changes, names on a phone and in charts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.explorer.blocks import packed
from pipeline.explorer.page import page
from tests.conftest import ROOT
from tests.explorer.conftest import PHONE, Open, go, rows
from tests.explorer.test_explorer_page import block
from tests.explorer.test_explorer_stated import altered

Asked = duckdb.DuckDBPyConnection
AFTER = "after the cut-off date"


def test_what_is_dated_after_the_cut_off_is_marked_and_nothing_else_is(opened: Open, con: Asked) -> None:
    late = con.sql(
        "SELECT as_of FROM deployment WHERE as_of_earliest > (SELECT max(as_of_latest) FROM mission_strength)"
    )
    tab = opened("#/table/deployment?sort=-as_of")
    after = {row[4]: AFTER in row[4] for row in rows(tab, "table.data")}

    assert len(late.fetchall()) > 0 and sum(after.values()) > 0
    for cell, is_marked in after.items():
        assert is_marked == (cell[:10] > "2025-12-31"), cell
    assert (
        tab.locator("small.after").first.get_attribute("title").startswith("Evidence that is dated after 31 December")
    )


@pytest.mark.parametrize("day", ["2023-12-31", "2025-12-31"])
def test_the_marks_follow_the_cut_off_of_the_release(opened: Open, tmp_path: Path, day: str) -> None:
    text = page((ROOT / "outputs" / "latest").resolve())
    about = block(text, "about")
    about["as_of"] = day
    held = re.sub(r'(id="about">)[A-Za-z0-9+/=]*', lambda found: found[1] + packed(about), text)
    (tmp_path / "page.html").write_text(held, "utf-8")
    tab = opened("#/table/indicator?sort=-period", tmp_path / "page.html")
    cells = [row[3] for row in rows(tab, "table.data")]

    assert [AFTER in cell for cell in cells] == [re.findall(r"\d{4}", cell)[0] > day[:4] for cell in cells]
    go(tab, "#/about")
    assert f"is kept and marked “{AFTER}”" in tab.locator("main").inner_text()


def test_a_fact_of_after_the_cut_off_says_so_where_it_is_opened_and_in_its_chart(opened: Open) -> None:
    tab = opened("#/table/deployment?sort=-as_of")
    tab.locator("table.data td a", has_text="Open").first.click()
    tab.wait_for_selector("dialog[open] .panel-content > *")
    assert f"dated {AFTER}" in tab.locator("dialog .warn").inner_text()
    tab.keyboard.press("Escape")
    go(tab, "#/country/ALB")
    tab.wait_for_selector("figure svg")

    assert "cut-off" in tab.locator("figure svg text").all_text_contents()


def names(tab: Any, selector: str) -> list[str]:
    texts: list[str] = tab.locator(selector).all_text_contents()
    return texts


def test_columns_tables_and_codes_are_named_in_words_with_the_technical_name_on_hand(opened: Open) -> None:
    tab = opened("#/table/mission_role")
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


def test_many_changes_of_one_column_are_one_line_that_opens(opened: Open, con: Asked, tmp_path: Path) -> None:
    many = con.sql(
        'SELECT "table", "column", count(*) FROM change WHERE key IS NOT NULL AND class = \'schema\' GROUP BY ALL'
    ).fetchall()
    tab = opened("#/changes")

    assert many
    for table, column, number in many:
        fold = tab.locator("details.many", has_text=f"{table}, {column}: {number} cells added")
        assert fold.locator("table").count() == 0
        fold.locator("summary").click()
        fold.locator("table").wait_for()
        assert fold.locator("tbody tr").count() == min(number, 400)


@pytest.mark.parametrize("version", ["0.2.0", "0.3.0"])
def test_the_changes_of_a_large_release_fit_on_a_few_screens(opened: Open, tmp_path: Path, version: str) -> None:
    (tmp_path / "page.html").write_text(page(ROOT / "outputs" / "releases" / version), "utf-8")
    tab = opened("#/changes", tmp_path / "page.html")

    assert tab.locator("main tbody tr").count() < 400
    assert tab.evaluate("document.documentElement.scrollHeight") < 20_000
    fold = tab.locator("details.rows", has_text="document: ")
    fold.locator("summary").click()
    fold.locator("li").first.wait_for()
    total = int(fold.locator("summary").inner_text().split(": ")[1].split(" ")[0].replace(",", ""))
    assert fold.locator("li").count() == min(total, 400)
    assert ("The first 400 of" in fold.inner_text()) == (total > 400)


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


def test_the_navigation_says_where_it_goes_on(opened: Open) -> None:
    tab = opened("#/", viewport=PHONE)
    nav = tab.locator("nav")
    tab.wait_for_selector("nav.more-after")
    assert "more-before" not in (nav.get_attribute("class") or "")
    tab.locator("nav a", has_text="About").focus()
    tab.wait_for_selector("nav.more-before:not(.more-after)")

    assert opened("#/").locator("nav.more-after, nav.more-before").count() == 0


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


def test_figures_by_nation_say_what_documents_they_rest_on(opened: Open, con: Asked) -> None:
    held = con.sql(
        "SELECT document_id, count(*) FROM claim WHERE table_name = 'deployment' AND column_name = 'personnel' AND is_published "
        "AND contains(row_key, '|missions=kfor|') AND contains(row_key, '|as_of=2017-02|') GROUP BY ALL"
    ).fetchall()
    tab = opened("#/mission/kfor?at=2017-02")
    note = tab.locator('figure:has(h3:text-is("KFOR: personnel by nation, February 2017")) > p')

    assert f"resting on {len(held)} document" in note.inner_text()
    links = note.locator("a").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert set(links) == {f"#/document/{document}" for document, _ in held[:4]}


def test_dated_things_are_counted_alike_and_what_is_not_drawn_is_said(opened: Open, con: Asked) -> None:
    total, undated = con.sql("SELECT count(*), count(*) FILTER (date_earliest IS NULL) FROM timeline").fetchall()[0]
    tab = opened("#/")
    assert f"{total} dated things" in tab.locator(".numbers").inner_text()
    go(tab, "#/timeline?from=1900&to=2100")

    assert tab.locator(".count").text_content() == f"{total - undated} dated things of {total}."
    assert f"{undated} without a first day" in tab.locator("main").inner_text()


def test_rare_kinds_share_a_colour_and_each_kind_can_have_a_row(opened: Open, con: Asked) -> None:
    tab = opened("#/timeline?from=1900&to=2100")
    boxes = names(tab, "fieldset label")
    assert boxes[-1] == "Other" and len(boxes) <= 7
    tab.get_by_label("Rows").select_option("kind")
    figure = tab.locator('figure:has(h3:text-is("Dated things by kind"))')
    figure.locator("svg").wait_for()
    labels = figure.locator("svg text").all_text_contents()

    assert set(boxes) <= set(labels)
    assert "lanes=kind" in tab.evaluate("location.hash")
    kinds = {row[3] for row in rows(tab, 'figure:has(h3:text-is("Dated things by kind")) table')}
    held = {
        k.replace("_", " ") for (k,) in con.sql("SELECT kind FROM timeline WHERE date_earliest IS NOT NULL").fetchall()
    }
    assert kinds == held


def test_a_value_whose_claims_are_all_deprecated_is_marked(opened: Open, con: Asked) -> None:
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


def test_a_column_of_another_release_is_told_by_its_title(opened: Open, tmp_path: Path) -> None:
    """A title that the Data Package gives goes before the technical name."""
    altered(tmp_path)
    path = tmp_path / "r" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    (resource,) = [r for r in package["resources"] if r["name"] == "facility"]
    resource["title"] = "sites"
    resource["schema"]["fields"][3]["title"] = "sort of site"
    path.write_text(json.dumps(package), "utf-8")
    (tmp_path / "altered.html").write_text(page(tmp_path / "r"), "utf-8")
    tab = opened("#/table/facility", tmp_path / "altered.html")

    assert tab.locator("h1").text_content() == "Sites"
    assert "sort of site" in names(tab, "table.data thead th button")
