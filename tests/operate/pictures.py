"""Take the pictures of the guides: `make pictures`. They show the real sources, on the walk that a test takes, too."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from pipeline.project import Project
from tests.conftest import ROOT
from tests.operate.deployment import deployment
from tests.operate.services import write_home
from tests.operate.walk import Ui, browser, lacking, walk

PICTURES = ROOT / "docs" / "pictures"
SETTLED = 4_000  # milliseconds, for a page to draw itself


def main() -> None:
    """Write a PNG for each view."""
    if lacking():
        sys.exit(f"Taking pictures {lacking()}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        shutil.copytree(ROOT / "sources", root / "project" / "sources")
        home = write_home(root / "home", ROOT / "dagster.yaml")
        with deployment(home, root / "project", "pipeline.definitions") as live, browser() as page:

            def take(view: str) -> None:
                page.wait_for_timeout(SETTLED)
                page.screenshot(path=PICTURES / f"{view}.png")

            walk(Ui(page, live, take), Project(root / "project"))


if __name__ == "__main__":
    main()
