"""Search finds facts: by names, by dates in words or figures, by figures however they are written; quickly, the best first."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

import pytest

from tests.explorer.altered import tenfold
from tests.explorer.conftest import Open
from tests.explorer.yardstick import seconds

OCTOBER = "#/table/mission_strength/mission_id=kfor|as_of=2023-10"
TYPED = """async (text) => {
  const field = document.querySelector('.find input');
  const took = [];
  for (let i = 1; i <= text.length; i++) {
    const before = document.querySelector('.count');
    const answered = new Promise((done) => {
      const seen = new MutationObserver(() => {
        if (document.querySelector('.count') === before) return;
        seen.disconnect();
        done();
      });
      seen.observe(document.querySelector('main'), {childList: true, subtree: true});
    });
    const started = performance.now();
    field.value = text.slice(0, i);
    field.dispatchEvent(new Event('input'));
    await answered;
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
def test_a_fact_is_found_by_its_words_dates_and_figures(known: Open, query: str, fact: str, among: int) -> None:
    tab = known("#/")
    tab.get_by_role("searchbox", name="Search everything").fill(query)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("ol.found")

    assert any(address.startswith(fact) for address in found(tab)[:among]), found(tab)[:among]


def test_a_found_fact_leads_to_its_claims_and_its_values_to_theirs(known: Open) -> None:
    tab = known("#/search?q=KFOR%20October%202023")
    first = tab.locator("ol.found > li").first
    assert "~4,500" in first.inner_text()
    first.locator("a", has_text="~4,500").click()
    tab.wait_for_selector("dialog[open] .big")

    assert tab.locator("dialog .big").text_content().startswith("~4,500")


def test_a_figure_is_no_part_of_a_longer_one(known: Open) -> None:
    whole = known("#/search?q=14409").locator("ol.found").inner_text()
    part = known("#/search?q=4409").locator(".count").inner_text()

    assert "14,409" in whole
    assert part == "No fact has a word of “4409”."


def test_where_no_fact_has_all_words_the_nearest_are_shown_and_that_is_said(known: Open) -> None:
    tab = known("#/search?q=Albania%20cyber%20zebra")

    assert "No fact has all words of “Albania cyber zebra”" in tab.locator(".count").inner_text()
    assert "with 2 of 3" in tab.locator(".count").inner_text()
    assert found(tab)
    assert "No fact has a word of “zebra”" in known("#/search?q=zebra").locator(".count").inner_text()


def test_results_follow_what_is_typed_and_so_does_the_address(known: Open) -> None:
    tab = known("#/search?q=kfor")
    field = tab.get_by_role("searchbox", name="Search everything")
    field.focus()
    tab.keyboard.press("End")
    tab.keyboard.type(" 2023-10")
    tab.wait_for_function("() => document.querySelector('.count').textContent.includes('kfor 2023-10')")

    assert found(tab)[0] == OCTOBER
    assert "q=kfor%202023-10" in tab.evaluate("location.hash")
    assert tab.evaluate("document.activeElement.name") == "q"


def test_the_counts_by_table_are_those_of_the_tables(known: Open) -> None:
    tab = known("#/search?q=KFOR%20October%202023")
    links = tab.locator(".by-table a").evaluate_all("(all) => all.map((a) => [a.getAttribute('href'), a.textContent])")
    assert len(links) > 2
    for address, text in links:
        other = known(address)
        assert other.locator(".count").text_content().split(" ")[0] == text.split(": ")[1].split(" ")[0], address


def answered(tab: Any) -> float:
    """Seconds until a letter is answered, in the middle of a query."""
    return float(statistics.median(tab.evaluate(TYPED, "kfor october 2023"))) / 1000


def test_typing_is_answered_at_once(opened: Open) -> None:
    tab = opened("#/search?q=k")
    tab.evaluate(TYPED, "serbia")  # warm

    assert seconds(tab, lambda: answered(tab)) < 0.05


def test_ten_times_the_rows_are_still_searched_while_typing(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = opened("#/search?q=k", tenfold(tmp_path, monkeypatch))

    assert seconds(tab, lambda: answered(tab)) < 0.2
