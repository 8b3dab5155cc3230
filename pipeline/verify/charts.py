"""The charts are those that the tables have something to show for, drawn from them, and hold nothing that runs.

A picture says what it was drawn from; whether it shows that, only those can tell who draw it again.
"""

from __future__ import annotations

import datetime
import re
import struct
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from pipeline.charts.chart import FOLDER, Chart
from pipeline.charts.credit import named_in
from pipeline.charts.write import answers
from pipeline.engine import connect
from pipeline.standards.compare import listed
from pipeline.verify.opened import Opened

FORMER = frozenset(
    [
        "3bb32ba1317c6673472793358123d6c59d0308c3fe4d7d2c665dd0a91f959c88",  # defence-spending of 0.4.0
        "ca5cd059b7b3c267dfc67b18c6aea3ddad70e5b6a958675a8c4aaa29b913217f",  # events
        "551f9ccf01ca20745df82aae5aa396f6c747d1315a4ad7cd98e0b4ed7ca3e128",  # kfor-contributions
        "cb6665ab02c740443387381e5cab83a9456b5223f6dd3f21a356ecc1b0e62bc3",  # kfor-strength
        "2204ace064a28799b703f41f895da09b2b163ff5b82025af39fc08b4aed877ca",  # memberships
    ]
)
"""The digests, as verify names them, of what charts of an earlier version of the code asked of the tables. A release is
never written again, so whoever changes the question of a chart, or drops one, adds here what the last release holds."""

_DRAWN = re.compile(r"asks ([0-9a-f]{64}), draws [0-9a-f]{64}")
_VERSION = re.compile(r"\bversion (\d+\.\d+\.\d+) \(")
_WRITTEN = re.compile(r"<text\b[^>]*>([^<]*)")
_TAG = re.compile(r"<([/!?]?)([A-Za-z:]*)([^<>]*)>")
_TAGS = frozenset(
    [
        "cc:Work",
        "clipPath",
        "dc:format",
        "dc:identifier",
        "dc:source",
        "dc:title",
        "dc:type",
        "defs",
        "desc",
        "g",
        "metadata",
        "path",
        "pattern",
        "rdf:RDF",
        "rect",
        "svg",
        "style",
        "text",
        "title",
        "tspan",
        "use",
        "xml",
        "DOCTYPE",
    ]
)
_LINK = re.compile(r"(?:href|src)\s*=\s*[\"'](?!#)|\son[a-z]+\s*=|url\((?!#)|@import|javascript:", re.IGNORECASE)
_TEXTS = (b"tEXt", b"iTXt")
_PICTURE = frozenset((b"IHDR", b"pHYs", b"IDAT", b"IEND", *_TEXTS))


def charts_disagree(release: Opened) -> list[str]:
    """What the charts show that the tables do not, which are lacking, and what in them has no place in a picture."""
    if release.unread:
        return []
    with connect() as con:
        as_of = str(release.manifest.about["as_of"])
        drawn = {
            chart.name: (chart, chart.identifier(rows))
            for chart, rows in answers(con, release.folder, release.tables, as_of)
        }
    files = {name.partition("/")[2]: path for name, path in release.files.items() if name.startswith(f"{FOLDER}/")}
    former = {path.name for path in files.values() if _asked(path) in FORMER}
    wanted = {f"{name}.{end}" for name in drawn for end in ("png", "svg")}
    found = listed("chart", files, wanted | former)
    for name, path in sorted(files.items()):
        if name in wanted - former:
            found += [f"{name} {what}" for what in _untrue(release, path, *drawn[path.stem])]
        found += [f"{name} {what}" for what in (_unsafe(path) if path.suffix == ".svg" else _strange(path))]
    return found


def _untrue(release: Opened, path: Path, chart: Chart, identifier: str) -> Iterator[str]:
    """What a chart says of itself that is not so."""
    text, about = _text(path), release.manifest.about
    if identifier not in text:
        yield f"was not drawn from these tables, or asks them otherwise (asks {_asked(path)})"
    as_of = datetime.date.fromisoformat(str(about["as_of"]))
    named = str(about["name"]), str(about["licence"]), as_of, chart
    if named_in(*named, release.version) not in text or {*_VERSION.findall(text)} != {release.version}:
        yield f"does not name version {release.version} and {chart.tables[0]} as its source"
    if path.suffix == ".svg" and _unspaced(named_in(*named)) not in _unspaced("".join(_written(path))):
        yield f"does not show {named_in(*named)} as its source"


def _written(path: Path) -> Iterator[str]:
    """What is written in the drawing of an SVG, line by line."""
    return map(unescape, _WRITTEN.findall(path.read_text("utf-8")))


def _unspaced(text: str) -> str:
    """A text without spaces, which are lost where lines end."""
    return "".join(text.split())


def _asked(path: Path) -> str:
    found = _DRAWN.search(_text(path))
    return found[1] if found else "nothing"


def _text(path: Path) -> str:
    if path.suffix == ".svg":
        return unescape(path.read_text("utf-8"))
    return "\n".join(
        text.replace(b"\0", b" ").decode("utf-8", "replace") for kind, text in _chunks(path) if kind in _TEXTS
    )


def _unsafe(path: Path) -> Iterator[str]:
    """What in an SVG could run, or reach for something else."""
    text = path.read_text("utf-8")
    strange = sorted({tag for _, tag, _ in _TAG.findall(text)} - _TAGS)
    if strange:
        yield f"holds {', '.join(strange)}, which has no place in it"
    if _LINK.search(text):
        yield "holds an address or code"


def _strange(path: Path) -> Iterator[str]:
    """What in a PNG is none of what a picture of ours is made of."""
    kinds = {kind for kind, _ in _chunks(path)}
    if not {b"IHDR", b"IDAT", b"IEND"} <= kinds <= _PICTURE:
        yield f"is no picture of ours: its parts are {', '.join(sorted(kind.decode('latin-1') for kind in kinds))}"


def _chunks(path: Path) -> list[tuple[bytes, bytes]]:
    """The parts of a PNG. Raises ValueError where it is none."""
    content, found = path.read_bytes(), []
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError(f"{path.name} is no PNG")
    place = 8
    while place < len(content):
        if place + 12 > len(content):
            raise ValueError(f"{path.name} ends in the middle")
        (size,), kind = struct.unpack(">I", content[place : place + 4]), content[place + 4 : place + 8]
        found.append((kind, content[place + 8 : place + 8 + size]))
        place += 12 + size
    return found
