"""Working with the page, by mouse and by keyboard; and the five things an analyst comes for, step by step."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from pipeline.cli import cli
from tests.explorer.altered import RELEASES, copied, put, written
from tests.explorer.conftest import Open, go, rows

OCTOBER = "#/table/mission_strength/mission_id=kfor|as_of=2023-10/personnel"


def clipboard(tab: Any) -> str:
    text: str = tab.evaluate("navigator.clipboard.readText()")
    return text


def settled(tab: Any, count: str) -> None:
    tab.wait_for_function("(count) => document.querySelector('.count').textContent.startsWith(count)", arg=count)


def test_a_table_is_searched_filtered_sorted_and_turned_by_mouse(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    kfor = "count(*) FILTER (mission_id = 'kfor')"
    counts = f"SELECT count(*), {kfor}, {kfor[:-1]} AND disputed) FROM mission_strength"
    total, own, disputed = con.sql(counts).fetchall()[0]
    tab = opened("#/table/mission_strength")

    tab.get_by_role("searchbox", name="Search this table").fill("force nowhere")
    settled(tab, "0 of")
    tab.get_by_role("searchbox", name="Search this table").fill("kosovo force")
    settled(tab, f"{own} of {total}")
    tab.get_by_role("searchbox", name="Search this table").fill("KFOR")
    tab.wait_for_function("() => location.hash.includes('q=KFOR')")
    settled(tab, f"{own} of {total}")
    tab.get_by_role("button", name="Next").click()
    assert tab.locator(".pages span").text_content() == f"Rows 51 to {own} of {own}"
    tab.get_by_label("Filter disputed").select_option("true")
    settled(tab, f"{disputed} of {total}")
    tab.get_by_role("button", name="personnel", exact=True).click()
    tab.get_by_role("button", name="personnel", exact=True).click()
    sizes = [int(row[3].strip("~>").replace(",", "")) for row in rows(tab, "table.data")]

    assert sizes == sorted(sizes) or sizes == sorted(sizes, reverse=True)
    address = tab.evaluate("location.hash")
    assert "q=KFOR" in address and "f.disputed=true" in address and "sort=" in address
    again = opened(address)
    assert rows(again, "table.data") == rows(tab, "table.data")


def test_a_table_is_worked_by_keyboard_alone(opened: Open, con: duckdb.DuckDBPyConnection) -> None:
    tab = opened("#/table/membership")
    tab.get_by_role("searchbox", name="Search this table").focus()
    tab.keyboard.type("albania")
    own = con.sql("SELECT count(*) FROM membership WHERE iso3 = 'ALB'").fetchall()[0][0]
    settled(tab, f"{own} of")
    for _ in range(4):
        tab.keyboard.press("Tab")
    with tab.expect_download() as download:
        while tab.evaluate("document.activeElement.textContent") != "Download CSV":
            tab.keyboard.press("Shift+Tab")
        tab.keyboard.press("Enter")
    assert Path(download.value.path()).read_text("utf-8").count("\n") == own + 1
    tab.get_by_role("button", name="status", exact=True).focus()
    tab.keyboard.press("Enter")
    assert tab.locator("th:has(button:text-is('status'))").get_attribute("aria-sort") in ("ascending", "descending")


def test_a_value_opens_its_claims_and_closes_back_to_it(known: Open) -> None:
    tab = known("#/table/mission_strength?q=kfor&f.disputed=true")
    value = tab.locator("table.data a.value", has_text="~4,500").first
    value.focus()

    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog[open]")
    panel = tab.locator("dialog")
    assert "Documents differ. Why this value?" in panel.inner_text()
    assert "Of documents of grade B, it is stated by the later one" in panel.inner_text()
    assert panel.locator("article.claim").count() == 3
    assert panel.locator("article.claim.published strong").text_content() == "~4500"
    assert "sec. 6WB: State of the Art, n. 16" in panel.inner_text()
    tab.keyboard.press("Escape")

    assert not panel.is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "~4,500"


def test_going_back_closes_the_claims_of_a_value_and_stays_in_the_view(known: Open) -> None:
    tab = known("#/table/mission_strength?q=kfor")
    address = tab.evaluate("location.hash")
    for leave in (tab.go_back, lambda: tab.keyboard.press("Escape")):
        tab.locator("table.data a.value").first.click()
        tab.wait_for_selector("dialog[open]")
        leave()
        tab.wait_for_function("() => !document.querySelector('dialog').open && !history.state?.panel")

        assert tab.evaluate("location.hash") == address
        assert tab.locator("h1").text_content() == "Mission strength"


@pytest.mark.parametrize("search", ["", "kfor"])
def test_all_columns_of_a_table_are_shown_and_hidden_again(
    known: Open, con: duckdb.DuckDBPyConnection, search: str
) -> None:
    tab = known(f"#/table/mission_strength?q={search}")
    every = len(con.sql("DESCRIBE mission_strength").fetchall()) + 1  # and the links to rows
    heads = tab.locator("table.data thead tr").first.locator("th")
    few = heads.count()

    for label, count, column in (("All columns", every, "all"), ("Fewer columns", few, None)):
        tab.get_by_role("button", name=label).click()
        tab.wait_for_function(
            "(n) => document.querySelector('table.data thead tr').querySelectorAll('th').length === n", arg=count
        )
        asked = tab.evaluate("new URLSearchParams(location.hash.split('?')[1]).get('columns')")
        assert asked == column
    assert few < every


def test_what_is_typed_and_left_at_once_has_no_say_in_the_address(known: Open) -> None:
    tab = known("#/table/mission_strength")

    tab.get_by_role("searchbox", name="Search this table").fill("kfor")
    tab.get_by_role("link", name="Timeline").first.click()
    tab.wait_for_selector("h1:text-is('Timeline')")
    tab.wait_for_timeout(300)  # longer than the page waits for typing to rest

    address = tab.evaluate("location.hash")
    assert address.startswith("#/timeline")
    assert "kfor" not in address


def test_what_is_typed_counts_before_what_is_clicked(known: Open) -> None:
    tab = known("#/table/mission_strength")

    tab.get_by_role("searchbox", name="Search this table").fill("kfor")
    tab.get_by_role("button", name="Next").click()

    assert (tab.locator(".pages span").text_content() or "").startswith("Rows 51 to")
    assert "q=kfor" in tab.evaluate("location.hash")
    tab.wait_for_timeout(300)  # longer than the page waits for typing to rest
    assert (tab.locator(".pages span").text_content() or "").startswith("Rows 51 to")


def test_a_footnote_is_copied_by_mouse_and_by_keyboard(known: Open) -> None:
    tab = known(OCTOBER)
    wanted = "Emmanuele Panero, The Western Balkans into NATO: Security Perspectives, Brief no. 12 (CeSI \u2013 Centro Studi Internazionali, 2023), sec. 6WB: State of the Art, n. 16, citing NATO, \u201cKFOR Key Facts & Figures,\u201d"

    tab.get_by_role("button", name="Copy footnote").click()
    tab.get_by_text("Copied").first.wait_for()
    assert clipboard(tab).startswith(wanted)
    assert clipboard(tab).endswith("mission_strength, mission_id=kfor|as_of=2023-10.")
    tab.get_by_role("button", name="Copy this footnote").first.focus()
    tab.keyboard.press("Enter")
    tab.locator(".claim .said", has_text="Copied").first.wait_for()

    assert clipboard(tab).startswith(wanted)
    assert clipboard(tab) == tab.locator(".claim .note").first.inner_text()


def test_a_permalink_leads_to_the_same_fact(known: Open) -> None:
    tab = known("#/mission/kfor")
    tab.locator("figure table a", has_text="~4,500").first.click()
    tab.wait_for_selector("dialog[open] .big")
    tab.locator("dialog").get_by_role("button", name="Copy permalink").click()
    tab.locator("dialog .said", has_text="Copied").wait_for()

    address = clipboard(tab)
    other = known(f"#{address.split('#')[1]}")

    assert address.startswith("WB6: the Western Balkan Six and NATO, version ")
    assert ": explorer.html#/table/mission_strength/mission_id=kfor|as_of=" in address
    assert other.locator(".big").text_content().startswith("~4,500")
    assert other.locator("article.claim").count() == tab.locator("dialog article.claim").count()


@pytest.mark.parametrize(
    "address",
    [
        "#/nowhere",
        "#/table/none",
        "#/table/claim/none",
        "#/country/ZZZ",
        "#/%E0%A4%A",
        "#/__proto__",
        "#/table/__proto__",
    ],
)
def test_an_address_that_leads_nowhere_says_so(opened: Open, address: str) -> None:
    assert "Not in this release" in opened(address).locator("main").inner_text()


def test_the_slider_moves_by_keyboard_and_the_map_follows(known: Open) -> None:
    tab = known("#/map?date=2009-03-31")
    assert "Albania: invited" in tab.locator(".map svg a").evaluate_all(
        "(a) => a.map((x) => x.getAttribute('aria-label'))"
    )

    tab.locator("#day-slider").focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("() => location.hash.includes('2009-04-30')")
    tab.wait_for_selector('.map svg a[aria-label="Albania: member"]')
    tab.get_by_role("button", name="Change before").click()
    tab.wait_for_function("() => location.hash.includes('2009-04-01')")
    tab.locator('.map svg a[aria-label^="Serbia"]').focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("h1:text-is('Serbia')")


def test_light_and_dark_are_chosen_by_hand_or_by_the_system(opened: Open) -> None:
    tab = opened(color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = tab.evaluate(colour)
    tab.get_by_role("button", name="Theme: auto").click()
    light = tab.evaluate(colour)
    tab.get_by_role("button", name="Theme: light").click()

    assert dark != light and tab.evaluate(colour) == dark


def test_the_note_on_status_stands_in_every_view_and_in_print(known: Open) -> None:
    tab = known()
    for address in ("#/", "#/map", "#/mission/kfor", "#/country/XKX", OCTOBER, "#/table/membership"):
        go(tab, f"{address}?") if address == "#/" else go(tab, address)
        assert "without prejudice to positions on status" in tab.locator("footer").inner_text()
    assert tab.locator("h1").text_content() == "Membership"
    tab.emulate_media(media="print")
    assert tab.locator("footer .status-note").is_visible() and not tab.locator("nav").is_visible()
    named = known("#/country/XKX").locator("h1").text_content()
    assert named == "Kosovo*"


def test_the_note_on_status_stands_beside_every_value(known: Open) -> None:
    tab = known("#/table/mission?q=kfor")
    tab.locator("table.data tr:has-text('kfor') td a", has_text="XKX").first.click()
    tab.wait_for_selector("dialog[open] .big")

    assert "Kosovo" not in tab.locator("dialog .panel-head").inner_text()
    assert "without prejudice to positions on status" in tab.locator("dialog .status-note").inner_text()


def test_hostile_cells_are_shown_as_they_are_and_never_run(opened: Open, tmp_path: Path) -> None:
    release = copied(tmp_path)
    put(release, "threat", "name", '<img src=x onerror="alert(1)"><script>alert(2)</script>')
    put(release, "document", "url", "javascript:alert(3)")
    put(release, "document", "title", "</script><svg onload=alert(4)>")

    tab = opened("#/threats", written(tmp_path, release))
    assert tab.locator('main a:has-text("<img src=x onerror")').count() >= 1
    name = parquet.read_table(release / "parquet" / "document.parquet").column("document_id")[0].as_py()
    go(tab, f"#/document/{name}")

    assert tab.locator("h1").text_content() == "</script><svg onload=alert(4)>"
    assert tab.locator('a[href^="javascript"]').count() == 0
    assert tab.locator("main svg[onload], main img").count() == 0


def test_the_size_of_kfor_in_october_2023_and_its_source_take_two_steps(known: Open) -> None:
    tab = known()
    tab.get_by_role("navigation").get_by_role("link", name="KFOR").click()
    tab.locator("figure tr:has(td:text-is('October 2023')) a").first.click()

    text = tab.locator("dialog[open] .panel-content")
    text.wait_for()
    assert "~4,500" in text.inner_text() and "The Western Balkans into NATO" in text.inner_text()


def test_which_sources_disagree_on_a_figure_takes_two_steps(known: Open) -> None:
    tab = known()
    tab.get_by_role("navigation").get_by_role("link", name="Disagreements").click()
    tab.get_by_role("searchbox", name="Search disagreements").fill("kfor, 2023-10")

    card = tab.locator("article.conflict")
    settled(tab, "1 disagreement")
    assert "~4500" in card.inner_text() and ">4500" in card.inner_text() and "natowatch2023" in card.inner_text()


def test_which_missions_albania_staffs_takes_one_step(known: Open) -> None:
    tab = known()
    tab.locator("table.plain").get_by_role("link", name="Albania").click()

    staffed = tab.locator("table.facts tr:has(th:text-is('missions staffed'))")
    staffed.wait_for()
    assert staffed.locator("td").first.locator("a").count() == 8
    assert "KFOR" in staffed.inner_text() and "EUFOR Althea" in staffed.inner_text()


def test_what_changed_since_the_last_release_takes_one_step(opened: Open, tmp_path: Path) -> None:
    tab = opened("#/", written(tmp_path, RELEASES / "0.3.0"))
    tab.get_by_role("navigation").get_by_role("link", name="Changes").click()

    tab.wait_for_selector("h1:has-text('What changed since 0.2.0')")
    evidence = tab.locator("section", has=tab.locator("h2", has_text="Changed by new evidence"))
    row = evidence.locator("tr", has_text="Montenegro Armed Forces")
    assert re.search(r"name\s+Montenegro Armed Forces\s+Armed Forces of Montenegro", row.first.inner_text())


def test_a_footnote_for_a_threat_takes_three_steps(known: Open) -> None:
    tab = known()
    tab.get_by_role("navigation").get_by_role("link", name="Threats").click()
    tab.get_by_role("link", name="Cyber operations ascribed to Iran").first.click()
    tab.get_by_role("button", name="Copy footnote").click()

    tab.get_by_text("Copied").wait_for()
    assert clipboard(tab) == tab.locator(".note").first.inner_text()
    assert clipboard(tab).endswith("threat, threat_id=iranian-cyber-operations.")


def test_the_citation_of_the_release_is_copied_as_wb6_cite_gives_it(opened: Open) -> None:
    tab = opened("#/about")
    tab.get_by_role("button", name="Copy citation").click()
    tab.get_by_text("Copied").wait_for()

    assert clipboard(tab) == CliRunner().invoke(cli, ["cite"]).stdout.strip()
