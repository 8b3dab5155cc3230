"""The releases of a folder, by their versions."""

from __future__ import annotations

import re
from pathlib import Path

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)


def order_of(version: str) -> tuple[int, ...]:
    """What versions are compared by."""
    return tuple(int(part) for part in version.split("."))


def versions(releases: Path) -> list[str]:
    """The releases of a store, oldest first: folders, and no links, named by a version."""
    found = releases.iterdir() if releases.is_dir() else []
    names = [p.name for p in found if _VERSION.fullmatch(p.name) and p.is_dir() and not p.is_symlink()]
    return sorted(names, key=order_of)
