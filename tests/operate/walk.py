"""A walk through the Dagster UI in a real browser, as someone takes it who breaks a cell, and mends it."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import dagster as dg

from pipeline.project import Project
from tests.operate.deployment import Deployment
from tests.operate.services import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TABLE, CHECK, COLUMN = "milestone", "rows", "date"
PATIENCE = 120_000  # milliseconds; machines that test are busy


def lacking() -> str:
    """What a test in a browser lacks here; empty where nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "needs Playwright: pip install playwright"
    return "" if shutil.which("chromium") else "needs Chromium: apt-get install chromium"


@contextmanager
def browser() -> Iterator[Page]:
    """A page of Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])  # root has none
        page = chromium.new_page(viewport={"width": 1200, "height": 720})
        page.set_default_timeout(PATIENCE)
        yield page
        chromium.close()


@dataclass(frozen=True)
class Ui:
    """The UI in a browser; `take` is given the name of each view that is worth a picture."""

    page: Page
    live: Deployment
    take: Callable[[str], None]

    def open(self, place: str) -> None:
        """Go to a page."""
        self.page.goto(f"http://127.0.0.1:{self.live.port}{place}")

    def see(self, text: str | re.Pattern[str]) -> Locator:
        """Wait until a text is to be seen."""
        found = self.page.get_by_text(text).filter(visible=True).first
        found.wait_for()
        return found

    def materialise_all(self) -> dg.DagsterRun:
        """Press the button for everything, and watch the run to its end."""
        self.open("/asset-groups")
        before = {run.run_id for run in self.live.instance.get_runs()}
        self.page.get_by_role("button", name=re.compile("Materialize all")).click()
        new = wait_for("the run", lambda: [r for r in self.live.instance.get_runs() if r.run_id not in before])
        run = self.live.ended(new[0].run_id)
        self.open(f"/runs/{run.run_id}")
        self.see(re.compile("^(Success|Failure)$"))
        return run

    def open_check(self) -> None:
        """The page of one check of the table."""
        self.open(f"/assets/{TABLE}?view=checks&checkDetail={CHECK}")
        self.see(CHECK)


def cell(project: Project) -> tuple[str, int]:
    """The first date of the table as it is written, and the number of its column."""
    head, row = (project.sources / f"{TABLE}.csv").read_text("utf-8").splitlines()[:2]
    column = head.split(",").index(COLUMN)
    return row.split(",")[column], column + 1


def replace(project: Project, old: str, new: str) -> None:
    """Change the first cell that reads so."""
    path = project.sources / f"{TABLE}.csv"
    path.write_text(path.read_text("utf-8").replace(f",{old},", f",{new},", 1), "utf-8")


def walk(ui: Ui, project: Project) -> None:
    """Build everything, look at a table and a check, break a cell, see where it is, mend it, see that it is mended."""
    assert ui.materialise_all().is_success
    ui.see("Success")
    ui.open("/asset-groups")
    ui.see(re.compile("Materialize all"))
    ui.take("graph")

    ui.open(f"/assets/{TABLE}?view=overview")
    ui.see("Row count")
    ui.take("table")
    ui.open_check()
    ui.see(re.compile("^Passed$"))

    date, column = cell(project)
    replace(project, date, "abuot 2014")
    assert not ui.materialise_all().is_success
    ui.see("Failure")
    ui.open_check()
    ui.see(re.compile(f"sources/{TABLE}.csv:2:{column}"))
    ui.take("check")

    replace(project, "abuot 2014", date)
    assert ui.materialise_all().is_success
    ui.open_check()
    ui.see(re.compile("^Passed$"))
    assert not ui.page.get_by_text(f"sources/{TABLE}.csv:2:{column}").filter(visible=True).count()
