"""wb6.sql makes the views, comments and macros of the release's own tables, and nothing else. It is read, and not run."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from pipeline.dataset import Dataset
from pipeline.standards.compare import differ
from pipeline.standards.sql import FILE, sql
from pipeline.standards.staged import Staged
from pipeline.verify.opened import Opened
from schemas.registry import Table

FORMER: frozenset[str] = frozenset()
"""The SHA-256 of each statement, stripped, that a release has from an earlier version of the code, and this one writes
otherwise. A release is never written again, so whoever changes a macro or a view adds here what the last release holds."""


def sql_disagrees(release: Opened) -> list[str]:
    """The statements of wb6.sql that do not follow from the tables, and those that are lacking."""
    if release.unread or "datapackage.json" not in release.files:
        return []
    text = release.files[FILE].read_text("utf-8")
    made = sql(Staged(release.folder, _dataset(release), _tables(release), {}, release.version))
    said, true = _statements(text), _statements(made)
    former = [one for one in said if _digest(one) in FORMER]
    found = differ("its first line", text.split("\n")[0], made.split("\n")[0])
    found += [
        f"holds {_opening(one)} (sha256 {_digest(one)}), which does not follow from the release"
        for one in dict.fromkeys(said)
        if one not in true and one not in former
    ]
    if not former:
        found += [f"lacks {_opening(one)}" for one in true if one not in said]
        found += ["its statements are repeated or in another order"] if not found and said != true else []
    return found


def _statements(text: str) -> list[str]:
    # No parser looks at it: DuckDB's can be made to take all memory, and what equals our own text needs none.
    code = "\n".join(line for line in text.split("\n") if not line.startswith("--"))
    return [statement.strip() for statement in code.split(";\n") if statement.strip()]


def _digest(statement: str) -> str:
    return hashlib.sha256(statement.encode("utf-8", "replace")).hexdigest()


def _opening(statement: str) -> str:
    return statement.split("\n")[0][:100]


def _dataset(release: Opened) -> Dataset:
    """The dataset as the manifest has it."""
    about = release.manifest.about
    texts = {n: about[n] for n in ("name", "title", "description", "publisher", "licence", "licence_url")}
    return Dataset(**texts, keywords=tuple(about["keywords"]), as_of=datetime.date.fromisoformat(about["as_of"]))


def _tables(release: Opened) -> Mapping[str, Table]:
    """The tables as the release has them, with the units that its data package states."""
    resources = release.json("datapackage.json")["resources"]
    units = {(r["name"], f["name"]): f["unit"] for r in resources for f in r["schema"]["fields"] if "unit" in f}
    return {
        name: replace(
            table,
            columns=tuple(
                replace(c, cell=replace(c.cell, unit=units[name, c.name])) if (name, c.name) in units else c
                for c in table.columns
            ),
        )
        for name, table in release.tables.items()
    }
