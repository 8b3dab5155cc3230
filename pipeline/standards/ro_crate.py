"""ro-crate-metadata.json: the release as an RO-Crate (https://w3id.org/ro/crate/1.3), which lists every file of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pipeline.files import SUMS, sha256
from pipeline.standards.citation import reference
from pipeline.standards.sbom import FILE as BILL
from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE

SPECIFICATION = "https://w3id.org/ro/crate/1.3"
FILE = "ro-crate-metadata.json"

_MEDIA_TYPES = {
    "cff": "application/yaml",
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "parquet": "application/vnd.apache.parquet",
    "png": "image/png",
    "sql": "application/sql",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

ABOUT = {
    "CHANGES.md": "What changed against the release before, and why, for people.",
    "CITATION.cff": "How to cite the release.",
    "LICENSE": "The licence of the data, in full.",
    "README.md": "The data dictionary: every table and column, for people.",
    "croissant.json": "The release as machine-learning tools load it.",
    "csvw-metadata.json": "The CSV files as CSV on the Web describes them.",
    "datapackage.json": "The release as a Data Package.",
    "explorer.html": "Every table as a page to look at, search and cite from, which opens from disk.",
    BILL: "The software that the pipeline is made of: versions, digests and licences.",
    "manifest.json": "The tables with their digests, and the files they were made from.",
    "wb6.sql": "Views with comments for DuckDB.",
    "wb6.xlsx": "Every table as a sheet of a workbook.",
    SUMS: "The SHA-256 of every other file.",
}
"""The files that a release may hold beside its data files, each with what it is."""

_STANDARDS = {
    "CITATION.cff": "https://citation-file-format.github.io/",
    "croissant.json": "http://mlcommons.org/croissant/1.1",
    "csvw-metadata.json": "https://www.w3.org/TR/tabular-metadata/",
    "datapackage.json": "https://datapackage.org/profiles/2.0/datapackage.json",
    BILL: "https://cyclonedx.org/docs/1.6/json/",
}


def ro_crate(staged: Staged) -> dict[str, Any]:
    """The crate of every file staged so far and of the checksums to come: the last description to be written."""
    names = sorted(p.relative_to(staged.folder).as_posix() for p in staged.folder.rglob("*") if p.is_file())
    files = [_file(name, staged) for name in names if name not in (FILE, SUMS)]
    sums = {"@id": SUMS, "@type": "File", "name": SUMS, "description": ABOUT[SUMS], "encodingFormat": "text/plain"}
    descriptor = {
        "@id": FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    parts = [*files, sums]
    people = _contextual(staged, {name for name in names if name in _STANDARDS})
    return {"@context": f"{SPECIFICATION}/context", "@graph": [descriptor, _root(staged, parts), *parts, *people]}


def _root(staged: Staged, parts: list[dict[str, Any]]) -> dict[str, Any]:
    dataset = staged.dataset
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": dataset.title,
        "description": f"{dataset.description} {STATUS_NOTE}",
        "datePublished": (dataset.issued or dataset.as_of).isoformat(),
        "version": staged.version,
        "license": {"@id": dataset.licence_url},
        "author": {"@id": "#publisher"},
        "publisher": {"@id": "#publisher"},
        "keywords": list(dataset.keywords),
        "creditText": reference(staged),
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }


def _file(name: str, staged: Staged) -> dict[str, Any]:
    path = staged.folder / name
    table = staged.tables.get(path.stem) if path.parent != staged.folder else None
    about = f"{table.description} Rows: {staged.rows[table.name]}." if table else ABOUT.get(name)
    return {
        "@id": quote(name),
        "@type": "File",
        "name": name,
        **({"description": about} if about else {}),
        "encodingFormat": _MEDIA_TYPES.get(path.suffix[1:], "text/plain"),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
        **({"conformsTo": {"@id": _STANDARDS[name]}} if name in _STANDARDS else {}),
    }


def _contextual(staged: Staged, described: set[str]) -> list[dict[str, Any]]:
    """What the crate's entities refer to: licence, publisher and the standards that its files follow."""
    dataset = staged.dataset
    licence = {"@id": dataset.licence_url, "@type": "CreativeWork", "name": dataset.licence}
    publisher = {"@id": "#publisher", "@type": "Organization", "name": dataset.publisher}
    standards = [
        {"@id": _STANDARDS[name], "@type": "CreativeWork", "name": f"Specification of {name}"}
        for name in sorted(described)
    ]
    return [licence, publisher, *standards]
