"""Tamperings with what shows the tables again: the dictionary in README.md, wb6.sql and the workbook."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

from tests.tampered import Tampering, change_book, change_sheet, write
from tests.tamperings_of_metadata import METADATA, gone, reads


def cell(sheet: str, old: str, new: str, telling: str) -> Tampering:
    """A sheet of the workbook with something else in it."""
    return Tampering(lambda f: change_sheet(f, sheet, old, new), METADATA, telling)


def append(folder: Path, part: str) -> None:
    """Put another part of the same name after those of the workbook."""
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(folder / "wb6.xlsx", "a") as book:
        book.writestr(zipfile.ZipInfo(part), book.read(part))


RELS = "xl/worksheets/_rels/sheet1.xml.rels"
DICTIONARY: dict[str, Tampering] = {
    "missing": gone("README.md"),
    "wrong row count": reads("README.md", "Rows: 2.", "Rows: 3.", "Rows: 3."),
    "wrong type": reads("README.md", "| gw_code | BIGINT |", "| gw_code | VARCHAR |", "('gw_code', 'VARCHAR')"),
    "wrong meaning": reads("README.md", "| How many claims", "| How few claims", "the meaning of actor.n_claims"),
    "wrong origin": reads(
        "README.md", "`sources/actor.cite`", "`sources/actor.rank`", "what actor.n_claims comes from"
    ),
    "column left out": reads("README.md", "| n_claims |", "| n claims |", "the columns of actor"),
    "table left out": reads("README.md", "### country\n", "### land\n", "does not say what the table country holds"),
    "wrong key": reads("README.md", "Key: actor_id.", "Key: name.", "Key: name."),
    "wrong version": reads("README.md", "version 0.2.0", "version 0.1.0", "the heading is"),
    "wrong cut-off date": reads("README.md", "so on 2023-12-31", "so on 2024-12-31", "does not name 2023-12-31"),
}

SQL: dict[str, Tampering] = {
    "missing": gone("wb6.sql"),
    "no SQL": reads("wb6.sql", "CREATE", "CRATE", 'holds CRATE OR REPLACE VIEW "actor"'),
    "wrong version": reads("wb6.sql", "version 0.2.0", "version 0.1.0", "its first line is"),
    "broken reference": reads("wb6.sql", "parquet/actor.parquet", "parquet/event.parquet", 'CREATE OR REPLACE VIEW "actor"'),
    "wrong meaning": reads("wb6.sql", "'How many claims", "'How few claims", 'COMMENT ON COLUMN "actor"."n_claims"'),
    "wrong cut-off date": reads("wb6.sql", "DATE '2023-12-31'", "DATE '2024-12-31'", "MACRO cut_off()"),
    "another macro": reads("wb6.sql", "'certain'", "'possible'", "which does not follow from the release"),
    "another macro of a table": reads("wb6.sql", "'deployment'", "'mission'", "which does not follow from the release"),
    "statement left out": reads("wb6.sql", "COMMENT ON VIEW \"actor\" IS 'One row per actor.';\n", "", "lacks COMMENT"),
    "stray statement": reads(
        "wb6.sql", "CREATE", "COPY (SELECT 1) TO 'x';\nCREATE", "holds COPY (SELECT 1) TO 'x'"),
    "statements in another order": reads(
        "wb6.sql", "CREATE", "COMMENT ON VIEW \"actor\" IS 'One row per actor.';\nCREATE", "in another order"),
}  # fmt: skip

WORKBOOK: dict[str, Tampering] = {
    "missing": gone("wb6.xlsx"),
    "no workbook": Tampering(lambda f: write(f, "wb6.xlsx", b"PK"), METADATA, "wb6.xlsx: cannot be read"),
    "wrong cell": cell("mission_strength", "<v>28</v>", "<v>29</v>", "is '29', and mission_strength.csv has '28' there"),
    "wrong type": cell(
        "mission_strength", '><v>28</v>', ' t="inlineStr"><is><t>28</t></is>', "is '28', and mission_strength.csv has '28'"),
    "text in another word": cell("country", "<t>Kosovo</t>", "<t>Serbia</t>", "country.csv has 'Kosovo' there"),
    "wrong day": cell("organisation", "<v>17992</v>", "<v>17993</v>", "organisation.csv has '1949-04-04' there"),
    "wrong header": cell("mission_strength", "<t>nations</t>", "<t>states</t>", "is 'states'"),
    "formula": cell("mission_strength", "<v>28</v>", "<f>30-2</f><v>28</v>", "which is no cell of ours"),
    "row left out": cell("milestone", '<row r="3"', '</sheetData><row r="3"', "row 3 is missing"),
    "wrong row count": cell("README", "<v>2</v>", "<v>3</v>", "the number of rows that the sheet README says of"),
    "wrong version": cell("README", "<t>0.2.0</t>", "<t>0.1.0</t>", "the version in the sheet README is '0.1.0'"),
    "wrong meaning": cell("columns", "<t>How many claims", "<t>How few claims", "the meaning of actor.n_claims"),
    "sheet renamed": Tampering(
        lambda f: change_book(f, lambda p: p.update({
            "xl/workbook.xml": p["xl/workbook.xml"].replace(b'name="event"', b'name="incident"')})),
        METADATA, "the list of its sheets"),
    "broken reference": Tampering(
        lambda f: change_book(f, lambda p: p.pop("xl/worksheets/sheet3.xml")), METADATA, "wb6.xlsx: cannot be read"),
    "part given twice": Tampering(
        lambda f: append(f, "xl/worksheets/sheet3.xml"), METADATA, "holds a part twice"),
    "cell moved": cell("mission_strength", '<c r="A2"', '<c r="A9"', "has the cell A9 in row 2"),
    "row moved": cell("milestone", '<row r="3"', '<row r="4"', "has the cell A3 in row 4"),
    "another link": Tampering(
        lambda f: change_book(f, lambda p: p.update({RELS: p[RELS].replace(b"creativecommons", b"example")})),
        METADATA, "the list of its links"),
    "stray part": Tampering(
        lambda f: change_book(f, lambda p: p.update({"xl/vbaProject.bin": b"x"})), METADATA, "holds the part xl/vbaProject.bin"),
}  # fmt: skip

UNSEEN: dict[str, Tampering] = {
    "README.md, prose": reads("README.md", "Every source row is a claim", "Every source row is a fact", "README.md", set()),
    "wb6.sql, remark": reads("wb6.sql", "-- In the folder", "-- In no folder", "wb6.sql", set()),
    "wb6.xlsx, looks": Tampering(
        lambda f: change_book(f, lambda p: p.update({
            "xl/styles.xml": p["xl/styles.xml"].replace(b"yyyy-mm-dd", b"yyyy-dd-mm")})), set(), "wb6.xlsx"),
}  # fmt: skip
"""What contradicts nothing in the release."""
