"""Tamperings with what a release says of itself, file by file, and what catches each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.files import SUMS, sha256
from tests.tampered import (
    CRATE,
    Change,
    Tampering,
    change_json,
    change_text,
    drop,
    write,
)
from tests.tamperings import column

METADATA = {"metadata"}


def said(file: str, change: Callable[[Any], object], telling: str, by: set[str] = METADATA) -> Tampering:
    """A JSON file that says something else."""
    return Tampering(lambda f: change_json(f, file, change), by, telling)


def reads(file: str, old: str, new: str, telling: str, by: set[str] = METADATA) -> Tampering:
    """A file in which something else is written."""
    return Tampering(lambda f: change_text(f, file, old, new), by, telling)


def gone(file: str, by: set[str] = METADATA) -> Tampering:
    """A file that is not there, nor in the crate."""
    return Tampering(lambda f: drop(f, file), by, f"{file}: missing")


def named(entries: list[dict[str, Any]], name: str, by: str = "name") -> dict[str, Any]:
    return next(entry for entry in entries if entry[by] == name)


def res(package: Any, name: str = "event") -> dict[str, Any]:
    return named(package["resources"], name)


def codes(package: Any, code: str) -> list[str]:
    fields = [field for resource in package["resources"] for field in resource["schema"]["fields"]]
    listed: list[list[str]] = [field.get("constraints", {}).get("enum", []) for field in fields]
    return next(known for known in listed if code in known)


def dist(croissant: Any, name: str = "parquet/event.parquet") -> dict[str, Any]:
    return named(croissant["distribution"], name, "@id")


def field(croissant: Any, table: str, name: str) -> dict[str, Any]:
    return named(named(croissant["recordSet"], table)["field"], name)


def tab(group: Any, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = named(group["tables"], f"csv/{name}.csv", "url")["tableSchema"]
    return schema


def entity(crate: Any, name: str) -> dict[str, Any]:
    return named(crate["@graph"], name, "@id")


def stray(folder: Path, name: str, content: bytes) -> None:
    """Put a file beside the others, and tell of it in the crate."""
    write(folder, name, content)

    def tell(crate: dict[str, Any]) -> None:
        about = {"contentSize": str(len(content)), "sha256": sha256(folder / name)}
        crate["@graph"].append({"@id": name, "@type": "File", "name": name, **about})
        entity(crate, "./")["hasPart"].append({"@id": name})

    change_json(folder, CRATE, tell)


def licence(folder: Path) -> None:
    """Write another licence, and state its hash."""
    write(folder, "LICENSE", b"None.")
    change_json(folder, "manifest.json", lambda m: m["dataset"].update(licence_sha256=sha256(folder / "LICENSE")))


LOST = {"claims", "metadata", "schemas", "version"}
"""What does not let itself be checked where the manifest is damaged."""

MANIFEST: dict[str, Tampering] = {
    "missing": Tampering(lambda f: drop(f, "manifest.json"), LOST, "manifest.json: missing"),
    "no JSON": reads("manifest.json", "{", "{,", "manifest.json: not JSON", LOST),
    "says something twice": reads("manifest.json", "{", '{"version": "9.9.9",', "it says something twice", LOST),
    "wrong hash": said(
        "manifest.json", lambda m: m["tables"]["event"].update(sha256="0" * 64), "sha256 stated is not that of csv/event"),
    "wrong hash of the content": said("manifest.json", lambda m: m.update(content_sha256="0" * 64), "content_sha256"),
    "wrong hash of the licence": said(
        "manifest.json", lambda m: m["dataset"].update(licence_sha256="0" * 64), "licence_sha256 is not the digest"),
    "wrong hash of a source": said(
        "manifest.json", lambda m: m["sources"].update({"sources/event.csv": "0"}), "its sources are no list"),
    "wrong type": Tampering(
        lambda f: column(f, "country", "gw_code", "VARCHAR"), {"schemas", "metadata"}, "has the column gw_code BIGINT"),
    "unknown type": Tampering(
        lambda f: column(f, "country", "gw_code", "BLOB"), {"metadata", "version"}, "which is none of ours"),
    "wrong row count": said(
        "manifest.json", lambda m: m["tables"]["mission"].update(rows=7), "mission: 7 rows stated, and there are 2"),
    "wrong version": said("manifest.json", lambda m: m.update(version="0.3.0"), "its folder is 0.2.0"),
    "wrong meaning": said("manifest.json", lambda m: m["tables"]["event"].update(description="One row."),
        "calls its description", {"schemas", "metadata"}),
    "table left out": said("manifest.json", lambda m: m["tables"].pop("event_figure"),
        "csv/event_figure.csv: belongs to no table", {"schemas", "metadata", "version"}),
    "broken reference to the release before": said(
        "manifest.json", lambda m: m.update(previous="0.0.9"), "names '0.0.9'", {"metadata", "version"}),
    "release before forgotten": said(
        "manifest.json", lambda m: m.update(previous=None), "the release before it", {"metadata", "version"}),
    "lineage left out": said("manifest.json", lambda m: m.pop("lineage"), "README.md: does say where the columns of actor"),
    "no lineage": said("manifest.json", lambda m: m.update(lineage=[]), "manifest.json: cannot be read as what it is"),
    "column of no lineage": said(
        "manifest.json", lambda m: m["lineage"]["actor"].pop("kind"), "lacks column in the lineage of actor kind"),
    "origin that is no column": said(
        "manifest.json", lambda m: m["lineage"]["conflict"].update(value=["claim.vale"]), "comes from claim.vale, which"),
    "origin that is no file": said(
        "manifest.json", lambda m: m["lineage"]["actor"].update(kind=["sources/act.kind"]), "from sources/act.kind, which"),
    "descriptions not listed": said("manifest.json", lambda m: m.pop("descriptions"), "its descriptions are None"),
    "cut-off date moved": said(
        "manifest.json", lambda m: m.update(as_of="2024-12-31"), "its as_of is '2024-12-31'"),
    "cut-off date moved twice": reads(
        "manifest.json", '"as_of": "2023-12-31",\n    "keywords"', '"as_of": "2022-12-31",\n    "keywords"', "2022-12-31"),
}  # fmt: skip

PACKAGE: dict[str, Tampering] = {
    "missing": gone("datapackage.json"),
    "no JSON": reads("datapackage.json", "{", "[", "not JSON"),
    "wrong hash": said("datapackage.json", lambda p: res(p).update(hash="sha256:0"), "digest of csv/event.csv is '0'"),
    "wrong size": said("datapackage.json", lambda p: res(p).update(bytes=1), "the size of csv/event.csv is 1"),
    "missing file": said("datapackage.json", lambda p: res(p).update(path="../../x"), "names file ../../x"),
    "stray table": said(
        "datapackage.json", lambda p: p["resources"].append({**res(p), "name": "x"}), "names table x, which the release lacks"),
    "table left out": said("datapackage.json", lambda p: p["resources"].pop(), "lacks table timeline"),
    "broken reference": reads("datapackage.json", '"resource": "country"', '"resource": "land"', "refers to land.iso3"),
    "wrong key": reads("datapackage.json", '"primaryKey": [', '"primaryKey": ["name",', "the key of actor is"),
    "wrong type": reads("datapackage.json", '"type": "integer"', '"type": "string"', "('n_claims', 'string')"),
    "wrong codes": said(
        "datapackage.json", lambda p: codes(p, "user_assigned").remove("user_assigned"), "holds 'user_assigned', which is none"),
    "wrong categories": reads("datapackage.json", '"value": "user_assigned"', '"value": "taken"', "the categories of country.code"),
    "not required": reads("datapackage.json", '"required": true', '"required": false', "actor.actor_id is not required"),
    "wrong meaning": reads(
        "datapackage.json", "How many claims bear", "How few claims bear", "the meaning of actor.n_claims"),
    "misspelt property": reads("datapackage.json", '"missingValues"', '"missingValue"', "property 'missingValue'"),
    "wrong version": said("datapackage.json", lambda p: p.update(version="9.9.9"), "the version is '9.9.9'"),
    "wrong licence": said(
        "datapackage.json", lambda p: p["licenses"][0].update(path="https://example.org"), "the path is 'https://example"),
}  # fmt: skip

CROISSANT: dict[str, Tampering] = {
    "missing": gone("croissant.json"),
    "wrong hash": said("croissant.json", lambda c: dist(c).update(sha256="0" * 64), "digest of parquet/event.parquet is '0"),
    "wrong size": said("croissant.json", lambda c: dist(c).update(contentSize="1 B"), "size of parquet/event.parquet is 1"),
    "missing file": said("croissant.json", lambda c: dist(c).update(contentUrl="no.csv"), "names file no.csv"),
    "stray file": said(
        "croissant.json", lambda c: c["distribution"].append(dist(c)), "names file parquet/event.parquet twice"),
    "table left out": said("croissant.json", lambda c: c["recordSet"].pop(), "lacks table timeline"),
    "broken reference": said(
        "croissant.json", lambda c: field(c, "milestone", "iso3")["references"]["extract"].update(column="x"),
        "refers to country.x, which is no key"),
    "wrong type": said(
        "croissant.json", lambda c: field(c, "milestone", "n_claims").update(dataType="sc:Text"), "('n_claims', 'sc:Text')"),
    "wrong meaning": said(
        "croissant.json", lambda c: field(c, "milestone", "iso3").update(description="x"), "the meaning of milestone.iso3"),
    "wrong version": said("croissant.json", lambda c: c.update(version="9.9.9"), "the version is '9.9.9'"),
    "wrong day": said("croissant.json", lambda c: c.update(datePublished="2020-01-01"), "the datePublished is"),
}  # fmt: skip

CSVW: dict[str, Tampering] = {
    "missing": gone("csvw-metadata.json"),
    "missing file": said("csvw-metadata.json", lambda g: g["tables"][0].update(url="no.csv"), "names file no.csv"),
    "stray table": said("csvw-metadata.json", lambda g: g["tables"].append(g["tables"][0]), "csv/actor.csv twice"),
    "table left out": said("csvw-metadata.json", lambda g: g["tables"].pop(), "lacks file csv/timeline.csv"),
    "broken reference": reads(
        "csvw-metadata.json", '"resource": "csv/country.csv"', '"resource": "csv/land.csv"', "refers to land.iso3"),
    "wrong key": said(
        "csvw-metadata.json", lambda g: tab(g, "mission").update(primaryKey=["name"]), "the key of mission is ['name']"),
    "key left out": said("csvw-metadata.json", lambda g: tab(g, "mission").pop("primaryKey"), "the key of mission is []"),
    "wrong type": reads(
        "csvw-metadata.json", '"datatype": "integer"', '"datatype": "string"', "('n_claims', 'string')"),
    "wrong meaning": reads("csvw-metadata.json", "How many claims", "How few claims", "the meaning of actor.n_claims"),
    "wrong version": said("csvw-metadata.json", lambda g: g.update({"schema:version": "9"}), "schema:version is '9'"),
}  # fmt: skip

CRATES: dict[str, Tampering] = {
    "missing": Tampering(lambda f: drop(f, CRATE), METADATA, f"{CRATE}: missing"),
    "wrong hash": said(CRATE, lambda c: entity(c, "csv/event.csv").update(sha256="0"), "digest of csv/event.csv is '0'"),
    "wrong size": said(
        CRATE, lambda c: entity(c, "csv/event.csv").update(contentSize="1"), "size of csv/event.csv is 1"),
    "missing file": said(
        CRATE, lambda c: entity(c, "csv/event.csv").update({"@id": "no.csv"}), "names file no.csv"),
    "stray file": said(
        CRATE, lambda c: entity(c, "./")["hasPart"].append({"@id": "x"}), "names file x, which the release lacks"),
    "file left out": said(CRATE, lambda c: entity(c, "./")["hasPart"].pop(0), "lacks file CHANGES.md"),
    "broken reference": said(
        CRATE, lambda c: c["@graph"].remove(entity(c, "#publisher")), "refers to #publisher, which is not described"),
    "wrong type": said(CRATE, lambda c: entity(c, "./").update({"@type": "Thing"}), "the type of ./ is 'Thing'"),
    "wrong row count": reads(CRATE, " Rows: 2.", " Rows: 3.", "Rows: 3.', not"),
    "wrong version": said(CRATE, lambda c: entity(c, "./").update(version="9.9.9"), "the version is '9.9.9'"),
}  # fmt: skip

CITATION: dict[str, Tampering] = {
    "missing": gone("CITATION.cff"),
    "no YAML": reads("CITATION.cff", "type: ", "type: [", "cannot be read"),
    "wrong type": reads("CITATION.cff", "type: dataset", "type: software", "the type is 'software'"),
    "wrong version": reads("CITATION.cff", "version: 0.2.0", "version: 0.1.0", "the version is '0.1.0'"),
    "wrong version to cite": reads("CITATION.cff", "version 0.2.0 ", "version 0.1.0 ", "the message names no such version"),
    "wrong licence": reads("CITATION.cff", "license: CC-BY-4.0", "license: MIT", "the license is 'MIT'"),
    "wrong author": reads("CITATION.cff", "- name: WB6", "- name: XX", "the name is 'XX'"),
    "wrong day": reads("CITATION.cff", "type: ", "date-released: '2020-01-01'\ntype: ", "the date is '2020-01-01'"),
}  # fmt: skip

LICENCE: dict[str, Tampering] = {
    "missing": gone("LICENSE"),
    "changed": Tampering(
        lambda f: change_text(f, "LICENSE", "CC", "XX"),
        METADATA,
        "licence_sha256 is not the digest of LICENSE",
    ),
    "changed, with its hash in manifest.json": Tampering(
        lambda f: licence(f), {"metadata", "version"}, "csv/change.csv: does not list"
    ),
}


def listed(change: Change, telling: str, by: set[str]) -> Tampering:
    """The checksums themselves, which are what a clever forger makes right: so they are left at that."""
    return Tampering(change, by, telling, lambda _: None)


BOTH = {"checksums", "metadata"}
CHECKSUMS: dict[str, Tampering] = {
    "missing": listed(lambda f: (f / SUMS).unlink(), "SHA256SUMS: missing", {"checksums"}),
    "wrong hash": listed(lambda f: change_text(f, SUMS, "0", "1"), "not the bytes that SHA256SUMS states", BOTH),
    "file left out": listed(
        lambda f: change_text(f, SUMS, (f / SUMS).read_text("utf-8").splitlines(True)[-1], ""),
        "wb6.xlsx: not listed in SHA256SUMS", BOTH),
    "missing file": listed(
        lambda f: change_text(f, SUMS, "  LICENSE\n", f"  LICENSE\n{'0' * 64}  no.csv\n"), "no.csv: missing", BOTH),
    "no digest": listed(lambda f: change_text(f, SUMS, "  LICENSE", " LICENSE"), "is no digest and name", BOTH),
    "stray file": listed(lambda f: write(f, "notes.txt", b"x"), "notes.txt: not listed in SHA256SUMS", {"checksums"}),
    "stray file, listed": Tampering(lambda f: write(f, "notes.txt", b"x"), METADATA, "lacks file notes.txt"),
    "stray file, listed there and in the crate": Tampering(
        lambda f: stray(f, "notes.txt", b"x"), METADATA, "notes.txt: is none of the files that a release has"),
}  # fmt: skip

UNSEEN: dict[str, Tampering] = {
    "manifest.json, wrong hash of a source": said(
        "manifest.json", lambda m: m["sources"].update({"sources/event.csv": "0" * 64}), "manifest.json", set()),
    "CITATION.cff, how to cite": reads("CITATION.cff", "To cite a fact", "To cite a tale", "CITATION.cff", set()),
}  # fmt: skip
"""What contradicts nothing in the release."""
