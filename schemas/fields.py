"""The types of cells, each in one place: how people write it, what is refused, how it is published.

A field function returns a Pandera field whose metadata carries a `Cell`; everything that names columns
elsewhere (DuckDB and Parquet types, the data dictionary, datapackage.json, Dagster) derives from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

Cells = Any
"""How models annotate a column. The reader makes every cell text, so Pandera is not asked to check its type again."""

Kind = Literal[
    "text",
    "id",
    "iso3",
    "code",
    "edtf",
    "quantity",
    "list",
    "integer",
    "number",
    "boolean",
    "cite",
    "locator",
    "url",
    "language",
    "sha256",
]

STATUS_NAME = "Kosovo"
"""The name that goes with a note on status wherever it is given."""

STATUS_NOTE = (
    f"{STATUS_NAME} is XKX, a user-assigned code; this designation is without prejudice to positions on status, "
    "and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence."
)
"""The note on status."""

_MONTH_30 = "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_MONTH_31 = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
_YEAR = "[12][0-9]{3}"
_LEAP_YEAR = "([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)"
_DAY = f"({_YEAR}-({_MONTH_31}|{_MONTH_30}|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)"
_DATE = f"({_DAY}|{_YEAR}-(0[1-9]|1[0-2])|{_YEAR}|[12][0-9]{{2}}X|[12][0-9]XX)[?~%]?"
_WHOLE = "(0|[1-9][0-9]{0,14})"
_NUMBER = rf"{_WHOLE}(\.[0-9]{{1,6}})?"
_ID = "[a-z0-9]+(-[a-z0-9]+)*"
_CODE = "[a-z0-9]+(_[a-z0-9]+)*"
_LOCATOR = r"((sec|ch|tbl|fig)\. [^,; ]+( [^,; ]+)*|(p|pp|n|para)\. ([0-9]+|[ivxlcdm]+)([^,; a-z][^,; ]*|[a-z])?)"
_CITATION = f"{_ID}(, {_LOCATOR})*"

PATTERNS: Mapping[str, str] = {
    "id": f"^{_ID}$",
    "iso3": "^[A-Z]{3}$",
    "code": f"^{_CODE}$",
    "edtf": rf"^({_DATE}|{_DATE}/({_DATE}|\.\.)|\.\./{_DATE})$",
    "quantity": rf"^([~<>]|>=|<=)?{_NUMBER}$|^{_NUMBER}\.\.{_NUMBER}$",
    "integer": "^(0|[1-9][0-9]{0,17})$",
    "boolean": "^(true|false)$",
    "cite": f"^{_CITATION}(; {_CITATION})*$",
    "locator": f"^{_LOCATOR}(, {_LOCATOR})*$",
    "url": r"^https?://[^\s]+$",
    "language": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "sha256": "^[0-9a-f]{64}$",
}
"""How a cell of each kind is written; kinds without a pattern are free text."""

_ADDRESS = r"""^https?://[^\s"<>\\^`{|}]+$"""
"""What releases state as the pattern of addresses is wider: it is of all that any release may hold."""

_WHOLE_QUANTITY = rf"^([~<>]|>=|<=)?{_WHOLE}$|^{_WHOLE}\.\.{_WHOLE}$"

REMEDIES: Mapping[str, str] = {
    "text": "write it as plain text",
    "id": "write a lower-case id with hyphens, such as enhanced-forward-presence",
    "iso3": "write an ISO 3166-1 alpha-3 code in capitals, such as ALB (Kosovo is XKX)",
    "code": "write a lower-case code with underscores, such as infantry_platoon",
    "edtf": "write 2023, 2023-09, 2023-09-24, 2023~, 201X or an interval such as 2017/2027 or 2009/..",
    "quantity": "write 60, ~60, >60 or 50..70",
    "list": "separate items by '; ', each once",
    "integer": "write a whole number in digits",
    "number": "write a number with a decimal point",
    "boolean": "write true or false",
    "cite": "write panero2023, sec. Albania, n. 19 (terms: p., pp., sec., n., para., ch., tbl., fig.; "
    "several citations separated by '; ')",
    "locator": "write p. 72, or n. 19 (terms: p., pp., sec., n., para., ch., tbl., fig.)",
    "url": "write an address that begins with https:// or http://",
    "language": "write a BCP 47 tag, such as en",
    "sha256": "write the 64 hexadecimal digits of the text's SHA-256",
}
"""How to mend a cell of each kind."""


@dataclass(frozen=True)
class Cell:
    """What a column's cells are: the part of a field that Pandera has no word for.

    `references` names the columns (table.column) one of which must hold the value; `codes` maps each
    allowed code to its meaning; `item` is the kind of a list's items; `whole` quantities are integers.
    """

    kind: Kind
    key: bool = False
    required: bool = False
    references: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    item: Kind = "text"
    unit: str = ""
    whole: bool = True
    example: str = ""
    counter_example: str = ""

    def __deepcopy__(self, _memo: object) -> Cell:
        """Itself: Pandera copies metadata often, and a frozen value needs no copy."""
        return self


def _written_as(pattern: str) -> pa.Check:
    """A check that each filled cell matches a pattern; in Arrow, on the column's own memory."""
    import pandera.pandas as pa

    def matches(cells: pd.Series[str]) -> pd.Series[bool]:
        import pandas as pd
        import pyarrow
        import pyarrow.compute as pc

        found = pc.fill_null(pc.match_substring_regex(pyarrow.array(cells, pyarrow.string()), pattern), True)
        return pd.Series(found.to_numpy(zero_copy_only=False), index=cells.index)

    return pa.Check(matches, name="written_as", ignore_na=False)


