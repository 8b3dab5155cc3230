"""What the page knows of the release beyond its rows: what it is, and what every table and column means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.diff.sections import SECTIONS
from pipeline.expand import field_of

MOST_ROWS = 20_000
"""How many rows a table of the page can have: a browser unpacks them whole, and each claim brings a footnote."""


def described(folder: Path) -> dict[str, Any]:
    """A release's manifest and descriptions in the form the page reads.

    Raises FileNotFoundError where the folder lacks its manifest or its Data Package.
    """
    manifest, package = _read(folder, "manifest.json"), _read(folder, "datapackage.json")
    fields = {r["name"]: {f["name"]: f for f in r["schema"]["fields"]} for r in package["resources"]}
    targets = _targets(folder, package)
    tables = {
        name: {
            "description": entry["description"],
            "key": entry["key"],
            "rows": entry["rows"],
            **({"left_out": True} if entry["rows"] > MOST_ROWS else {}),
            "columns": [_column(c, fields[name], targets[name]) for c in entry["columns"]],
        }
        for name, entry in manifest["tables"].items()
    }
    about = {name: manifest[name] for name in ("version", "previous", "as_of", "dataset")}
    return {**about, "sections": dict(SECTIONS), "tables": tables}


def held(about: Mapping[str, Any]) -> list[str]:
    """The tables that the page holds; the others are left to the files of the release, and the page says so."""
    return [name for name, table in about["tables"].items() if "left_out" not in table]


def _read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def _targets(folder: Path, package: Any) -> dict[str, dict[str, str]]:
    """The table that each column of each table refers to; of several, the first.

    CSV on the Web says it of lists, too; releases before 0.2.0 have the Data Package alone.
    """
    if not (folder / "csvw-metadata.json").is_file():
        return {
            r["name"]: {
                f["fields"][0]: f["reference"].get("resource") or r["name"] for f in r["schema"].get("foreignKeys", [])
            }
            for r in package["resources"]
        }
    found: dict[str, dict[str, str]] = {}
    for table in _read(folder, "csvw-metadata.json")["tables"]:
        own = found.setdefault(_table_of(table["url"]), {})
        for foreign in table["tableSchema"].get("foreignKeys", []):
            own.setdefault(foreign["columnReference"][0], _table_of(foreign["reference"]["resource"]))
    return found


def _table_of(url: str) -> str:
    return url.removeprefix("csv/").removesuffix(".csv")


def _column(column: Any, fields: Any, targets: dict[str, str]) -> dict[str, Any]:
    """One column; `field` is the one it was expanded from, which claims are made of."""
    name, field = column["name"], fields[column["name"]]
    codes = {category["value"]: category["label"] for category in field.get("categories", [])}
    return {
        "name": name,
        "type": column["type"],
        "description": field["description"],
        "field": field_of(name, fields),
        **({"codes": codes} if codes else {}),
        **({"unit": field["unit"]} if "unit" in field else {}),
        **({"target": targets[name]} if name in targets else {}),
    }
