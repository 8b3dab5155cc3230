"""What a release says of itself to the pipeline: manifest.json, which the next release and its proof read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from pipeline.charts.chart import FOLDER as CHARTS
from pipeline.dataset import Dataset
from pipeline.datasheet_sections import KEY
from pipeline.explorer.place import FILE as EXPLORER
from pipeline.files import sha256
from pipeline.project import Project
from pipeline.standards.sbom import FILE as BILL
from schemas.registry import Table

CHANGES = "CHANGES.md"
"""The file of a release that tells what it changes."""

LINEAGE = "lineage"
"""What the manifest calls the columns that each column comes from; the first releases do not say it."""

VIEWS = (CHARTS, EXPLORER)
"""The files, and folders of files, of a release that show its tables to people; the first releases have none."""

_SOFTWARE = ("duckdb", "matplotlib", "pyarrow", "pypandoc-binary", "xlsxwriter")
"""The packages that the bytes of a release depend on."""

MATERIALS = "materials"
"""What the manifest calls the bill of materials; the first releases have none."""

DESCRIPTIONS = ("CITATION.cff", "croissant.json", "csvw-metadata.json", "datapackage.json", "ro-crate-metadata.json")
"""The files of a release that describe it by a standard."""


def about_dataset(project: Project, dataset: Dataset) -> dict[str, Any]:
    """What the release says of itself beyond its tables; a change of it is a change of content."""
    apart = ("as_of", "issued", "keywords", KEY)
    fields = {name: value for name, value in asdict(dataset).items() if name not in apart}
    sections = {f"{KEY}.{name}": text for name, text in dataset.datasheet.items()}
    days = {"as_of": dataset.as_of.isoformat(), **({"issued": dataset.issued.isoformat()} if dataset.issued else {})}
    licence = sha256(project.sources / "LICENSE")
    return {**fields, **days, "keywords": list(dataset.keywords), "licence_sha256": licence, **sections}


def manifest(
    about: Mapping[str, Any],
    tables: Mapping[str, Table],
    rows: Mapping[str, int],
    sources: Mapping[str, str],
    folder: Path,
    version: str,
    previous: str | None,
) -> dict[str, Any]:
    """The manifest of a staged release: versions, the digest of each table's CSV, and the files it was made from."""
    listed = {
        name: {
            "description": table.description,
            "rows": rows[name],
            "sha256": sha256(folder / "csv" / f"{name}.csv"),
            "key": list(table.key),
            "columns": [{"name": c.name, "type": c.type} for c in table.columns],
        }
        for name, table in tables.items()
    }
    whole = "".join(f"{name} {entry['sha256']}\n" for name, entry in listed.items())
    return {
        "name": about["name"],
        "version": version,
        "previous": previous,
        "as_of": about["as_of"],
        "descriptions": list(DESCRIPTIONS),
        "changes": CHANGES,
        MATERIALS: BILL,
        "views": list(VIEWS),
        "content_sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "dataset": dict(about),
        "tables": listed,
        "sources": dict(sources),
        "software": {package: installed(package) for package in _SOFTWARE},
    }


def footer(dataset: Dataset, version: str) -> dict[str, str]:
    """What every Parquet file says of its release, so that a file on its own still tells where it belongs."""
    return {
        "dataset": dataset.name,
        "title": dataset.title,
        "version": version,
        "publisher": dataset.publisher,
        "licence": dataset.licence,
        "licence_url": dataset.licence_url,
    }


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON in one stable form."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
