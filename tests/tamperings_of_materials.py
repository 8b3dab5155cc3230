"""What can be done to the bill of materials of a release."""

from __future__ import annotations

from typing import Any

from tests.tampered import Tampering
from tests.tamperings_of_metadata import gone, named, said

FILE = "sbom.cdx.json"


def part(bill: Any, name: str = "duckdb") -> dict[str, Any]:
    return named(bill["components"], name)


MATERIALS: dict[str, Tampering] = {
    "missing": gone(FILE),
    "other version": said(FILE, lambda b: part(b).update(version="1.0.0"), "does not list duckdb "),
    "other package": said(FILE, lambda b: part(b).update(name="duckdb-fork"), "does not list duckdb "),
    "left out": said(FILE, lambda b: b["components"].remove(part(b)), "does not list duckdb "),
    "listed twice": said(FILE, lambda b: b["components"].append(part(b)), "lists duckdb=="),
    "other address": said(FILE, lambda b: part(b, "click").update(purl="pkg:pypi/clikc@8.5.1"), "says that click "),
    "no digests": said(FILE, lambda b: part(b, "click").update(hashes=[]), "gives no SHA-256 of click "),
    "no digest": said(FILE, lambda b: part(b, "click")["hashes"][0].update(content="x"), "gives no SHA-256 of click"),
    "no licence": said(FILE, lambda b: part(b, "click").update(licenses=[]), "gives no licence of click "),
    "no such name": said(FILE, lambda b: part(b, "click").update(name="<b>"), "which names no package"),
    "other format": said(FILE, lambda b: b.update(bomFormat="SPDX"), "its format is 'SPDX'"),
    "no form": said(FILE, lambda b: b.update(components={"a": 1}), "cannot be read as what it is"),
    "unsaid": said("manifest.json", lambda m: m.pop("materials"), "its materials are None"),
    "said to be another": said("manifest.json", lambda m: m.update(materials="x"), "its materials are 'x'"),
}  # fmt: skip
"""What `wb6 verify` catches, with what it says."""
