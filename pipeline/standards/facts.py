"""What a release holds, as its manifest and checksums state it: what each of its descriptions has to agree with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.files import SUMS


@dataclass(frozen=True)
class Facts:
    """A release's manifest, and the digest and size of each of its files."""

    manifest: Mapping[str, Any]
    digests: Mapping[str, str]
    sizes: Mapping[str, int]

    @property
    def tables(self) -> Mapping[str, Any]:
        """Each table's key and columns."""
        tables: Mapping[str, Any] = self.manifest["tables"]
        return tables

    def columns(self, table: str, types: Mapping[str, str]) -> list[tuple[str, str]]:
        """The columns of a table, each with its type as a standard calls it."""
        return [(c["name"], types[c["type"]]) for c in self.tables[table]["columns"]]


def read_facts(folder: Path) -> Facts:
    """The facts of a release whose checksums hold: the digests are those that SHA256SUMS states."""
    lines = (line.split("  ", 1) for line in (folder / SUMS).read_text("utf-8").splitlines())
    digests = {name: digest for digest, name in lines}
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return Facts(manifest, digests, {name: (folder / name).stat().st_size for name in digests})


def differ(what: str, said: object, true: object) -> list[str]:
    """One line where something said is not true."""
    return [] if said == true else [f"{what} is {said!r}, not {true!r}"]


def misspelt(where: str, entry: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """The properties of an entry that the standard does not know, one line each."""
    return [f"{where} has a property {name!r} that the standard does not know" for name in sorted(entry.keys() - known)]


def listed(what: str, said: Iterable[str], true: Iterable[str]) -> list[str]:
    """What a list lacks, holds too much or names twice, one line each."""
    names, wanted = list(said), set(true)
    lacks = [f"lacks {what} {name}" for name in sorted(wanted.difference(names))]
    extra = [f"names {what} {name}, which the release lacks" for name in sorted(set(names) - wanted)]
    return [
        *lacks,
        *extra,
        *(f"names {what} {name} twice" for name in sorted({n for n in names if names.count(n) > 1})),
    ]
