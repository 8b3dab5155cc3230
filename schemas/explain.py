"""Why a cell is refused, in a curator's words: what is wrong with it and how to mend it.

Run only for cells that failed their check. The kinds of cell and their remedies are in `schemas.fields`.
"""

from __future__ import annotations

import difflib
import json
import re

from schemas.fields import PATTERNS, REMEDIES, Cell

_EXCEL_DATE = re.compile(
    r"^([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{1,2}-[A-Z][a-z]{2}(-[0-9]{2,4})?|[A-Z][a-z]{2}-[0-9]{2,4}|[34][0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00(:00)?)$"
)
_SHAPED_LIKE_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?[?~%]?$")


def explain(cell: Cell, value: str | None) -> str:
    """What is wrong with a value that its cell refused, and the remedy, as `what; remedy`."""
    if value is None:
        remedy = f"write one of {', '.join(cell.codes)}" if cell.codes else REMEDIES[cell.kind]
        return f"empty, but required; {remedy}"
    if cell.codes:
        return _code(cell, value)
    special = {"edtf": _edtf, "quantity": _quantity, "list": _list, "cite": _cite, "url": _url}.get(cell.kind)
    return special(cell, value) if special else f"not {_NAMES[cell.kind]}; {REMEDIES[cell.kind]}"


_NAMES = {
    "text": "a text",
    "id": "an id",
    "iso3": "a country code",
    "code": "a code",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "locator": "a locator",
    "url": "an address",
    "language": "a language tag",
    "sha256": "a SHA-256 digest",
}


def _code(cell: Cell, value: str) -> str:
    near = difflib.get_close_matches(value.lower(), list(cell.codes), 1)
    hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(cell.codes)}"
    return f"not a known code; {hint}"


def _edtf(_cell: Cell, value: str) -> str:
    if _EXCEL_DATE.match(value):
        return "looks like a date changed by Excel; write it as 2023-09-24 or 2023-09, in a column formatted as text"
    if _SHAPED_LIKE_DATE.match(value):
        return f"no such day or month; {REMEDIES['edtf']}"
    return f"not a date; {REMEDIES['edtf']}"


def _quantity(cell: Cell, value: str) -> str:
    if re.fullmatch(r"[~<>=]*[0-9]{1,3}([, '.][0-9]{3})+", value):
        return f"has a thousands separator; write {re.sub('[^0-9~<>=]', '', value)}"
    if re.fullmatch(r"[~<>=]*[0-9]+,[0-9]+", value) and not cell.whole:
        return f"has a decimal comma; write {value.replace(',', '.')}"
    if re.fullmatch(r"[0-9.]+ ?(-|\u2013|to) ?[0-9.]+", value):
        return f"a range is written with two points; {REMEDIES['quantity']}"
    if cell.whole and re.match(PATTERNS["quantity"], value):
        return f"not a whole number; {REMEDIES['quantity']}"
    return f"not a quantity; {REMEDIES['quantity']}"


def _list(cell: Cell, value: str) -> str:
    if "," in value and ";" not in value and cell.item != "text":
        return "items are separated by commas; separate them by '; '"
    pattern = PATTERNS.get(cell.item)
    for item in value.split(";"):
        if not item.strip():
            return "has an empty item; separate items by one '; '"
        if pattern and not re.match(pattern, item.strip()):
            return f'item "{item.strip()}" is not {_NAMES[cell.item]}; {REMEDIES[cell.item]}'
    return f"not a list; {REMEDIES['list']}"


def _url(_cell: Cell, value: str) -> str:
    odd = re.search(r"""[\s"<>\\^`{|}]""", value)
    if odd and value.startswith(("https://", "http://")):
        written = "".join(f"%{byte:02X}" for byte in odd.group().encode())
        return (
            f"holds {json.dumps(odd.group(), ensure_ascii=False)}, which no address has; delete it, or write {written}"
        )
    return f"not an address; {REMEDIES['url']}"


def _cite(_cell: Cell, value: str) -> str:
    if re.search(r";(?! )|;  ", value):
        return f"not a citation; {REMEDIES['cite']}"
    for citation in value.split("; "):
        key, *locators = citation.split(", ")
        if not re.match(PATTERNS["id"], key):
            return f'"{key}" is not a citation key; {REMEDIES["cite"]}'
        for locator in locators:
            if not re.match(r"^(p|pp|sec|n|para|ch|tbl|fig)\. \S", locator):
                return f'locator "{locator}" has no known term; {REMEDIES["cite"]}'
            if not re.match(PATTERNS["locator"], locator):
                return f'locator "{locator}" is no number; write a page, a note or a paragraph as 72, or sec. for a section'
    return f"not a citation; {REMEDIES['cite']}"
