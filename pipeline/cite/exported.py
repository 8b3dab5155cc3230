"""Documents for a reader's bibliography: which of them were not read, but are known through one that cites them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.cite.source import Source


def told_of(items: Iterable[Mapping[str, Any]], sources: Sequence[Source]) -> list[dict[str, Any]]:
    """The items of sources, with a note on each that none of them read, saying where it is cited."""
    known = {item["id"]: item for item in items}
    read = {source.read.document_id for source in sources}
    citing: dict[str, dict[str, list[str]]] = {}
    for source in sources:
        if source.origin and source.origin.document_id not in read:
            by = citing.setdefault(source.origin.document_id, {}).setdefault(source.read.document_id, [])
            by += [source.read.locator] if source.read.locator and source.read.locator not in by else []
    return [
        {**item, "note": _where(known, citing[name])} if name in citing else {**item} for name, item in known.items()
    ]


def _where(known: Mapping[str, Mapping[str, Any]], citing: Mapping[str, Sequence[str]]) -> str:
    told = (
        ", ".join([f"{known[name].get('title', name)} ({name})", "; ".join(at)]) if at else name
        for name, at in citing.items()
    )
    return f"Cited in {'; '.join(told)}"
