"""Where the page of the latest release lies: in the release or, where that is from before releases had one, in the build folder."""

from __future__ import annotations

from pathlib import Path

FILE = "explorer.html"
"""The page as a file of a release."""


def made_page(build: Path, version: str) -> Path:
    """Where the page of a release that has none of its own is made."""
    return build / f"explorer-{version}.html"


def page_of_latest(outputs: Path, build: Path) -> Path:
    """The page of the release that `latest` leads to, whether it is there or not."""
    folder = (outputs / "latest").resolve()
    own = folder / FILE
    return own if own.is_file() else made_page(build, folder.name)
