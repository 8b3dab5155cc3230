"""A browser without a network, and the page of the committed release opened from disk in it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.explorer.page import page
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium")
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the latest release, as a file."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    path.write_text(page((ROOT / "outputs" / "latest").resolve()), "utf-8")
    return path


@pytest.fixture(scope="module")  # Playwright leaves an event loop running, which Dagster has no use for
def browser() -> Iterator[Any]:
    """The system's Chromium. Skips where it, or Playwright, is missing."""
    pytest.importorskip("playwright", reason="Playwright is not installed, which drives the browser")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed, which the page is opened in")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Any, explorer: Path) -> Iterator[Open]:
    """Opens an address of the page; afterwards nothing may have been said on the console or asked of a network."""
    said: list[str] = []
    contexts = []

    def told(dialog: Any) -> None:
        said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def open_at(address: str = "#/", path: Path = explorer, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": DESKTOP, "offline": True, **options})
        contexts.append(context)
        with contextlib.suppress(Exception):  # from disk, Chromium may not need the leave
            context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab = context.new_page()
        tab.on("console", lambda m: said.append(f"console {m.type}: {m.text}") if m.type != "log" else None)
        tab.on("pageerror", lambda error: said.append(f"error: {error}"))
        tab.on(
            "request", lambda r: said.append(f"request: {r.url}") if not r.url.startswith(("file:", "blob:")) else None
        )
        tab.on("dialog", told)
        tab.set_default_timeout(15_000)
        tab.goto(f"{path.as_uri()}{address}")
        tab.wait_for_selector("body[data-ready]")
        return tab

    yield open_at
    for context in contexts:
        context.close()
    assert said == []


def go(tab: Any, address: str) -> None:
    """Follow an address within the page that is open, until its view is there."""
    before = tab.evaluate("document.body.dataset.ready")
    tab.evaluate("(address) => { location.hash = address; }", address)
    tab.wait_for_function("(before) => document.body.dataset.ready !== before", arg=before)


def rows(tab: Any, selector: str) -> list[list[str]]:
    """The cells of a table's body, row by row, as text."""
    script = "(table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    found: list[list[str]] = tab.locator(selector).first.evaluate(script)
    return found
