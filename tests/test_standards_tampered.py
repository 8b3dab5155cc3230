"""Tampering with what a release says of itself, and what catches each: a standard's own validator, or ours.

Every tampered release is sealed again: its checksums hold, and its crate states the digests of the tampered files. So
nothing is caught merely because a file changed.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.files import sha256
from pipeline.verify.sums import sum_faults, write_sums
from tests import validators
from tests.small import released

CRATE = "ro-crate-metadata.json"
OWN: dict[str, Callable[[Path], list[str]]] = {
    "datapackage.json": validators.frictionless,
    "croissant.json": lambda folder: validators.mlcroissant(folder, ("milestone",)),
    "csvw-metadata.json": validators.csvw,
    "CITATION.cff": validators.jsonschema,
}
Tampering = Callable[[Any], object]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a small project; not to be changed."""
    return released(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the crate's validator finds the context."""
    path = tmp_path_factory.mktemp("cache") / "cache"
    validators.warm(path)
    return path


@pytest.fixture
def release(small: Path, tmp_path: Path) -> Path:
    """A copy of the release, to be tampered with."""
    return Path(shutil.copytree(small, tmp_path / "release"))


def named(entries: list[dict[str, Any]], name: str, by: str = "name") -> dict[str, Any]:
    return next(entry for entry in entries if entry[by] == name)


def seal(folder: Path) -> None:
    """State the digests of the tampered descriptions in the crate, and write the checksums anew."""
    crate = json.loads((folder / CRATE).read_text("utf-8"))
    for name in OWN:
        if (folder / name).is_file() and (entity := next((e for e in crate["@graph"] if e["@id"] == name), None)):
            entity |= {"sha256": sha256(folder / name), "contentSize": str((folder / name).stat().st_size)}
    (folder / CRATE).write_text(json.dumps(crate), "utf-8")
    write_sums(folder)


def tamper(folder: Path, name: str, change: Tampering) -> None:
    """Change a JSON file of a release in place."""
    content = json.loads((folder / name).read_text("utf-8"))
    change(content)
    (folder / name).write_text(json.dumps(content), "utf-8")


def resource(package: Any, name: str = "milestone") -> dict[str, Any]:
    return named(package["resources"], name)


def field(package: Any, name: str = "milestone", column: str = "date") -> dict[str, Any]:
    return named(resource(package, name)["schema"]["fields"], column)


def foreign(package: Any) -> dict[str, Any]:
    reference: dict[str, Any] = resource(package)["schema"]["foreignKeys"][0]["reference"]
    return reference


def records(croissant: Any, name: str = "milestone") -> dict[str, Any]:
    return named(croissant["recordSet"], name)


def column(croissant: Any, name: str = "iso3") -> dict[str, Any]:
    return named(records(croissant)["field"], name)


def file(croissant: Any) -> dict[str, Any]:
    return named(croissant["distribution"], "parquet/milestone.parquet")


def table(group: Any, name: str = "milestone") -> dict[str, Any]:
    return named(group["tables"], f"csv/{name}.csv", "url")


def entity(crate: Any, name: str) -> dict[str, Any]:
    return named(crate["@graph"], name, "@id")


BOTH, THEIRS, OURS = (True, True), (True, False), (False, True)
"""Who catches a tampering: the standard's validator, and `wb6 verify`."""

TAMPERINGS: dict[str, tuple[str, Tampering, tuple[bool, bool]]] = {
    "package, wrong hash": ("datapackage.json", lambda d: resource(d).update(hash=f"sha256:{'0' * 64}"), BOTH),
    "package, wrong size": ("datapackage.json", lambda d: resource(d).update(bytes=1), BOTH),
    "package, missing file": ("datapackage.json", lambda d: resource(d).update(path="csv/none.csv"), BOTH),
    "package, table left out": ("datapackage.json", lambda d: d["resources"].remove(resource(d)), OURS),
    "package, broken reference": ("datapackage.json", lambda d: foreign(d).update(resource="none"), BOTH),
    "package, reference to no key": ("datapackage.json", lambda d: foreign(d).update(fields=["name"]), BOTH),
    "package, wrong type": ("datapackage.json", lambda d: field(d).update(type="integer"), BOTH),
    "package, type too wide": ("datapackage.json", lambda d: field(d, column="n_claims").update(type="string"), OURS),
    "package, column renamed": ("datapackage.json", lambda d: field(d).update(name="day"), BOTH),
    "package, misspelt property": ("datapackage.json", lambda d: d.update(licences=d.pop("licenses")), OURS),
    "package, misspelt constraint": (
        "datapackage.json",
        lambda d: field(d, column="iso3").update(constraints={"requird": True}),
        BOTH,
    ),
    "package, wrong $schema": ("datapackage.json", lambda d: d.update({"$schema": "https://example.org/x.json"}), OURS),
    "package, wrong key": ("datapackage.json", lambda d: resource(d)["schema"].update(primaryKey=["n_claims"]), OURS),
    "package, wrong version": ("datapackage.json", lambda d: d.update(version="9.9.9"), OURS),
    "croissant, wrong hash": ("croissant.json", lambda d: file(d).update(sha256="0" * 64), BOTH),
    "croissant, wrong size": ("croissant.json", lambda d: file(d).update(contentSize="1 B"), OURS),
    "croissant, missing file": ("croissant.json", lambda d: file(d).update(contentUrl="parquet/none.parquet"), BOTH),
    "croissant, table left out": ("croissant.json", lambda d: d["recordSet"].remove(records(d)), OURS),
    "croissant, broken source": (
        "croissant.json",
        lambda d: column(d)["source"]["fileObject"].update({"@id": "parquet/none.parquet"}),
        BOTH,
    ),
    "croissant, broken reference": (
        "croissant.json",
        lambda d: column(d)["references"]["fileObject"].update({"@id": "parquet/none.parquet"}),
        BOTH,
    ),
    "croissant, reference to no key": (
        "croissant.json",
        lambda d: column(d)["references"]["extract"].update(column="capital"),
        OURS,
    ),
    "croissant, no such column": ("croissant.json", lambda d: column(d)["source"]["extract"].update(column="x"), BOTH),
    "croissant, wrong type": ("croissant.json", lambda d: column(d).update(dataType="cr:Int64"), BOTH),
    "croissant, unknown type": ("croissant.json", lambda d: column(d).update(dataType="sc:Txt"), BOTH),
    "croissant, misspelt property": ("croissant.json", lambda d: d.update(licence=d.pop("license")), BOTH),
    "croissant, misspelt key": ("croissant.json", lambda d: records(d).update(keys=records(d).pop("key")), OURS),
    "croissant, context cut short": ("croissant.json", lambda d: d["@context"].pop("isArray"), BOTH),
    "croissant, wrong version": ("croissant.json", lambda d: d.update(version="9.9.9"), OURS),
    "csvw, missing file": ("csvw-metadata.json", lambda d: table(d).update(url="csv/none.csv"), BOTH),
    "csvw, table left out": ("csvw-metadata.json", lambda d: d["tables"].remove(table(d)), OURS),
    "csvw, broken reference": (
        "csvw-metadata.json",
        lambda d: table(d)["tableSchema"]["foreignKeys"][0]["reference"].update(resource="csv/none.csv"),
        BOTH,
    ),
    "csvw, wrong type": (
        "csvw-metadata.json",
        lambda d: named(table(d)["tableSchema"]["columns"], "iso3").update(datatype="integer"),
        BOTH,
    ),
    "csvw, unknown type": (
        "csvw-metadata.json",
        lambda d: named(table(d)["tableSchema"]["columns"], "iso3").update(datatype="txt"),
        BOTH,
    ),
    "csvw, column renamed": (
        "csvw-metadata.json",
        lambda d: named(table(d)["tableSchema"]["columns"], "date").update(name="day", titles="day"),
        BOTH,
    ),
    "csvw, misspelt property": (
        "csvw-metadata.json",
        lambda d: named(table(d)["tableSchema"]["columns"], "iso3").update(requird=True),
        BOTH,
    ),
    "csvw, key that repeats": (
        "csvw-metadata.json",
        lambda d: table(d, "country")["tableSchema"].update(primaryKey=["is_wb6"]),
        BOTH,
    ),
    "csvw, wrong version": ("csvw-metadata.json", lambda d: d.update({"schema:version": "9.9.9"}), OURS),
}


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(("name", "change", "who"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_caught(release: Path, name: str, change: Tampering, who: tuple[bool, bool]) -> None:
    tamper(release, name, change)
    seal(release)

    assert sum_faults(release) == []
    ours = validators.verify(release)
    assert (bool(OWN[name](release)), bool(ours)) == who
    # The page is made from some of them.
    assert [line for line in ours if not line.startswith((f"{name}: ", "explorer.html: "))] == []


CITATIONS: dict[str, tuple[str, str, tuple[bool, bool]]] = {
    "a version that is a number": ("version: 0.1.0", "version: 0.1", OURS),
    "another version": ("version: 0.1.0", "version: 9.9.9", OURS),
    "another version in the message": ("version 0.1.0 [", "version 9.9.9 [", OURS),
    "a misspelt property": ("license:", "licence:", BOTH),
    "a licence that is none": ("license: CC-BY-4.0", "license: CC-BY-9.9", BOTH),
    "another licence": ("license: CC-BY-4.0", "license: MIT", OURS),
    "software": ("type: dataset", "type: software", OURS),
    "another title": ("title: Small", "title: Tiny", OURS),
    "no author": ("- name: WB6", "- nom: WB6", BOTH),
    "no YAML": ("title: Small", "title: [", BOTH),
}


@pytest.mark.parametrize(("old", "new", "who"), CITATIONS.values(), ids=CITATIONS)
def test_a_tampered_citation_is_caught(release: Path, old: str, new: str, who: tuple[bool, bool]) -> None:
    path = release / "CITATION.cff"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    seal(release)

    assert (bool(validators.jsonschema(release)), bool(validators.verify(release))) == who


def without_most_tables(crate: Any) -> None:
    """Leave out the files of all tables but one: the validator's time grows with the entities."""

    def stays(item: dict[str, Any]) -> bool:
        return "/" not in item["@id"].removeprefix("./") or "milestone" in item["@id"] or "://" in item["@id"]

    crate["@graph"] = [item for item in crate["@graph"] if stays(item) or item["@id"] == "csv/none.csv"]
    root = entity(crate, "./")
    root["hasPart"] = [part for part in root["hasPart"] if stays(part)]


CRATES: dict[str, tuple[Tampering, tuple[bool, bool]]] = {
    "wrong hash": (lambda d: entity(d, "csv/milestone.csv").update(sha256="0" * 64), OURS),
    "missing file": (lambda d: entity(d, "csv/milestone.csv").update({"@id": "csv/none.csv"}), BOTH),
    "file left out": (lambda d: d["@graph"].remove(entity(d, "csv/milestone.csv")), OURS),
    "broken reference": (lambda d: d["@graph"].remove(entity(d, "#publisher")), BOTH),
    "wrong type": (lambda d: entity(d, "./").update({"@type": "Thing"}), BOTH),
    "misspelt property": (lambda d: entity(d, "./").update(licence=entity(d, "./").pop("license")), BOTH),
}


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(("change", "who"), CRATES.values(), ids=CRATES)
def test_a_tampered_crate_is_caught(release: Path, cache: Path, change: Tampering, who: tuple[bool, bool]) -> None:
    tamper(release, CRATE, change)
    write_sums(release)
    ours = validators.verify(release)
    tamper(release, CRATE, without_most_tables)

    assert (bool(validators.rocrate(release, cache)), bool(ours)) == who


@pytest.mark.parametrize("name", [*OWN, CRATE])
def test_a_description_that_is_gone_is_missed(release: Path, name: str) -> None:
    (release / name).unlink()
    write_sums(release)

    assert any(line.startswith(f"{name}: missing") for line in validators.verify(release))


@pytest.mark.parametrize("name", [*OWN, CRATE])
def test_a_byte_more_in_a_description_is_caught_by_the_checksums(release: Path, name: str) -> None:
    with (release / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")

    remedy = "restore it from the repository's history"
    assert validators.verify(release) == [f"{name}: not the bytes that SHA256SUMS states; {remedy}"]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("name", "old", "new", "caught"),
    [
        ("milestone", "ALB,", "ZZZ,", {"frictionless", "csvw", "verify"}),
        ("deployment", "eufor; kfor", "eufor; nowhere", {"csvw", "verify"}),
        ("deployment", ",60,", ",sixty,", {"frictionless", "csvw", "verify"}),
        ("membership", "ALB,nato,member", "ALB,nato,membr", {"frictionless", "csvw", "verify"}),
        ("country", "ALB,", "ALBANIA,", {"frictionless", "csvw", "verify"}),
    ],
)
def test_a_wrong_cell_is_caught_where_digests_are_made_to_fit(
    release: Path, name: str, old: str, new: str, caught: set[str]
) -> None:
    path = release / "csv" / f"{name}.csv"
    rewrite(path, old, new)
    fit = {"hash": f"sha256:{sha256(path)}", "bytes": path.stat().st_size}
    tamper(release, "datapackage.json", lambda d: resource(d, name).update(fit))
    seal(release)

    found = {v.__name__ for v in (validators.frictionless, validators.csvw, validators.verify) if v(release)}

    assert found == caught


@pytest.mark.usefixtures("no_network")
def test_a_row_given_twice_is_caught(release: Path) -> None:
    path = release / "csv" / "organisation.csv"
    with path.open("a", encoding="utf-8") as stream:
        stream.write(path.read_text("utf-8").splitlines()[-1] + "\n")
    seal(release)

    assert any("uplicate" in what for what in validators.csvw(release))
    assert any("csv/organisation.csv" in what for what in validators.verify(release))
    with path.open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 3
