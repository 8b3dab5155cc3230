"""What a description says, set against what the release holds: one line for each thing that is not so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.verify.opened import Opened


def differ(what: str, said: object, true: object) -> list[str]:
    """One line where something said is not true."""
    return [] if said == true else [f"{what} is {said!r}, not {true!r}"]


def opens(what: str, said: str, true: str) -> list[str]:
    """One line where a text does not begin with another, which it may go on from."""
    return [] if said.startswith(true) else [f"{what} is {said!r}, and does not begin with {true!r}"]


def misspelt(where: str, entry: Mapping[str, Any], known: Iterable[str]) -> list[str]:
    """The properties of an entry that the standard does not know, one line each."""
    return [f"{where} has a property {name!r} that the standard does not know" for name in sorted(entry.keys() - known)]


def listed(what: str, said: Iterable[str], true: Iterable[str]) -> list[str]:
    """What a list lacks, holds too much or names twice, one line each."""
    names, wanted = list(said), set(true)
    return [
        *(f"lacks {what} {name}" for name in sorted(wanted.difference(names))),
        *(f"names {what} {name}, which the release lacks" for name in sorted(set(names) - wanted)),
        *(f"names {what} {name} twice" for name in sorted({n for n in names if names.count(n) > 1})),
    ]


def about(release: Opened, said: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What is said of the dataset, each property by the name that the manifest has for it, against the manifest."""
    true = {**release.manifest.about, "version": release.manifest.said.get("version")}
    true["released"] = true.get("issued", true.get("as_of"))
    return [line for name, own in names.items() for line in differ(f"the {name}", said.get(name), true.get(own))]


def file(release: Opened, name: str, size: int, digest: str) -> list[str]:
    """Whether a file has the size and digest that are said of it. That it has those of SHA256SUMS is not at issue here."""
    if name not in release.sums.names:
        return [f"names file {name}, which the release lacks"]
    known = name in release.sums.intact
    found = differ(f"the size of {name}", size, release.files[name].stat().st_size) if known else []
    return found + differ(f"the digest of {name}", digest, release.sums.digest(name))


def columns(
    release: Opened, table: str, types: Mapping[str, str], said: Iterable[tuple[str, str, str]], key: Iterable[str]
) -> list[str]:
    """Whether a table has the columns, each with its type and meaning, and the key that are said of it."""
    own, true = list(said), release.manifest.tables[table].table
    found = differ(f"the key of {table}", list(key), list(true.key))
    shape = differ(f"the columns of {table}", [c[:2] for c in own], [(c.name, types[c.type]) for c in true.columns])
    if shape or table not in release.tables:
        return found + shape
    pairs = zip(own, release.tables[table].columns, strict=True)
    return found + [line for c, t in pairs for line in differ(f"the meaning of {table}.{c[0]}", c[2], t.description)]


def target(release: Opened, where: str, table: str, column: str) -> list[str]:
    """Whether a reference leads to the key of a table."""
    listed = release.manifest.tables.get(table)
    leads = listed is not None and listed.table.key == (column,)
    return [] if leads else [f"{where} refers to {table}.{column}, which is no key"]