def _field(description: str, cell: Cell, alias: str | None = None) -> Any:
    import pandera.pandas as pa

    pattern = pattern_of(cell)
    field = pa.Field(nullable=not cell.required, description=description, metadata={"cell": cell}, alias=alias)
    field.checks += [_written_as(pattern)] if pattern else []
    return field


def pattern_of(cell: Cell) -> str | None:
    """How a cell is written, as a regular expression; None where any text may stand."""
    if cell.codes:
        return f"^({'|'.join(cell.codes)})$"
    if cell.kind == "list":
        item = PATTERNS.get(cell.item, "^[^;]+$")[1:-1]
        return f"^{item}(; {item})*$"
    if cell.kind == "quantity" and cell.whole:
        return _WHOLE_QUANTITY
    if cell.kind == "url":
        return _ADDRESS
    if cell.kind == "text" and cell.key:
        return r"^[^|]+$"  # a bar separates the parts of a row's key
    return PATTERNS.get(cell.kind)


def locator(description: str) -> Any:
    """A passage in CSL locator terms."""
    return _field(description, Cell("locator", example="p. 72", counter_example="page 72"))


def url(description: str) -> Any:
    """An address on the web."""
    return _field(description, Cell("url", example="https://www.nato.int", counter_example="www.nato.int"))


def language(description: str) -> Any:
    """A language, as a BCP 47 tag."""
    return _field(description, Cell("language", example="en", counter_example="English"))


def sha256(description: str) -> Any:
    """A SHA-256 digest in hexadecimal."""
    return _field(description, Cell("sha256", counter_example="9d61"))


def text(description: str, *, key: bool = False, required: bool = False, example: str = "") -> Any:
    """Free text, in our own words or as a name is written."""
    return _field(description, Cell("text", key=key, required=key or required, example=example))


def identifier(
    description: str,
    *,
    key: bool = False,
    required: bool = False,
    references: str | tuple[str, ...] = (),
    example: str = "",
) -> Any:
    """A lower-kebab id, which never changes and is never reused; with `references`, one that exists there."""
    targets = (references,) if isinstance(references, str) else references
    cell = Cell("id", key=key, required=key or required, references=targets, example=example, counter_example="Kfor")
    return _field(description, cell)


def iso3(description: str, *, key: bool = False, required: bool | None = None, defines: bool = False) -> Any:
    """A country by ISO 3166-1 alpha-3 code; `defines` marks the country table's own column."""
    cell = Cell(
        "iso3",
        key=key,
        required=key if required is None else required,
        references=() if defines else ("country.iso3",),
        example="XKX",
        counter_example="Kosovo",
    )
    return _field(f"{description} {STATUS_NOTE}", cell)


def party(description: str, *, required: bool = False) -> Any:
    """A country, an organisation or an actor, by its code or id."""
    cell = Cell(
        "text",
        required=required,
        references=("country.iso3", "organisation.organisation_id", "actor.actor_id"),
        example="SRB",
        counter_example="Serbia",
    )
    return _field(f"{description} {STATUS_NOTE}", cell)


def code(
    description: str,
    codes: Mapping[str, str] | None = None,
    *,
    key: bool = False,
    required: bool = False,
    example: str = "",
    alias: str | None = None,
) -> Any:
    """A lower-case code with underscores; with `codes`, one of those listed."""
    codes = codes or {}
    cell = Cell("code", key=key, required=key or required, codes=codes, example=example or next(iter(codes), ""))
    return _field(description, cell, alias)


def edtf(description: str, *, key: bool = False, example: str = "2023-09") -> Any:
    """A date, a period or an interval in EDTF (a Level 1 subset); published with its earliest and latest day."""
    return _field(description, Cell("edtf", key=key, required=key, example=example, counter_example="24/09/2023"))


def quantity(description: str, unit: str, *, whole: bool = True, example: str = "~4500") -> Any:
    """A number with how well it is known; published as best value, low and high bound, and qualifier."""
    cell = Cell("quantity", unit=unit, whole=whole, example=example, counter_example="about 60")
    return _field(description, cell)


def listing(
    description: str,
    item: Kind = "code",
    *,
    key: bool = False,
    references: str | tuple[str, ...] = (),
    example: str = "",
) -> Any:
    """A list written `a; b; c`, each item once; a list in a key is sorted."""
    targets = (references,) if isinstance(references, str) else references
    cell = Cell("list", key=key, required=key, references=targets, item=item, example=example)
    return _field(f"{description} {STATUS_NOTE}" if item == "iso3" else description, cell)


def integer(description: str, *, key: bool = False, unit: str = "", example: str = "1") -> Any:
    """A whole number, zero or more."""
    return _field(description, Cell("integer", key=key, required=key, unit=unit, example=example))


def number(description: str, unit: str, *, example: str = "0.25") -> Any:
    """A computed decimal number (published tables only)."""
    return _field(description, Cell("number", unit=unit, example=example))


def boolean(description: str, *, required: bool = False) -> Any:
    """True or false."""
    return _field(description, Cell("boolean", required=required, example="true", counter_example="yes"))


def cite(description: str) -> Any:
    """One or more citations: a key of references.json, then CSL locator terms."""
    cell = Cell("cite", required=True, example="panero2023, sec. Albania, n. 19", counter_example="Panero p 4")
    return _field(description, cell)
