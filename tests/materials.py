"""What the pipeline is made of, told from its lock files: the bill of materials that releases carry, and a page for people.

`make materials` writes both, from the lock files and from what installed packages say of their licences.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
BILL = ROOT / "pipeline" / "standards" / "sbom.cdx.json"
PAGE = ROOT / "docs" / "dependencies.md"

LOCKS: Mapping[str, str] = {
    "requirements.lock": "To build and to read releases",
    "requirements-server.lock": "To run Dagster for a team, beside these",
    "requirements-dev.lock": "To develop and to test, beside these",
}
"""The lock files, from the one that everyone needs on, with what each is for."""

STATED: Mapping[str, str] = {
    "antlr4-python3-runtime": "BSD-3-Clause",
    "atheris": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "coloredlogs": "MIT",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "LicenseRef-Matplotlib",
    "mlcroissant": "Apache-2.0",
    "pathlib-abc": "PSF-2.0",
    "protobuf": "BSD-3-Clause",
    "psutil": "BSD-3-Clause",
    "psycopg2-binary": "LGPL-3.0-or-later",
    "pyreadline3": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pywin32": "PSF-2.0",
    "rich-click": "MIT",
    "text-unidecode": "Artistic-1.0 OR GPL-2.0-or-later",
    "uritemplate": "Apache-2.0 OR BSD-3-Clause",
    "uvloop": "Apache-2.0 OR MIT",
}
"""The licences of packages that say it in their own words or not at all, or that are installed on Windows only."""

SPDX: Mapping[str, str] = {
    "Apache License Version 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""What packages call their licence, and its identifier."""

_PARENT = re.compile(r"#\s+(?:via )?\s*([a-z0-9][a-z0-9._-]*)(?: \(.*\))?$")


@dataclass(frozen=True)
class Pin:
    """One requirement of a lock file: what may be installed where, and the digests of the files that may be it."""

    requirement: Requirement
    hashes: tuple[str, ...]
    parents: tuple[str, ...]

    @property
    def name(self) -> str:
        """The package."""
        return self.requirement.name

    @property
    def version(self) -> str:
        """Its version; empty where it is not pinned to one."""
        exact = [s.version for s in self.requirement.specifier if s.operator == "==" and "*" not in s.version]
        return exact[0] if len(self.requirement.specifier) == 1 and exact else ""


def pins(lock: Path) -> list[Pin]:
    """The requirements of a lock file, in its order."""
    found: list[Pin] = []
    for block in re.split(r"\n(?=[^\s#])", lock.read_text("utf-8").strip()):
        lines = [line.strip().removesuffix("\\").strip() for line in block.split("\n")]
        hashes = tuple(line.removeprefix("--hash=sha256:") for line in lines if line.startswith("--hash="))
        parents = (match[1] for line in lines if (match := _PARENT.fullmatch(line)))
        found.append(Pin(Requirement(lines[0]), hashes, tuple(sorted(parents))))
    return found


def licence(name: str) -> str:
    """The licence of a package as an SPDX expression. Raises ValueError where it has to be looked up."""
    if name in STATED:
        return STATED[name]
    try:
        said = metadata(name).json
    except PackageNotFoundError:
        raise ValueError(f"{name} is not installed here; state its licence in STATED") from None
    stated = str(said.get("license_expression") or said.get("license") or "")
    if re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*", stated) and stated not in SPDX:
        return stated
    classes = [c.rsplit(" :: ", 1)[1] for c in said.get("classifier", ()) if c.startswith("License :: ")]
    known = {SPDX[word] for word in (stated, *classes) if word in SPDX}
    if len(known) != 1:
        raise ValueError(f"{name} calls its licence {stated[:60]!r}, {classes}; add it to SPDX or STATED")
    return known.pop()


def bill() -> str:
    """The bill of materials of the run-time lock as CycloneDX: the same bytes wherever and whenever it is made."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import HashAlgorithm, HashType
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    licences = LicenseFactory()

    def component(name: str, version: str, of: str, kind: ComponentType, hashes: Iterable[str]) -> Component:
        purl = PackageURL("pypi", name=name, version=version) if kind is ComponentType.LIBRARY else None
        return Component(
            name=name,
            version=version,
            type=kind,
            bom_ref=f"{name}=={version}",
            purl=purl,
            licenses=[licences.make_from_string(of)],
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in hashes],
        )

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    whole = component(project["name"], project["version"], project["license"], ComponentType.APPLICATION, ())
    locked = pins(ROOT / "requirements.lock")
    made = {p: component(p.name, p.version, licence(p.name), ComponentType.LIBRARY, p.hashes) for p in locked}
    bom = Bom(components=made.values(), serial_number=uuid.UUID(int=0))
    bom.metadata.component = whole
    for parent, own in ((whole, whole.name), *((own, pin.name) for pin, own in made.items())):
        bom.register_dependency(parent, [child for pin, child in made.items() if own in pin.parents])
    said = json.loads(JsonV1Dot6(bom).output_as_string())
    del said["metadata"]["timestamp"]
    said["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(said, sort_keys=True)).urn
    said["components"].sort(key=lambda one: (one["name"], one["version"]))
    said["dependencies"].sort(key=lambda one: one["ref"])
    return json.dumps(said, indent=1, sort_keys=True) + "\n"


def page() -> str:
    """docs/dependencies.md: every package of every lock file with its licence."""
    text = (
        "# Dependencies\n\nWritten by `make materials`. Every package is pinned, with the digests of the files that may be "
        "installed, in the lock file named; licences are SPDX expressions, as the packages state them. The first table is in "
        "each release, too, as `sbom.cdx.json`.\n"
    )
    seen: set[tuple[str, str]] = set()
    for lock, use in LOCKS.items():
        rows = [pin for pin in pins(ROOT / lock) if (pin.name, pin.version) not in seen]
        seen |= {(pin.name, pin.version) for pin in rows}
        text += f"\n## {use}\n\n`{lock}`\n\n| package | version | licence | where |\n| --- | --- | --- | --- |\n"
        for pin in rows:
            where = str(pin.requirement.marker or "").replace('"', "'")
            text += f"| {pin.name} | {pin.version} | {licence(pin.name)} | {where} |\n"
    return text


if __name__ == "__main__":
    BILL.write_text(bill(), "utf-8")
    PAGE.write_text(page(), "utf-8")
