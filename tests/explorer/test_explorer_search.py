"""Search finds facts: by names, by dates in words or figures, by figures however they are written; quickly, the best first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.explorer.blocks import table_columns
from pipeline.explorer.page import page
from tests.conftest import ROOT
from tests.explorer.conftest import Open

OCTOBER = "#/table/mission_strength/mission_id=kfor|as_of=2023-10"
TYPED = """async (text) => {
  const field = document.querySelector('.find input');
  const took = [];
  for (let i = 1; i <= text.length; i++) {
    const before = document.querySelector('.count');
    const started = performance.now();
    field.value = text.slice(0, i);
    field.dispatchEvent(new Event('input'));
    while (document.querySelector('.count') === before) await null;
    took.push(performance.now() - started);
  }
  return took;
}"""
"""Milliseconds for each letter of a text that is typed."""


def found(tab: Any) -> list[str]:
    """Where the facts that were found lead, the first first."""
    script = "(all) => all.map((li) => li.querySelector('a').getAttribute('href'))"
    addresses: list[str] = tab.locator("ol.found > li").evaluate_all(script)
    return addresses


@pytest.mark.parametrize(
    ("query", "fact", "among"),
    [
        ("KFOR October 2023", OCTOBER, 1),
        ("kfor oct 2023", OCTOBER, 3),
        ("KFOR 2023-10", OCTOBER, 1),
        ("KFOR personnel october 2023", OCTOBER, 1),
        ("Kosovo Force October 2023", OCTOBER, 2),
        ("4500", OCTOBER, 6),
        ("4,500", OCTOBER, 6),
        ("~4,500", OCTOBER, 6),
        ("KFOR 4 500", OCTOBER, 6),
        ("Montenegro cyber", "#/table/threat_target/threat_id=ransomware-attacks|iso3=MNE", 12),
        ("Zvecan", "#/table/event/event_id=zvecan-clashes-2023", 20),
    ],
)
def test_a_fact_is_found_by_its_words_dates_and_figures(opened: Open, query: str, fact: str, among: int) -> None:
    tab = opened("#/")
    tab.get_by_role("searchbox", name="Search everything").fill(query)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("ol.found")

    assert any(address.startswith(fact) for address in found(tab)[:among]), found(tab)[:among]


def test_a_found_fact_leads_to_its_claims_and_its_values_to_theirs(opened: Open) -> None:
    tab = opened("#/search?q=KFOR%20October%202023")
    first = tab.locator("ol.found > li").first
    assert "~4,500" in first.inner_text()
    first.locator("a", has_text="~4,500").click()
    tab.wait_for_selector("dialog[open] .big")

    assert tab.locator("dialog .big").text_content().startswith("~4,500")


def test_a_figure_is_no_part_of_a_longer_one(opened: Open) -> None:
    whole = opened("#/search?q=14409").locator("ol.found").inner_text()
    part = opened("#/search?q=4409").locator(".count").inner_text()

    assert "14,409" in whole
    assert part == "No fact has a word of “4409”."


def test_where_no_fact_has_all_words_the_nearest_are_shown_and_that_is_said(opened: Open) -> None:
    tab = opened("#/search?q=Albania%20cyber%20zebra")

    assert "No fact has all words of “Albania cyber zebra”" in tab.locator(".count").inner_text()
    assert "with 2 of 3" in tab.locator(".count").inner_text()
    assert found(tab)
    assert "No fact has a word of “zebra”" in opened("#/search?q=zebra").locator(".count").inner_text()


def test_results_follow_what_is_typed_and_so_does_the_address(opened: Open) -> None:
    tab = opened("#/search?q=kfor")
    field = tab.get_by_role("searchbox", name="Search everything")
    field.focus()
    tab.keyboard.press("End")
    tab.keyboard.type(" 2023-10")
    tab.wait_for_function("document.querySelector('.count').textContent.includes('kfor 2023-10')")

    assert found(tab)[0] == OCTOBER
    assert "q=kfor%202023-10" in tab.evaluate("location.hash")
    assert tab.evaluate("document.activeElement.name") == "q"


def test_the_counts_by_table_are_those_of_the_tables(opened: Open) -> None:
    tab = opened("#/search?q=KFOR%20October%202023")
    links = tab.locator(".by-table a").evaluate_all("(all) => all.map((a) => [a.getAttribute('href'), a.textContent])")
    assert len(links) > 2
    for address, text in links:
        other = opened(address)
        assert other.locator(".count").text_content().split(" ")[0] == text.split(": ")[1].split(" ")[0], address


def test_typing_is_answered_at_once(opened: Open) -> None:
    tab = opened("#/search?q=k")
    tab.evaluate(TYPED, "serbia")  # warm
    took = sorted(tab.evaluate(TYPED, "kfor october 2023"))

    assert took[len(took) // 2] < 50, took


def test_ten_times_the_rows_are_still_searched_while_typing(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pipeline.explorer.page.table_columns",
        lambda path: {name: cells * 10 for name, cells in table_columns(path).items()},
    )
    (tmp_path / "tenfold.html").write_text(page((ROOT / "outputs" / "latest").resolve()), "utf-8")
    tab = opened("#/search?q=k", tmp_path / "tenfold.html")
    took = sorted(tab.evaluate(TYPED, "kfor october 2023"))

    assert took[len(took) // 2] < 200, took
