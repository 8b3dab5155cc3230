"""The edit that rebuilds are timed after."""

from __future__ import annotations

import re
from pathlib import Path

EDITED = "facility"
"""The source table whose cell is changed."""


def edit(folder: Path, number: int) -> None:
    """Change one cell of one source table of a checkout, to something else for each number below 676."""
    path = folder / "sources" / f"{EDITED}.csv"
    word = f"edit_{chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}"
    path.write_text(re.sub(r",motorway,[a-z_]*,", f",motorway,{word},", path.read_text("utf-8"), count=1), "utf-8")
