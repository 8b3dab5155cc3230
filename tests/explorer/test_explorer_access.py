"""For everyone: no serious fault found by axe-core, no view wider than a phone, open within a second, with ten times the rows too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from tests.explorer.altered import RELEASE, tenfold
from tests.explorer.conftest import PHONE, Open, go, painted
from tests.explorer.yardstick import seconds

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
VIEWS = (
    "#/map?date=2009-04-01",
    "#/timeline",
    "#/missions",
    "#/mission/kfor",
    "#/threats",
    "#/threat/iranian-cyber-operations",
    "#/countries",
    "#/country/XKX",
    "#/conflicts",
    "#/changes",
    "#/tables",
    "#/table/claim",
    "#/table/mission_strength/mission_id=kfor|as_of=2023-10/personnel",
    "#/document/panero2023",
    "#/search?q=banjska",
    "#/about",
    "#/",
)
COLOURED = (
    "#/map?date=2009-04-01",
    "#/threats",
    "#/mission/isaf",
    "#/country/ALB",
    "#/conflicts",
    "#/table/mission",
    "#/table/deployment?sort=-as_of&f.none=1",
    "#/timeline?lanes=kind",
    "#/search?q=kfor%202026",
    "#/changes",
    "#/",
)
"""Views that between them use every colour and every sort of control."""


def serious(tab: Any) -> list[str]:
    """The serious and critical faults of what is shown."""
    tab.evaluate(AXE)
    script = "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`))"
    found: list[str] = tab.evaluate(script)
    return found


@pytest.mark.parametrize(
    ("scheme", "viewport", "views"), [("light", None, (*COLOURED, *VIEWS)), ("dark", PHONE, COLOURED)]
)
def test_axe_finds_no_serious_fault_in_any_view(
    known: Open, scheme: str, viewport: Any, views: tuple[str, ...]
) -> None:
    tab = known("#/about", color_scheme=scheme, reduced_motion="reduce", **({"viewport": viewport} if viewport else {}))
    faults = {}
    for address in views:
        go(tab, address)
        painted(tab)
        faults[address] = serious(tab)
    tab.locator("table.plain a.value").first.click()
    tab.wait_for_selector("dialog[open] .panel-content > *")
    faults["the panel"] = serious(tab)

    assert {name: found for name, found in faults.items() if found} == {}


def test_no_view_is_wider_than_a_phone(known: Open) -> None:
    tab = known("#/about", viewport=PHONE)
    wide = []
    for address in VIEWS:
        go(tab, address)
        painted(tab)
        if tab.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(address)

    assert wide == []


def test_every_view_has_one_heading_and_its_own_title(known: Open) -> None:
    tab = known("#/about")
    titles = set()
    for address in VIEWS:
        go(tab, address)
        assert tab.locator("h1").count() == 1
        titles.add(tab.title())

    assert len(titles) == len(VIEWS)


def interactive(tab: Any) -> float:
    """Seconds from the start of loading to the first view with its data."""
    return float(tab.evaluate("performance.getEntriesByName('wb6-interactive')[0].startTime")) / 1000


def test_the_page_is_usable_within_a_second(opened: Open) -> None:
    yard = opened("#/about")

    assert min(seconds(yard, lambda: interactive(opened())) for _ in range(3)) < 1


def test_ten_times_the_rows_still_open(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tenfold(tmp_path, monkeypatch)
    rows = parquet.read_metadata(RELEASE / "parquet" / "claim.parquet").num_rows * 10
    yard = opened("#/about")
    tabs = []

    def took() -> float:
        tabs.append(opened("#/table/claim", path))
        return interactive(tabs[-1])

    assert seconds(yard, took) < 10
    assert tabs[0].locator(".count").text_content() == f"{rows:,} of {rows:,} rows"


def test_the_navigation_says_where_it_goes_on(opened: Open) -> None:
    tab = opened("#/", viewport=PHONE)
    nav = tab.locator("nav")
    tab.wait_for_selector("nav.more-after")
    assert "more-before" not in (nav.get_attribute("class") or "")
    tab.locator("nav a", has_text="About").focus()
    tab.wait_for_selector("nav.more-before:not(.more-after)")

    assert opened("#/").locator("nav.more-after, nav.more-before").count() == 0
