"""What is dated after the cut-off date of the release: marked where it is shown, and no part of what is called current."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT
from tests.explorer.altered import RELEASE, copied, described, written
from tests.explorer.conftest import Open, go, rows

Asked = duckdb.DuckDBPyConnection
AFTER = "after the cut-off date"


def cut_off(folder: Path, release: Path, day: str) -> Path:
    """The page of a release that ends with another day."""
    copy = copied(folder, release)
    described(copy, "manifest.json", lambda manifest: manifest.update(as_of=day))
    return written(folder, copy)


def test_what_is_dated_after_the_cut_off_is_marked_and_nothing_else_is(
    opened: Open, con: Asked, tmp_path: Path
) -> None:
    """Of what a mission's strength is stated for, half is dated after a day in the middle, which is made the cut-off date."""
    ((day,),) = con.sql("SELECT median(as_of_earliest)::DATE FROM mission_strength").fetchall()
    path = cut_off(tmp_path, (ROOT / "outputs" / "latest").resolve(), str(day))
    tab = opened("#/table/mission_strength?columns=all&sort=-as_of", path)
    found = {(row[2], row[3]) for row in rows(tab, "table.data")}
    tab.get_by_role("button", name="as of", exact=True).click()
    found |= {(row[2], row[3]) for row in rows(tab, "table.data")}
    dated = {earliest: AFTER in cell for cell, earliest in found if earliest}

    assert set(dated.values()) == {True, False}
    assert dated == {earliest: earliest > str(day) for earliest in dated}
    said = f"Evidence that is dated after {day.day} {day:%B} {day.year}"
    assert tab.locator("small.after").first.get_attribute("title").startswith(said)


@pytest.mark.parametrize("day", ["2023-12-31", "2025-12-31"])
def test_the_marks_follow_the_cut_off_of_the_release(opened: Open, tmp_path: Path, day: str) -> None:
    tab = opened("#/table/indicator?sort=-period", cut_off(tmp_path, RELEASE, day))
    cells = [row[3] for row in rows(tab, "table.data")]

    assert [AFTER in cell for cell in cells] == [re.findall(r"\d{4}", cell)[0] > day[:4] for cell in cells]
    go(tab, "#/about")
    assert f"is kept and marked “{AFTER}”" in tab.locator("main").inner_text()


def test_a_fact_of_after_the_cut_off_says_so_where_it_is_opened_and_in_its_chart(known: Open) -> None:
    tab = known("#/table/deployment?sort=-as_of")
    tab.locator("table.data td a", has_text="Open").first.click()
    tab.wait_for_selector("dialog[open] .panel-content > *")
    assert f"dated {AFTER}" in tab.locator("dialog .warn").inner_text()
    tab.keyboard.press("Escape")
    go(tab, "#/country/ALB")
    tab.wait_for_selector("figure svg")

    assert "cut-off" in tab.locator("figure svg text").all_text_contents()
