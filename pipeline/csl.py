"""Documents as CSL-JSON, as Zotero exports and imports them: from the rows of the document table, and back to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

IN_CUSTOM = ("reliability", "text_sha256")
"""The columns that stand in the item's `custom`, since CSL has no such variables."""

_SAME = ("type", "title", "publisher", "language")

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL item that a row of the document table was made from; `authors` is a list.

    Where the row has no column `csl`, as in releases before there was one, only what the other columns hold.
    """
    custom = {name: row[name] for name in IN_CUSTOM if row.get(name)}
    item = {
        "id": row["document_id"],
        **{name: row[name] for name in _SAME if row.get(name)},
        **({"author": [_name(author) for author in row["authors"]]} if row.get("authors") else {}),
        **({"issued": _date(row["issued"])} if row.get("issued") else {}),
        **({"URL": row["url"]} if row.get("url") else {}),
        **({"custom": custom} if custom else {}),
    }
    return {**item, **json.loads(row.get("csl") or "{}")}


def beyond(item: Mapping[str, Any], row: Mapping[str, Any]) -> str | None:
    """What an item says beyond its row's other columns, as a JSON object; None where they say it all."""
    told = item_of({**row, "csl": None})
    rest = {name: value for name, value in sorted(item.items()) if told.get(name) != value}
    return json.dumps(rest, ensure_ascii=False) if rest else None


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": author}


def _date(edtf: str) -> dict[str, Any]:
    ends = edtf.split("/")
    if all(_DAY.fullmatch(end) for end in ends):
        return {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}
    return {"raw": edtf}


_IN_A_WORK = ("article", "article-journal", "article-magazine", "article-newspaper", "entry-encyclopedia", "post",
              "post-weblog", "webpage")  # fmt: skip
"""Types of documents that appear in a periodical, a reference work or a site: what the table calls their publisher."""


def citable(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as citation styles want it: the work it appeared in by name, dates with their doubt, no curator's notes."""
    item = item_of(row)
    item.pop("note", None)
    if item.get("type") in _IN_A_WORK and "publisher" in item and "container-title" not in item:
        item["container-title"] = item.pop("publisher")
    if row.get("issued"):
        item["issued"] = _doubted(row["issued"])
    return item


def _doubted(edtf: str) -> dict[str, Any]:
    """An EDTF date as CSL knows it: a day, a span, with `circa` for any doubt; else in words."""
    plain = re.sub(r"[?~%]", "", edtf)
    known = [end for end in plain.split("/") if end != ".."]
    circa = {"circa": True} if plain != edtf else {}
    if plain.startswith("../") or plain.endswith("/.."):
        return {"literal": f"{'until' if plain.startswith('..') else 'since'} {known[0]}"}
    if "X" in plain:
        return {"literal": f"{plain.replace('X', '0')}s"}
    return {**_date(plain), **circa}
