"""What takes time and is overtaken is dropped: a reader sees what was asked for last."""

from __future__ import annotations

from typing import Any

import pytest

from tests.explorer.conftest import Open, go

SLOW = """() => {
  const text = Response.prototype.text;
  window.unpacked = 0;
  Response.prototype.text = async function () {
    await new Promise((done) => (window.release = done));
    const found = await text.call(this);
    setTimeout(() => (window.unpacked += 1), 100);
    return found;
  };
}"""
"""Tables that are not yet unpacked wait until they are released."""
CLAIMED, COMPUTED = 'a[href^="#/table/membership/"]', 'a[href^="#/table/country_profile/"]'


@pytest.fixture
def slow(known: Open) -> Any:
    """The page of a country, in which the footnotes of claims take as long as a test says."""
    tab = known("#/conflicts")
    go(tab, "#/country/ALB")
    tab.evaluate(SLOW)
    return tab


def click(tab: Any, selector: str) -> None:
    tab.evaluate("(selector) => document.querySelector(`main ${selector}`).click()", selector)


def arrive(tab: Any) -> None:
    """Let the footnotes arrive, and what waits for them be done."""
    tab.evaluate("() => window.release()")
    tab.wait_for_function("() => window.unpacked === 1")


def test_a_fact_that_was_asked_for_before_does_not_take_the_place_of_the_last_one(slow: Any) -> None:
    click(slow, CLAIMED)
    slow.wait_for_function("() => window.release")
    click(slow, COMPUTED)
    heading = slow.locator("dialog[open] h2")
    heading.wait_for()
    said = heading.text_content()
    arrive(slow)

    assert heading.text_content() == said
    assert "Computed from" in slow.locator("dialog").inner_text()


def test_a_fact_does_not_open_over_the_view_that_was_gone_to_meanwhile(slow: Any) -> None:
    click(slow, CLAIMED)
    slow.wait_for_function("() => window.release")
    go(slow, "#/countries")
    arrive(slow)

    assert slow.locator("dialog[open]").count() == 0
