"""What to cite in place of a row of a table that is put together from others, and so has no claims of its own."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any


def put_together(
    table: str, parts: Sequence[str], keys: Mapping[str, Sequence[str]], manifest: Mapping[str, Any]
) -> str:
    """That a table is a join, which tables it is of, and the command that cites the row of it which the parts name.

    Given the key of each table that has claims, and the manifest of the release; where that tells no lineage, as in
    earlier releases, every such table is named.
    """
    lineage = manifest.get("lineage", {}).get(table, {})
    sources = dict.fromkeys(origin.partition(".")[0] for origins in lineage.values() for origin in origins)
    of = [name for name in sources if name in keys]
    first = next((name for name in of if _named(name, parts, keys, manifest["tables"][table]["key"], lineage)), None)
    if first is None:
        return f"{table} is put together from other tables; cite a row of one of these: {', '.join(of or keys)}"
    asked = " ".join(_named(first, parts, keys, manifest["tables"][table]["key"], lineage))
    others = f"; the rest of it is of {', '.join(name for name in of if name != first)}" if of[1:] else ""
    return f"{table} is put together from other tables; cite the row of {first}: wb6 cite {first} {asked}{others}"


def _named(
    source: str,
    parts: Sequence[str],
    keys: Mapping[str, Sequence[str]],
    key: Sequence[str],
    lineage: Mapping[str, Sequence[str]],
) -> list[str]:
    """The parts of a join's key that are of one of its tables, by the name that they have there."""
    given: dict[str, str] = {}
    for name, part in zip(key, parts, strict=False):
        given |= {column: part for column in keys[source] if f"{source}.{column}" in lineage.get(name, ())}
    return [shlex.quote(f"{column}={part}") for column, part in given.items()]
