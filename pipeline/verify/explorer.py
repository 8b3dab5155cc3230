"""explorer.html holds the tables of the release, and no code but that of the pipeline. It is read, and not run."""

from __future__ import annotations

import hashlib
import re
from html import escape
from importlib.metadata import version as installed

from pipeline.cite.pandoc import PACKAGE
from pipeline.explorer.blocks import holds
from pipeline.explorer.page import blocks, document, title
from pipeline.explorer.place import FILE
from pipeline.standards.compare import listed
from pipeline.verify.opened import Opened

FORMER: frozenset[str] = frozenset({"3329584c9b1527c160186f9599ecd33571057aa64d4431b35cff9f977e60fb1a"})
"""The SHA-256, as verify names it, of the code of each page that a release has from an earlier version, and this one makes
otherwise. A release is never written again, so whoever changes the code of the page adds here what the last release holds."""

_BLOCK = re.compile(r'<script type="application/octet-stream" id="([a-z_-]+)">([A-Za-z0-9+/=]*)</script>\n')
_DATA = "table-"


def page_disagrees(release: Opened) -> list[str]:
    """What the page shows that the tables do not hold, and code in it that is none of the pipeline's.

    Of the page of an earlier version, only the tables are compared: how it tells what they mean may have changed since.
    """
    if release.unread or "datapackage.json" not in release.files:
        return []
    text = release.files[FILE].read_text("utf-8")
    said, true = _BLOCK.findall(text), blocks(release.folder)
    code = _BLOCK.sub("", text)
    made, digest = document(true["about"], {}), _digest(release, code)
    former = digest in FORMER
    found = (
        [] if former or code == made else [f"holds code or words (sha256 {digest}) that do not follow from the release"]
    )
    wanted = {name for name in true if not former or name.startswith(_DATA)}
    if release.manifest.said.get("software", {}).get(PACKAGE) != installed(PACKAGE):
        true["footnotes"] = true["citation"] = None  # another version may write them otherwise
    found += listed("block", (name for name, _ in said if not former or name.startswith(_DATA)), wanted)
    return found + [
        f"does not hold what {name} is"
        for name, block in said
        if name in wanted and true[name] is not None and not holds(block, true[name])
    ]


def _digest(release: Opened, code: str) -> str:
    """The digest of a page's code, whatever the release and its dataset are called."""
    about = {"dataset": release.manifest.about, "version": release.version}
    for own in (title(about), str(release.manifest.about["description"])):
        code = code.replace(escape(own), "")
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
