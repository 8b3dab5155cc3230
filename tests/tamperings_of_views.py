"""Tamperings with what shows the tables to people: the page and the charts."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.explorer.blocks import packed
from pipeline.explorer.page import blocks
from pipeline.explorer.place import FILE
from tests.tampered import Tampering, change_json, change_text, drop, seal, write
from tests.tamperings_of_metadata import METADATA, gone, reads, stray


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


def unpictured(folder: Path) -> None:
    """Remove the charts, and what the manifest says of them."""
    for path in sorted((folder / "charts").iterdir()):
        drop(folder, f"charts/{path.name}")
    change_json(folder, "manifest.json", lambda said: said.pop("views"))


def comment(folder: Path, name: str, kind: bytes) -> None:
    """Put one more part into a PNG, behind its first."""
    content = (folder / name).read_bytes()
    text = b"Comment\0See example.org"
    part = len(text).to_bytes(4, "big") + kind + text + zlib.crc32(kind + text).to_bytes(4, "big")
    (folder / name).write_bytes(content[:33] + part + content[33:])


SVG, PNG = "charts/kfor-strength.svg", "charts/kfor-strength.png"


def picture(old: str, new: str, telling: str, name: str = SVG) -> Tampering:
    """A chart in which something else is written."""
    return Tampering(lambda f: change_text(f, name, old, new), METADATA, telling, lambda f: seal(f, name))


CHARTS: dict[str, Tampering] = {
    "one missing": Tampering(lambda f: drop(f, SVG), METADATA, "lacks chart kfor-strength.svg"),
    "all missing": Tampering(unpictured, METADATA, "lacks chart kfor-strength.png"),
    "stray one": Tampering(
        lambda f: stray(f, "charts/harbours.svg", (f / SVG).read_bytes()), METADATA, "names chart harbours.svg"),
    "drawn from other tables": picture("draws ", "draws 0", "was not drawn from these tables"),
    "asked otherwise": picture("asks ", "asks 0", "was not drawn from these tables"),
    "wrong version": picture("version 0.2.0", "version 0.1.0", "does not name version 0.2.0"),
    "wrong version beside the drawing alone": picture(
        "<dc:source>Source: WB6, version 0.2.0", "<dc:source>Source: WB6, version 0.1.0", "does not name version 0.2.0"),
    "wrong version of a PNG": Tampering(
        lambda f: write(f, PNG, (f / PNG).read_bytes().replace(b"version 0.2.0", b"version 0.1.0")), METADATA,
        "does not name version 0.2.0", lambda f: seal(f, PNG)),
    "another source drawn": picture(">Source: WB6 (CC-BY-4.0)", ">Source: WB7 (CC-BY-4.0)", "does not show WB6 (CC-BY-4.0), data to"),
    "a script": picture("</svg>", "<script>alert(1)</script></svg>", "holds script, which has no place in it"),
    "code of an element": picture('<path ', '<path onclick="alert(1)" ', "holds an address or code"),
    "code of the whole": picture("<svg ", '<svg onload="alert(1)" ', "holds an address or code"),
    "another address": picture("<use xlink:href=\"#", "<use xlink:href=\"https://example.org/x#", "holds an address or code"),
    "no PNG": Tampering(lambda f: write(f, PNG, b"x"), METADATA, "is no PNG", lambda f: seal(f, PNG)),
    "PNG with more in it": Tampering(
        lambda f: comment(f, PNG, b"eXIf"), METADATA, "is no picture of ours", lambda f: seal(f, PNG)),
}  # fmt: skip

PAGE: dict[str, Tampering] = {
    "missing": gone(FILE),
    "missing, and the manifest names no views": Tampering(unlisted, METADATA, "explorer.html: missing"),
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
    "wrong footnote": shows("footnotes", lambda n: n["web2023"].update({"": {"": ["Forged."]}}), "does not hold what footnotes is"),
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
    "charts, another line drawn": Tampering(
        lambda f: change_text(f, SVG, "L ", "L 1"), set(), SVG, lambda f: seal(f, SVG)),
}  # fmt: skip
"""What contradicts nothing in the release: only who draws a picture again can tell what it should look like."""
