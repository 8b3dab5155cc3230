"""What a release says of itself to the pipeline: manifest.json, which the next release and its proof read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset
from pipeline.files import sha256
from pipeline.project import Project
from schemas.registry import Table

DESCRIPTIONS = ("CITATION.cff", "croissant.json", "csvw-metadata.json", "datapackage.json", "ro-crate-metadata.json")
"""The files of a release that describe it by a standard."""


def shape(tables: Mapping[str, Table]) -> dict[str, dict[str, Any]]:
    """Each table's key and columns, as the manifest lists them and the next release compares them."""
    return {
        name: {"key": list(t.key), "columns": [{"name": c.name, "type": c.type} for c in t.columns]}
        for name, t in tables.items()
    }


def about_dataset(project: Project, dataset: Dataset) -> dict[str, Any]:
    """What the release says of itself beyond its tables; a change of it is a change of content."""
    fields = {name: value for name, value in asdict(dataset).items() if name not in ("as_of", "issued", "keywords")}
    days = {"as_of": dataset.as_of.isoformat(), **({"issued": dataset.issued.isoformat()} if dataset.issued else {})}
    licence = sha256(project.sources / "LICENSE")
    return {**fields, **days, "keywords": list(dataset.keywords), "licence_sha256": licence}


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
    shapes = shape(tables)
    listed = {
        name: {
            "description": table.description,
            "rows": rows[name],
            "sha256": sha256(folder / "csv" / f"{name}.csv"),
            **shapes[name],
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
        "content_sha256": hashlib.sha256(whole.encode()).hexdigest(),
        "dataset": dict(about),
        "tables": listed,
        "sources": dict(sources),
        "software": {package: installed(package) for package in ("duckdb", "matplotlib", "pyarrow", "xlsxwriter")},
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
