"""A browser without a network, and the page of a committed release opened from disk in it."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.explorer.altered import RELEASE, written

CHROMIUM = shutil.which("chromium")
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the latest release, as a file."""
    return written(tmp_path_factory.mktemp("explorer"), (ROOT / "outputs" / "latest").resolve())


@pytest.fixture(scope="session")
def pinned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a release that stays as it is, as a file."""
    return written(tmp_path_factory.mktemp("pinned"), RELEASE)


def missing(what: str) -> None:
    """Skip what cannot be tried here; where all must be tried, as where CI is set, fail."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")  # Playwright leaves an event loop running, which Dagster has no use for
def browser() -> Iterator[Any]:
    """The system's Chromium. Skips where it, or Playwright, is missing; fails there where CI is set."""
    if find_spec("playwright") is None:
        missing("Playwright is not installed, which drives the browser")
    if CHROMIUM is None:
        missing("Chromium is not installed, which the page is opened in")
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
        own = (path.as_uri(), "blob:")
        tab.on("request", lambda r: said.append(f"request: {r.url}") if not r.url.startswith(own) else None)
        tab.on("dialog", told)
        tab.set_default_timeout(15_000)
        tab.goto(f"{path.as_uri()}{address}")
        tab.wait_for_selector("body[data-ready]")
        return tab

    yield open_at
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def known(opened: Open, pinned: Path) -> Open:
    """The same, of the page of the release whose data a test knows by heart."""
    return functools.partial(opened, path=pinned)


def go(tab: Any, address: str) -> None:
    """Follow an address within the page that is open, until its view is there."""
    before = tab.evaluate("document.body.dataset.ready")
    tab.evaluate("(address) => { location.hash = address; }", address)
    tab.wait_for_function("(before) => document.body.dataset.ready !== before", arg=before)


def painted(tab: Any) -> None:
    """Wait until all charts and maps of the view are drawn."""
    tab.wait_for_function(
        "() => [...document.querySelectorAll('.plot, .map')].every((holder) => holder.querySelector('svg'))"
    )


def rows(tab: Any, selector: str) -> list[list[str]]:
    """The cells of a table's body, row by row, as text."""
    script = "(table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
    found: list[list[str]] = tab.locator(selector).first.evaluate(script)
    return found
