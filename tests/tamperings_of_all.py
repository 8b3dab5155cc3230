"""Every tampering that was tried, by name."""

from __future__ import annotations

from collections.abc import Mapping

from tests import tamperings, tamperings_of_files, tamperings_of_metadata, tamperings_of_views
from tests.tampered import Tampering
from tests.tamperings_of_files import DICTIONARY, SQL, WORKBOOK
from tests.tamperings_of_materials import MATERIALS
from tests.tamperings_of_metadata import CHECKSUMS, CITATION, CRATES, CROISSANT, CSVW, LICENCE, MANIFEST, PACKAGE
from tests.tamperings_of_views import CHARTS, PAGE

FILES: Mapping[str, Mapping[str, Tampering]] = {
    "tables": tamperings.TABLES,
    "manifest.json": MANIFEST,
    "datapackage.json": PACKAGE,
    "croissant.json": CROISSANT,
    "csvw-metadata.json": CSVW,
    "ro-crate-metadata.json": CRATES,
    "CITATION.cff": CITATION,
    "README.md": DICTIONARY,
    "sbom.cdx.json": MATERIALS,
    "wb6.sql": SQL,
    "wb6.xlsx": WORKBOOK,
    "explorer.html": PAGE,
    "charts": CHARTS,
    "LICENSE": LICENCE,
    "SHA256SUMS": CHECKSUMS,
}
"""The tamperings with each file of a release."""

TAMPERINGS = {f"{file}, {what}": tampering for file, table in FILES.items() for what, tampering in table.items()}

UNSEEN = {
    **tamperings.UNSEEN,
    **tamperings_of_metadata.UNSEEN,
    **tamperings_of_files.UNSEEN,
    **tamperings_of_views.UNSEEN,
}
"""What only the checksums catch or, where they were made right, a rebuild from the sources."""


def markdown() -> str:
    """The table: what was done, and what catches it. Left as it is, the checksums catch all of it."""
    lines = ["| file | tampering | caught, all digests made right, by | which says |", "| --- | --- | --- | --- |"]
    for file, table in FILES.items():
        lines += [f"| {file} | {what} | {', '.join(sorted(t.by))} | {_cell(t.telling)} |" for what, t in table.items()]
    lines += [f"| | {what} | only the rebuild | {_cell(t.telling)} |" for what, t in UNSEEN.items()]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`"
