"""README.md of a release, for people: how to use and cite it, its datasheet, and the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.datasheet import datasheet
from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE
from schemas.registry import Column, Table

_LAYERS = {
    "source": "Tables of claims, weighed",
    "bibliography": "Bibliography",
    "published": "Joins and evidence",
}


Origins = Mapping[str, Mapping[str, Sequence[str]]]
"""The columns that each column of each table comes from."""

_MOST_ORIGINS = 8
"""How many of them are named in a cell of the dictionary."""


def readme(staged: Staged, origins: Origins) -> str:
    """What the release is, how to query it, its datasheet, and every column of every table."""
    dataset, tables, version = staged.dataset, staged.tables, staged.version
    parts = [
        f"# {dataset.title}, version {version}\n",
        f"{dataset.description}\n",
        f"Facts called current are so on {dataset.as_of.isoformat()}, the cut-off date. Licence: "
        f"[{dataset.licence}]({dataset.licence_url}); see LICENSE.\n",
        f"**Note on status.** {STATUS_NOTE}\n",
        "## Use\n",
        "Each table is there once as `parquet/<table>.parquet` and once, with the same content, as `csv/<table>.csv`. "
        "`wb6.xlsx` holds them as sheets, for Excel and LibreOffice.\n",
        "```sql\nSELECT iso3, status, start FROM 'parquet/membership.parquet' WHERE organisation_id = 'nato';\n```\n",
        "What a column *comes from* are the columns whose values go into it: of files in sources/, or of other tables.\n",
        "Every value leads to its source: join a row's key to `claim.row_key`, and `claim.document_id` to `document`.\n",
        "```sql\nSELECT value, document_id, locator, rank, is_published\nFROM 'parquet/claim.parquet'\n"
        "WHERE row_key = 'iso3=MNE|organisation_id=nato|status=member|spell=1' AND column_name = 'start';\n```\n",
        "Check the files with `sha256sum -c SHA256SUMS`.\n",
        "## How to cite\n",
        f"{dataset.publisher}. *{dataset.title}*, version {version}. {dataset.licence}.\n",
        "## How values are chosen\n",
        "Every source row is a claim with the document and passage it was read in. Where claims differ, those known to be "
        "wrong (deprecated) are left out, preferred ones go first, then the more reliable document (Admiralty A to E, then F), "
        "then the one issued later; where that decides nothing, the value that more documents state, then the document whose "
        "id comes first. All claims stay in `claim`; differing values stand side by side in `conflict`.\n",
        *datasheet(staged),
    ]
    for layer, title in _LAYERS.items():
        chosen = [t for t in tables.values() if t.layer == layer]
        parts += [f"## {title}\n", *(_table(t, staged.rows[t.name], origins[t.name]) for t in chosen)]
    return "\n".join(parts)


def _table(table: Table, rows: int, origins: Mapping[str, Sequence[str]]) -> str:
    key = ", ".join(table.key) or "none"
    lines = [
        f"### {table.name}\n",
        f"{table.description} Rows: {rows}. Key: {key}.\n",
        "| column | type | meaning | comes from |",
        "| --- | --- | --- | --- |",
        *(f"| {c.name} | {c.type} | {_meaning(c)} | {comes_from(origins[c.name])} |" for c in table.columns),
    ]
    return "\n".join(lines) + "\n"


def comes_from(origins: Sequence[str]) -> str:
    """The columns that a column comes from; where they are many, how many they are."""
    if len(origins) <= _MOST_ORIGINS:
        return ", ".join(f"`{origin}`" for origin in origins)
    places = {origin.rpartition(".")[0] for origin in origins}
    of = f"`{places.pop()}`" if len(places) == 1 else f"{len(places)} tables or files"
    return f"{len(origins)} columns of {of}, listed in manifest.json"


def _meaning(column: Column) -> str:
    cell, own = column.cell, column.name == column.field
    notes = [column.description.replace(f" {STATUS_NOTE}", "")]
    if cell.unit and column.type in ("BIGINT", "DOUBLE"):
        notes.append(f"Unit: {cell.unit}.")
    if cell.references and own:
        notes.append(f"Refers to {' or '.join(cell.references)}.")
    if cell.codes and own:
        notes.append("Codes: " + " ".join(f"`{code}`: {meaning}" for code, meaning in cell.codes.items()))
    if cell.example and own:
        wrong = f", not `{cell.counter_example}`" if cell.counter_example else ""
        notes.append(f"Written as `{cell.example}`{wrong}.")
    return " ".join(notes).replace("|", "\\|")
