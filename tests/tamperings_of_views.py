"""Tamperings with what shows the tables to people: the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.explorer.blocks import packed
from pipeline.explorer.page import blocks
from pipeline.explorer.place import FILE
from tests.tampered import Tampering, change_json, drop
from tests.tamperings_of_metadata import METADATA, gone, reads


def shows(name: str, change: Callable[[Any], object], telling: str) -> Tampering:
    """A page in one block of which something else is held, or something more."""

    def do(folder: Path) -> None:
        held = blocks(folder)[name]
        change(held)
        text = (folder / FILE).read_text("utf-8")
        put = re.sub(rf'(id="{name}">)[^<]*', lambda found: f"{found[1]}{packed(held)}", text)
        assert put != text
        (folder / FILE).write_text(put, "utf-8")

    return Tampering(do, METADATA, telling)


def unlisted(folder: Path) -> None:
    """Remove the page, and what the manifest says of it."""
    drop(folder, FILE)
    change_json(folder, "manifest.json", lambda said: said.pop("views"))


PAGE: dict[str, Tampering] = {
    "missing": gone(FILE),
    "its manifest names no views": Tampering(
        lambda f: change_json(f, "manifest.json", lambda said: said.pop("views")), METADATA, "its views are None"
    ),
    "no page": reads(FILE, "<!doctype html>", "<!doctype xml>", "holds code or words"),
    "another script": reads(FILE, "</body>", "<script>alert(1)</script></body>", "holds code or words"),
    "looser policy": reads(FILE, "default-src 'none'", "default-src *", "code or words"),
    "wrong title": reads(FILE, "<title>", "<title>Not the ", "holds code or words"),
    "wrong cell": shows(
        "table-mission_strength", lambda t: t["nations"].__setitem__(0, 29), "does not hold what table-mission_strength is"
    ),
    "row left out": shows(
        "table-claim", lambda t: [cells.pop() for cells in t.values()], "does not hold what table-claim is"
    ),
    "wrong meaning": shows("about", lambda a: a["tables"].pop("event"), "does not hold what about is"),
    "wrong footnote": shows("footnotes", lambda n: n["web2023"].update({"": ["Forged."]}), "does not hold what footnotes is"),
    "block left out": reads(FILE, 'id="table-event"', 'id="table-other"', "lacks block table-event"),
    "block given twice": Tampering(
        lambda f: twice(f, "table-event"), METADATA, "names block table-event twice"
    ),
}  # fmt: skip


def twice(folder: Path, name: str) -> None:
    """Put a block into the page once more."""
    text = (folder / FILE).read_text("utf-8")
    block = re.search(rf'<script type="[^"]*" id="{name}">[^<]*</script>\n', text)
    assert block
    (folder / FILE).write_text(text.replace(block[0], block[0] * 2), "utf-8")


UNSEEN: dict[str, Tampering] = {
    "explorer.html, gone with what the manifest says of it": Tampering(unlisted, set(), FILE),
}
"""What contradicts nothing in the release: one without a page is taken for one from before releases had any."""
