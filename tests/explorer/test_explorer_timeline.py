"""The timeline counts and draws what is dated, and says what it does not draw."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tests.explorer.altered import altered
from tests.explorer.conftest import Open, go, rows

Asked = duckdb.DuckDBPyConnection


def test_dated_things_are_counted_alike_and_what_is_not_drawn_is_said(opened: Open, con: Asked) -> None:
    total, undated = con.sql("SELECT count(*), count(*) FILTER (date_earliest IS NULL) FROM timeline").fetchall()[0]
    tab = opened("#/")
    assert f"{total} dated things" in tab.locator(".numbers").inner_text()
    go(tab, "#/timeline?from=1900&to=2100")

    assert tab.locator(".count").text_content() == f"{total - undated} dated things of {total}."
    assert f"{undated} without a first day" in tab.locator("main").inner_text()


def test_rare_kinds_share_a_colour_and_each_kind_can_have_a_row(opened: Open, con: Asked) -> None:
    tab = opened("#/timeline?from=1900&to=2100")
    boxes = tab.locator("fieldset label").all_text_contents()
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


def test_what_is_looked_for_is_found_without_its_accents(known: Open) -> None:
    tab = known("#/timeline?q=ivanovic")

    assert tab.locator(".count").text_content().startswith("1 dated thing of")
    assert "Ivanović" in tab.locator("figure table").first.text_content()


def test_spells_are_told_in_words_and_none_is_drawn_that_begins_after_the_cut_off(opened: Open, tmp_path: Path) -> None:
    cells = "'2031-05' AS start, DATE '2031-05-01' AS start_earliest, DATE '2031-05-31' AS start_latest"
    late = f"(SELECT * REPLACE ('later' AS mission_id, 'Later' AS short_name, {cells}) FROM mission LIMIT 1)"
    tab = opened("#/timeline", altered(tmp_path, mission=f"FROM mission UNION ALL BY NAME {late}"))
    table = 'figure:has(h3:text-is("Missions from start to end"))'
    tab.locator(f"{table} svg").wait_for()
    told = {row[0]: row[2:] for row in rows(tab, f"{table} table")}
    said = tab.locator(f"{table} svg a").evaluate_all("(all) => all.map((a) => a.getAttribute('aria-label'))")

    assert told["KFOR"] == ["12 June 1999", "runs on"]
    assert [one for one in said if one.startswith("KFOR: ")] == ["KFOR: KFOR, 12 June 1999 to the cut-off date"]
    assert "Later" not in told and not [one for one in said if "Later" in one]
