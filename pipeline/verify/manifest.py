"""manifest.json of a release, read without trust: what does not have its form is a fault, and left out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.verify.fault import RESTORE, Fault
from pipeline.verify.model import TYPES, table_of
from pipeline.verify.unchecked import raise_if_unchecked
from schemas.registry import Table

MANIFEST = "manifest.json"

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Listed:
    """One table as the manifest lists it: its shape, and what is said of its content."""

    table: Table
    description: object
    rows: object
    sha256: object


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself. `said` is the whole of it; `tables` are those whose shape makes sense."""

    said: Mapping[str, Any]
    tables: Mapping[str, Listed]

    @property
    def listed(self) -> frozenset[str]:
        """Every table that it names, also one whose shape makes no sense."""
        tables = self.said.get("tables")
        return frozenset(tables) if isinstance(tables, dict) else frozenset()

    @property
    def about(self) -> Mapping[str, Any]:
        """What it says of the dataset."""
        about = self.said.get("dataset")
        return about if isinstance(about, dict) else {}


def read_json(path: Path, label: str) -> tuple[dict[str, Any], list[Fault]]:
    """A JSON object from a file, empty where there is none, and what keeps it from being read."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("it says something twice")
        return found

    if path.is_symlink() or not path.is_file():
        return {}, [Fault(label, "missing", RESTORE)]
    try:
        said = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=once)
    except (OSError, ValueError, RecursionError) as error:
        raise_if_unchecked(error)
        what = "too deep" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        return {}, [Fault(label, f"not JSON: {what}", RESTORE)]
    if not isinstance(said, dict):
        return {}, [Fault(label, "no JSON object", RESTORE)]
    return said, []


def read_manifest(folder: Path) -> tuple[Manifest, list[Fault]]:
    """The manifest of a release as far as it makes sense, and what is wrong with its form."""
    said, found = read_json(folder / MANIFEST, MANIFEST)
    if found:
        return Manifest({}, {}), found
    listed, tables = said.get("tables"), {}
    if not isinstance(listed, dict) or not listed:
        return Manifest(said, {}), [Fault(MANIFEST, "lists no tables", RESTORE)]
    for name, entry in listed.items():
        wrong = _wrong_shape(name, entry)
        if wrong:
            found.append(Fault(MANIFEST, f"table {name}: {wrong}", RESTORE))
        else:
            table = table_of(name, entry["key"], {c["name"]: c["type"] for c in entry["columns"]})
            tables[name] = Listed(table, entry.get("description"), entry.get("rows"), entry.get("sha256"))
    return Manifest(said, tables), found


def _wrong_shape(name: str, entry: object) -> str | None:
    """Why an entry is no table; None where it is one."""
    if not _NAME.fullmatch(name):
        return "no name for a table"
    if not isinstance(entry, dict) or not isinstance(entry.get("columns"), list) or not entry["columns"]:
        return "has no columns"
    columns = entry["columns"]
    if not all(isinstance(c, dict) and isinstance(c.get("name"), str) and _NAME.fullmatch(c["name"]) for c in columns):
        return "has a column without a proper name"
    names = [c["name"] for c in columns]
    if len(set(names)) < len(names):
        return "has two columns of one name"
    strange = [c["name"] for c in columns if c.get("type") not in TYPES]
    if strange:
        return f"column {strange[0]} has the type {columns[names.index(strange[0])].get('type')}, which is none of ours"
    key = entry.get("key")
    if not isinstance(key, list) or not all(isinstance(k, str) and k in names for k in key) or len(set(key)) < len(key):
        return "has a key that is not a list of its columns"
    return None


def is_digest(said: object) -> bool:
    """Whether a value is a SHA-256 in hexadecimal."""
    return isinstance(said, str) and _DIGEST.fullmatch(said) is not None
