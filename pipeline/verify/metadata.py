"""What a release says of itself agrees with its data: the manifest, and each file that describes it or shows it again.

A further file is told by one line in `DESCRIPTIONS`: its name, and a function that says what in it is not so.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from pipeline.charts.chart import FOLDER as CHARTS
from pipeline.engine import quoted
from pipeline.explorer.place import FILE as EXPLORER
from pipeline.metadata import DESCRIPTIONS as STANDARDS
from pipeline.metadata import MATERIALS, VIEWS
from pipeline.standards import agree, ro_crate
from pipeline.standards.sbom import FILE as BILL
from pipeline.verify.charts import charts_disagree
from pipeline.verify.dictionary import dictionary_disagrees
from pipeline.verify.explorer import page_disagrees
from pipeline.verify.fault import RESTORE, Fault, contradictions, told
from pipeline.verify.manifest import MANIFEST, is_digest
from pipeline.verify.opened import Opened
from pipeline.verify.origins import origins_disagree
from pipeline.verify.sbom import bill_disagrees
from pipeline.verify.sqlfile import sql_disagrees
from pipeline.verify.unchecked import raise_if_unchecked
from pipeline.verify.workbook import workbook_disagrees

DESCRIPTIONS: Mapping[str, Callable[[Opened], list[str]]] = {
    **agree.DESCRIPTIONS,
    CHARTS: charts_disagree,
    EXPLORER: page_disagrees,
    MANIFEST: origins_disagree,
    "README.md": dictionary_disagrees,
    BILL: bill_disagrees,
    "wb6.sql": sql_disagrees,
    "wb6.xlsx": workbook_disagrees,
}
"""The files that describe a release, or show its tables again, each with its check; of charts, a folder of them."""

_FIRST = {MANIFEST, "datapackage.json", "README.md"}
"""What the first releases had of them."""


def metadata_faults(release: Opened) -> list[Fault]:
    """What the metadata of a release says that is not so."""
    found = [
        *release.malformed,
        *contradictions(MANIFEST, [*_about(release), *_tables(release)]),
        *_missing(release),
    ]
    found += [Fault(name, "is none of the files that a release has", "remove it") for name in _strange(release)]
    if release.malformed:  # then there is nothing to compare with
        return found
    for name, check in DESCRIPTIONS.items():
        if name in release.files or (name == CHARTS and CHARTS in _views(release)):
            found += contradictions(name, _disagreements(release, check))
    return found


def _disagreements(release: Opened, check: Callable[[Opened], list[str]]) -> list[str]:
    import duckdb

    # What has no form is as hostile as it gets: it is told, whatever it makes a check stumble over.
    stumbles = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
    try:
        return check(release)
    except (*stumbles, zipfile.BadZipFile, NotImplementedError, zlib.error, duckdb.Error) as error:
        raise_if_unchecked(error)
        return [f"cannot be read as what it is: {type(error).__name__} {told(error, release.folder)}"]


def _missing(release: Opened) -> list[Fault]:
    """The files that every release has, and those that it has as it describes itself."""
    later = "descriptions" in release.manifest.said or release.files.keys() & (DESCRIPTIONS.keys() - _FIRST)
    described = {*(DESCRIPTIONS if later else _FIRST)} - {*VIEWS, BILL}
    billed = {BILL} if MATERIALS in release.manifest.said else set()
    wanted = {"LICENSE", *described, *_views(release), *billed} - {CHARTS}
    return [Fault(n, "missing", RESTORE) for n in sorted(wanted - release.files.keys())]


def _views(release: Opened) -> tuple[str, ...]:
    """What a release has to show its tables to people: all of it, where it says so, has any of it, or what draws it."""
    has = {name.partition("/")[0] for name in release.files}
    drawn_by = release.manifest.said.get("software")
    draws = isinstance(drawn_by, dict) and "matplotlib" in drawn_by
    return VIEWS if draws or "views" in release.manifest.said or has & {*VIEWS} else ()


def _strange(release: Opened) -> list[str]:
    known = {*ro_crate.ABOUT, ro_crate.FILE}
    folders = ("csv/", "parquet/", f"{CHARTS}/")
    return [n for n in sorted(release.sums.names) if not n.startswith(folders) and n not in known]


def _about(release: Opened) -> Iterator[str]:
    said, about = release.manifest.said, release.manifest.about
    if not about:
        yield "says nothing of the dataset"
    if said.get("version") != release.version:
        yield f"says it is version {said.get('version')!r}, and its folder is {release.version}"
    for name in ("name", "as_of"):
        if said.get(name) != about.get(name):
            yield f"its {name} is {said.get(name)!r}, and that of the dataset {about.get(name)!r}"
    if about.get("licence_sha256") != release.sums.digest("LICENSE"):
        yield "licence_sha256 is not the digest of LICENSE"
    listed = said.get("descriptions")
    if (listed is not None or "croissant.json" in release.files) and listed != list(STANDARDS):
        yield f"its descriptions are {listed!r}, not {list(STANDARDS)!r}"
    views = said.get("views")
    if views != (list(_views(release)) or None):
        yield f"its views are {views!r}, not {list(VIEWS)!r}"
    if said.get(MATERIALS) != (BILL if BILL in release.files or MATERIALS in said else None):
        yield f"its {MATERIALS} are {said.get(MATERIALS)!r}, not {BILL!r}"
    lines = [f"{name} {listed.sha256}\n" for name, listed in release.manifest.tables.items()]
    if said.get("content_sha256") != hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest():
        yield "content_sha256 is not the digest of its tables' digests"
    sources = said.get("sources")
    if not isinstance(sources, dict) or not sources or not all(map(is_digest, sources.values())):
        yield "its sources are no list of files and their digests"


def _tables(release: Opened) -> Iterator[str]:
    for name, listed in release.manifest.tables.items():
        if listed.sha256 != release.sums.digest(f"csv/{name}.csv"):
            yield f"{name}: the sha256 stated is not that of csv/{name}.csv"
        if name in release.tables:
            rows = release.con.execute(f"SELECT count(*) FROM now.{quoted(name)}").fetchall()[0][0]
            if type(listed.rows) is not int or listed.rows != rows:
                yield f"{name}: {listed.rows!r} rows stated, and there are {rows}"
