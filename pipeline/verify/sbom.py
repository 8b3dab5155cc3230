"""sbom.cdx.json lists what the release was made with, each once, with its address, digests and licence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.standards.sbom import FILE
from pipeline.verify.manifest import is_digest
from pipeline.verify.opened import Opened

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")


def bill_disagrees(release: Opened) -> list[str]:
    """What the bill of materials says that is not so, or does not say."""
    said = release.json(FILE)
    found = [] if said["bomFormat"] == "CycloneDX" else [f"its format is {said['bomFormat']!r}, not 'CycloneDX'"]
    parts = said["components"]
    names = [f"{part['name']}=={part['version']}" for part in parts]
    found += [f"lists {name} twice" for name in sorted({n for n in names if names.count(n) > 1})]
    found += [what for part in parts for what in _of(part)]
    return found + [
        f"does not list {package} {version}, which manifest.json says the release was made with"
        for package, version in release.manifest.said["software"].items()
        if f"{package}=={version}" not in names
    ]


def _of(part: Mapping[str, Any]) -> Iterator[str]:
    name, version = part["name"], part["version"]
    if not _PLAIN.fullmatch(name) or not _PLAIN.fullmatch(version):
        yield f"lists {name!r} {version!r}, which names no package"
    if part["purl"] != f"pkg:pypi/{name}@{version}":
        yield f"says that {name} {version} is {part['purl']!r}"
    digests = [one["content"] for one in part["hashes"] if one["alg"] == "SHA-256"]
    if not digests or not all(map(is_digest, digests)):
        yield f"gives no SHA-256 of {name} {version}"
    if not part["licenses"]:
        yield f"gives no licence of {name} {version}"
