"""The list of releases in object storage: one small object that names each with its folder, the latest first of all.

It is all that a publisher replaces, in one conditional put, so that readers meet the releases before it or after it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from pipeline.problems import PipelineError

NAME = "latest.json"
"""The object that holds it."""

_DIGITS = 12


@dataclass(frozen=True)
class Entry:
    """One release: its version, the folder that holds it, and the digest of its SHA256SUMS, which stands for all its bytes."""

    version: str
    folder: str
    sums: str


def entry(version: str, sums: str) -> Entry:
    """A release with its folder, which is named by version and content: publishers of different bytes never write to the same one."""
    return Entry(version, f"releases/{version}-{sums[:_DIGITS]}", sums)


@dataclass(frozen=True)
class Catalogue:
    """The releases, at least one, oldest first."""

    releases: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        """The one that readers are led to."""
        return self.releases[-1]

    def find(self, version: str) -> Entry | None:
        """The release of a version."""
        return next((one for one in self.releases if one.version == version), None)

    def content(self) -> bytes:
        """The object's bytes: the latest release, then all of them."""
        said = {**asdict(self.latest), "releases": [asdict(one) for one in self.releases]}
        return (json.dumps(said, indent=2) + "\n").encode()


def read(content: bytes, url: str) -> Catalogue:
    """The list that an object holds. Raises PipelineError where it is none, since then nobody can tell what is published."""
    try:
        said = json.loads(content)
        found = Catalogue(tuple(Entry(str(o["version"]), str(o["folder"]), str(o["sums"])) for o in said["releases"]))
        first = {name: said[name] for name in ("version", "folder", "sums")}
        sound = bool(found.releases) and first == asdict(found.latest) and all(map(_sound, found.releases))
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound or [_order(o) for o in found.releases] != sorted({_order(o) for o in found.releases}):
        raise PipelineError(
            f"{url}/{NAME} is not the list of releases that wb6 wrote; restore an earlier version of that object"
        )
    return found


def _sound(one: Entry) -> bool:
    plain = re.fullmatch(r"[0-9a-f]{64}", one.sums) and re.fullmatch(
        r"\d{1,9}\.\d{1,9}\.\d{1,9}", one.version, re.ASCII
    )
    return plain is not None and one == entry(one.version, one.sums)


def _order(one: Entry) -> tuple[int, ...]:
    return tuple(map(int, one.version.split(".")))
