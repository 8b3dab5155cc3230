"""What a release says of itself agrees with its data: the manifest, and each file that describes it.

A further file is told by one line in `DESCRIPTIONS`: its name, and a function that says what in it is not so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping

from pipeline.engine import quoted
from pipeline.files import sha256
from pipeline.standards.agree import disagreements
from pipeline.verify.datapackage import PACKAGE, package_faults
from pipeline.verify.fault import RESTORE, Fault, contradictions
from pipeline.verify.manifest import MANIFEST, is_digest
from pipeline.verify.opened import Opened
from pipeline.verify.sums import check_sums


def metadata_faults(release: Opened) -> list[Fault]:
    """What the metadata of a release says that is not so."""
    found = [*release.malformed, *contradictions(MANIFEST, [*_about(release), *_tables(release)])]
    found += _missing(release)
    if not check_sums(release.folder):
        found += [Fault(*line.split(": ", 1)) for line in disagreements(release.folder)]
    for name, check in DESCRIPTIONS.items():
        if name in release.files:
            found += check(release)
    return found


def _missing(release: Opened) -> list[Fault]:
    """The files that every release has, and those that the manifest lists as its descriptions."""
    said = release.manifest.said.get("descriptions", [])
    named = [n for n in said if isinstance(n, str)] if isinstance(said, list) else []
    wanted = {PACKAGE, MANIFEST, "README.md", "LICENSE", *named}
    return [Fault(n, "missing", RESTORE) for n in sorted(wanted - release.files.keys())]


def _about(release: Opened) -> Iterator[str]:
    said, about = release.manifest.said, release.manifest.about
    if not about:
        yield "says nothing of the dataset"
    if said.get("version") != release.version:
        yield f"says it is version {said.get('version')!r}, and its folder is {release.version}"
    for name in ("name", "as_of"):
        if said.get(name) != about.get(name):
            yield f"its {name} is {said.get(name)!r}, and that of the dataset {about.get(name)!r}"
    licence = release.files.get("LICENSE")
    if licence is not None and about.get("licence_sha256") != sha256(licence):
        yield "licence_sha256 is not the digest of LICENSE"
    lines = [f"{name} {listed.sha256}\n" for name, listed in release.manifest.tables.items()]
    if said.get("content_sha256") != hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest():
        yield "content_sha256 is not the digest of its tables' digests"
    sources = said.get("sources")
    if not isinstance(sources, dict) or not sources or not all(map(is_digest, sources.values())):
        yield "its sources are no list of files and their digests"


def _tables(release: Opened) -> Iterator[str]:
    for name, listed in release.manifest.tables.items():
        path = release.files.get(f"csv/{name}.csv")
        if path is not None and listed.sha256 != sha256(path):
            yield f"{name}: the sha256 stated is not that of csv/{name}.csv"
        if name in release.tables:
            rows = release.con.execute(f"SELECT count(*) FROM now.{quoted(name)}").fetchall()[0][0]
            if type(listed.rows) is not int or listed.rows != rows:
                yield f"{name}: {listed.rows!r} rows stated, and there are {rows}"


def readme_faults(release: Opened) -> list[Fault]:
    """What the data dictionary says of tables and their rows that is not so."""
    try:
        text = release.files["README.md"].read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return [Fault("README.md", "cannot be read as text", RESTORE)]
    whats = [] if f"version {release.version}" in text else [f"does not say that it is version {release.version}"]
    sections = {part.split("\n", 1)[0].strip(): part for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]}
    for name, listed in release.manifest.tables.items():
        stated = re.search(r"Rows: (\d+)\.", sections.get(name, ""))
        if stated is None:
            whats.append(f"does not say what the table {name} holds")
        elif stated[1] != str(listed.rows):
            whats.append(f"{name}: {stated[1]} rows stated, and {listed.rows!r} in {MANIFEST}")
    return contradictions("README.md", whats)


DESCRIPTIONS: Mapping[str, Callable[[Opened], list[Fault]]] = {
    PACKAGE: package_faults,
    "README.md": readme_faults,
}
"""The files that describe a release, each with its check. A file that a release does not have is not looked at."""
