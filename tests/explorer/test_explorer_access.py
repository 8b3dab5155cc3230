"""For everyone: no serious fault found by axe-core, no view wider than a phone, open within a second, with ten times the rows too."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from pipeline.explorer.blocks import table_columns
from pipeline.explorer.page import page
from tests.conftest import ROOT
from tests.explorer.conftest import PHONE, Open, go

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

WORK = """() => {
  const started = performance.now();
  const rows = Array.from({length: 300000}, (_, i) => ({id: `${(i * 7919) % 300007}`, n: i}));
  JSON.parse(JSON.stringify(rows)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return performance.now() - started;
}"""
"""What a browser does in 0.3 s where two cores have nothing else to do; so a second, wherever it runs, is three times this."""
SECOND = 3.0


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
    opened: Open, scheme: str, viewport: Any, views: tuple[str, ...]
) -> None:
    tab = opened(
        "#/about", color_scheme=scheme, reduced_motion="reduce", **({"viewport": viewport} if viewport else {})
    )
    faults = {}
    for address in views:
        go(tab, address)
        tab.wait_for_timeout(120)
        faults[address] = serious(tab)
    tab.locator("table.plain a.value").first.click()
    tab.wait_for_selector("dialog[open] .panel-content > *")
    faults["the panel"] = serious(tab)

    assert {name: found for name, found in faults.items() if found} == {}


def test_no_view_is_wider_than_a_phone(opened: Open) -> None:
    tab = opened("#/about", viewport=PHONE)
    wide = []
    for address in VIEWS:
        go(tab, address)
        tab.wait_for_timeout(60)
        if tab.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(address)

    assert wide == []


def test_every_view_has_one_heading_and_its_own_title(opened: Open) -> None:
    tab = opened("#/about")
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
    """A second as measured by work done before and after, so that what else runs slows both alike."""

    def took() -> float:
        before = opened("#/about")
        work = [float(before.evaluate(WORK))]
        tab = opened()
        work.append(float(before.evaluate(WORK)))
        return 1000 * interactive(tab) / (sum(work) / 2)

    assert min(took() for _ in range(3)) < SECOND


def test_ten_times_the_rows_still_open(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = table_columns

    def tenfold(path: Path) -> dict[str, list[Any]]:
        return {name: cells * 10 for name, cells in read(path).items()}

    monkeypatch.setattr("pipeline.explorer.page.table_columns", tenfold)
    started = time.monotonic()
    text = page((ROOT / "outputs" / "latest").resolve())
    (tmp_path / "tenfold.html").write_text(text, "utf-8")
    made = time.monotonic() - started
    tab = opened("#/table/claim", tmp_path / "tenfold.html")
    rows = parquet.read_metadata(ROOT / "outputs" / "latest" / "parquet" / "claim.parquet").num_rows * 10

    assert tab.locator(".count").text_content() == f"{rows:,} of {rows:,} rows"
    assert interactive(tab) < 10, f"made in {made:.1f} s"
