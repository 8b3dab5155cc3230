"""The workbook holds the tables as the CSV does, to every program that opens it, and is the same wherever it is built."""

from __future__ import annotations

import csv
import datetime
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.dataset import Dataset, read_dataset
from pipeline.engine import connect, quoted
from pipeline.files import arrow_schema, write_csv, write_parquet
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.standards.sheets import LONGEST_CELL, MOST_ROWS
from pipeline.standards.staged import Staged
from pipeline.standards.workbook import FILE, sheet_names, write_workbook
from schemas.fields import STATUS_NOTE, Cell
from schemas.registry import Column, Table, tables
from tests.conftest import ROOT
from tests.loaded import as_published
from tests.small import write_project

LATEST = ROOT / "outputs" / "latest"
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""LibreOffice's CSV: commas, UTF-8, cells as shown, every sheet to a file of its own."""

HOSTILE = (
    "=1+1",
    "+49",
    "-5",
    "@home",
    "{=SUM(A1)}",
    "2023-09",
    "1/2",
    "2012",
    "007",
    "1e5",
    "TRUE",
    "true",
    "12:30",
    "3.14",
    "https://example.org/a?b=1&c=<d>",
    "mailto:a@example.org",
    "<r>bold</r>",
    "<r><t>bold</t></r>",
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_",
    "a & b < c > 'd' \"e\"",
    "two\nlines",
    " spaces ",
    "tab\there",
    "Đorđe, Šćepan, Kosovë, Северна Македонија",
    "👍🏽 \U0001f1fd\U0001f1f0",
    "not a character: \uffff",
    "a; b",
    "x" * LONGEST_CELL,
    "👍" * (LONGEST_CELL // 2),
)


def table(name: str, *columns: tuple[str, str], key: str = "id") -> Table:
    """A published table that no schema declares, its columns given by name and type."""
    made = tuple(Column(n, t, f"What {n} is. {STATUS_NOTE}", n, Cell("text", key=n == key)) for n, t in columns)
    return Table(name, "published", f"One row per {name}.", (), made)


def stage(folder: Path, *made: Table, dataset: Dataset | None = None, **rows: list[tuple[Any, ...]]) -> Staged:
    """The tables given, with these rows, as the data files of a staged release."""
    folder.mkdir(parents=True)
    with connect() as con:
        for one in made:
            declared = ", ".join(f"{quoted(c.name)} {c.type}" for c in one.columns)
            con.execute(f"CREATE TABLE {quoted(one.name)} ({declared})").fetchall()
            for row in rows.get(one.name, []):
                marks = ", ".join("?" for _ in row)
                con.execute(f"INSERT INTO {quoted(one.name)} VALUES ({marks})", list(row)).fetchall()
            write_csv(con, one, folder)
            write_parquet(con, one, folder, {})
    counts = {one.name: len(rows.get(one.name, [])) for one in made}
    dataset = dataset or read_dataset(Project(ROOT))
    return Staged(folder, dataset, {one.name: one for one in made}, counts, "1.2.3")


def committed(folder: Path) -> Staged:
    """The committed release, without a workbook, as it was staged."""
    from pyarrow import parquet

    for kind in ("csv", "parquet"):
        shutil.copytree(LATEST / kind, folder / kind)
    rows = {name: parquet.read_metadata(folder / "parquet" / f"{name}.parquet").num_rows for name in tables()}
    return Staged(folder, read_dataset(Project(ROOT)), as_published(LATEST), rows, LATEST.resolve().name)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    staged = committed(tmp_path_factory.mktemp("release"))
    write_workbook(staged)
    return staged


@pytest.fixture(scope="module")
def opened(release: Staged) -> Iterator[Any]:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.load_workbook(release.folder / FILE)
    yield workbook
    workbook.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """A table of texts that spreadsheets like to change, and one of values at the edge of every type."""
    texts = table("texts", ("id", "VARCHAR"), ("text", "VARCHAR"), ("listed", "VARCHAR[]"))
    edges = table(
        "edges", ("id", "BIGINT"), ("whole", "BIGINT"), ("real", "DOUBLE"), ("day", "DATE"), ("sure", "BOOLEAN")
    )
    days = (
        "1000-01-01",
        "1899-12-31",
        "1900-01-01",
        "1900-02-28",
        "1900-03-01",
        "1970-01-01",
        "2024-02-29",
        "2999-12-31",
    )
    wholes = (0, -1, 999_999_999_999_999, 1_000_000_000_000_000, 9_007_199_254_740_993, 2**63 - 1, -(2**63), 42)
    reals = (0.0, -0.5, 0.1 + 0.2, 1 / 3, 4330000000.0, 123456789.123456, 61.5, 0.000001)
    values = zip(wholes, reals, map(datetime.date.fromisoformat, days), [True, False, None] * 3, strict=False)
    return stage(
        tmp_path_factory.mktemp("hostile") / "release",
        texts,
        edges,
        texts=[(f"{n:03}", t, [t, "b"] if len(t) < 99 else None) for n, t in enumerate(HOSTILE)] + [("zzz", None, [])],
        edges=[(n, *row) for n, row in enumerate(values)] + [(99, None, None, None, None)],
    )


def text_of(value: Any) -> str:
    """A cell as openpyxl reads it, as the CSV writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.date().isoformat() if isinstance(value, datetime.datetime) else "" if value is None else str(value)


def lines(path: Path) -> list[list[str]]:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def exported(staged: Staged, folder: Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice saves it as CSV; TRUE and FALSE of columns of truth values as the CSV has them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed (soffice, in Debian's libreoffice-calc)")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder)]
    subprocess.run([*command, str(staged.folder / FILE)], check=True, capture_output=True, timeout=300)
    found = {}
    for name, one in staged.tables.items():
        read = lines(folder / f"{Path(FILE).stem}-{name}.csv")
        truth = [c.type == "BOOLEAN" for c in one.columns]
        found[name] = [
            read[0],
            *([c.lower() if t else c for c, t in zip(row, truth, strict=True)] for row in read[1:]),
        ]
    return found


def test_libreoffice_gives_the_csv_of_every_table(release: Staged, tmp_path: Path) -> None:
    found = exported(release, tmp_path)

    assert len(found) == len(tables())
    for name, rows in found.items():
        assert rows == lines(release.folder / "csv" / f"{name}.csv"), name


def test_libreoffice_gives_hostile_texts_and_extreme_values_as_they_are(hostile: Staged, tmp_path: Path) -> None:
    write_workbook(hostile)

    found = exported(hostile, tmp_path)

    assert found["texts"] == lines(hostile.folder / "csv" / "texts.csv")
    expected = lines(hostile.folder / "csv" / "edges.csv")
    real = expected[0].index("real")
    for row in (*found["edges"][1:], *expected[1:]):  # LibreOffice shows 15 digits of a number
        row[real] = f"{float(row[real]):.15g}" if row[real] else ""
    assert found["edges"] == expected


def test_openpyxl_gives_the_csv_of_every_table(release: Staged, opened: Any) -> None:
    for name, one in release.tables.items():
        found = [list(row) for row in opened[name].iter_rows(values_only=True)]
        expected = lines(release.folder / "csv" / f"{name}.csv")
        assert found[0] == expected[0]
        assert len(found) == len(expected)
        for row, wanted in zip(found[1:], expected[1:], strict=True):
            for column, cell, text in zip(one.columns, row, wanted, strict=True):
                same = float(cell) == float(text) if column.type == "DOUBLE" and text else text_of(cell) == text
                assert same, (name, column.name, cell, text)


def test_openpyxl_gives_hostile_texts_and_all_digits(hostile: Staged) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from openpyxl.utils.escape import unescape

    write_workbook(hostile)

    workbook = openpyxl.load_workbook(hostile.folder / FILE)

    found = [unescape(row[1]) for row in workbook["texts"].iter_rows(min_row=2, values_only=True) if row[1]]
    assert found == list(HOSTILE)
    assert {c.data_type for row in workbook["texts"].iter_rows() for c in row if c.value is not None} == {"s"}
    reals = [row[2] for row in workbook["edges"].iter_rows(min_row=2, values_only=True)]
    assert reals[:4] == [0.0, -0.5, 0.1 + 0.2, 1 / 3]


def test_cells_have_the_kind_that_their_column_declares(release: Staged, opened: Any) -> None:
    kinds = {"VARCHAR": "s", "VARCHAR[]": "s", "BIGINT": "n", "DOUBLE": "n", "BOOLEAN": "b", "DATE": "d"}
    early = (datetime.date(1900, 3, 1) - datetime.date(1, 1, 1)).days

    for name, one in release.tables.items():
        for row in opened[name].iter_rows(min_row=2):
            for column, cell in zip(one.columns, row, strict=True):
                if cell.value is not None and not (column.type == "DATE" and cell.data_type == "s"):
                    assert cell.data_type == kinds[column.type], (name, column.name, cell.value)
                    assert cell.number_format == {"DATE": "yyyy-mm-dd", "VARCHAR": "@"}.get(
                        column.type, cell.number_format
                    )
                elif cell.value is not None:
                    assert (datetime.date.fromisoformat(cell.value) - datetime.date(1, 1, 1)).days < early


def test_every_sheet_has_a_frozen_filtered_header_with_notes_and_sensible_widths(release: Staged, opened: Any) -> None:
    for name, one in release.tables.items():
        sheet = opened[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        for cell, column in zip(sheet[1], one.columns, strict=True):
            assert cell.comment.text.startswith(column.description), (name, column.name)
            assert 6 <= sheet.column_dimensions[cell.column_letter].width <= 61


def test_the_readme_sheet_tells_licence_citation_status_and_sheets(release: Staged, opened: Any) -> None:
    rows = [row[:4] for row in opened["README"].iter_rows(values_only=True)]
    said = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    dataset = release.dataset

    assert opened.sheetnames == ["README", "columns", *release.tables]
    assert rows[0][0] == dataset.title
    for text in (dataset.description, dataset.licence, STATUS_NOTE, f"version {release.version}", dataset.publisher):
        assert text in said
    listed = {row[0]: row for row in rows}
    links = {cell.value: cell.hyperlink for cell in opened["README"]["A"] if cell.hyperlink}
    for name, one in release.tables.items():
        assert listed[name][1:] == (one.description, release.rows[name], ", ".join(one.key) or None)
        assert links[name].location == f"'{name}'!A1"


def test_the_columns_sheet_defines_every_column(release: Staged, opened: Any) -> None:
    found = {row[:2]: row for row in opened["columns"].iter_rows(min_row=2, values_only=True)}

    assert list(found) == [(name, c.name) for name, one in release.tables.items() for c in one.columns]
    for (name, column), row in found.items():
        declared = next(c for c in release.tables[name].columns if c.name == column)
        assert row[2].startswith(declared.description)
        assert (row[4] == "yes") == (column in release.tables[name].key)


def test_a_table_that_excel_cannot_hold_is_left_out_and_said_to_be(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    openpyxl = pytest.importorskip("openpyxl")
    long, wordy, listy, fine = (
        table("long", ("id", "BIGINT")),
        table("wordy", ("id", "BIGINT"), ("text", "VARCHAR")),
        table("listy", ("id", "BIGINT"), ("items", "VARCHAR[]")),
        table("fine", ("id", "BIGINT"), ("text", "VARCHAR")),
    )
    staged = stage(
        tmp_path / "release",
        *(long, wordy, listy, fine),
        wordy=[(1, "short"), (2, "👍" * (LONGEST_CELL // 2 + 1))],
        listy=[(1, ["x" * 20_000, "y" * 20_000])],
        fine=[(1, "ш" * LONGEST_CELL)],
    )
    schema = arrow_schema(long)
    numbers = pa.table([pa.array(range(MOST_ROWS))], schema=schema)
    parquet.write_table(numbers, staged.folder / "parquet" / "long.parquet")
    staged = Staged(staged.folder, staged.dataset, staged.tables, {**staged.rows, "long": MOST_ROWS}, "1.2.3")

    write_workbook(staged)

    workbook = openpyxl.load_workbook(staged.folder / FILE)
    assert workbook.sheetnames == ["README", "columns", "fine"]
    told = {row[0]: row[1] for row in workbook["README"].iter_rows(values_only=True)}
    assert "1,048,576 rows and a sheet holds 1,048,575" in told["long (left out)"]
    assert "a cell of text has 32,768 characters and Excel holds 32,767" in told["wordy (left out)"]
    assert "a cell of items has 40,002 characters" in told["listy (left out)"]
    assert "Read csv/long.csv or parquet/long.parquet instead." in told["long (left out)"]
    assert workbook["fine"]["B2"].value == "ш" * LONGEST_CELL


def test_names_of_sheets_are_such_as_excel_allows() -> None:
    long = "a_table_with_a_name_that_is_longer_than_excel_allows"

    names = sheet_names([f"{long}_one", f"{long}_two", "history", "readme", "columns", "country"])

    assert list(names.values()) == [
        "a_table_with_a_name_that_is_lon",
        "a_table_with_a_name_that_is_l_2",
        "history_2",
        "readme_2",
        "columns_2",
        "country",
    ]
    assert max(map(len, names.values())) == 31


def test_tables_without_rows_have_sheets_with_a_header(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    staged = stage(tmp_path / "release", table("none", ("id", "BIGINT"), ("text", "VARCHAR")))

    write_workbook(staged)

    workbook = openpyxl.load_workbook(staged.folder / FILE)
    assert [[c.value for c in row] for row in workbook["none"].iter_rows()] == [["id", "text"]]


BUILD = """
import sys
from pathlib import Path
from tests.test_workbook import committed
from pipeline.standards.workbook import write_workbook
import locale, os, time
locale.setlocale(locale.LC_ALL, "")
os.umask(int(sys.argv[2], 8))
write_workbook(committed(Path(sys.argv[1])))
"""


def test_two_builds_with_other_zones_locales_seeds_and_masks_are_the_same_bytes(tmp_path: Path) -> None:
    places = (
        ("Asia/Tokyo", "C.UTF-8", "1", "022"),
        ("America/St_Johns", "C", "2", "077"),
        ("UTC", "POSIX", "3", "002"),
    )
    made = set()
    for zone, locale, seed, mask in places:
        (folder := tmp_path / seed).mkdir()
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        subprocess.run([sys.executable, "-c", BUILD, str(folder), mask], check=True, cwd=ROOT, env=environment)
        made.add((folder / FILE).read_bytes())

    assert len(made) == 1


def test_the_date_of_the_document_is_that_of_the_edition_and_no_scratch_file_stays(release: Staged) -> None:
    day = (release.dataset.issued or release.dataset.as_of).isoformat()
    with zipfile.ZipFile(release.folder / FILE) as archive:
        core = archive.read("docProps/core.xml").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
        years = {entry.date_time[0] for entry in archive.infolist()}

    assert core.count(f"{day}T00:00:00Z") == 2
    assert years == {1980}
    assert str(ROOT).encode() not in everything
    assert {path.name for path in release.folder.iterdir()} == {"csv", "parquet", FILE}


def test_a_disk_that_is_full_is_said_as_such_and_leaves_nothing(
    release: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = (release.folder / FILE).read_bytes()
    monkeypatch.setattr("zipfile.ZipFile.write", full)

    with pytest.raises(OSError, match="No space left"):
        write_workbook(release)

    assert {path.name for path in release.folder.iterdir()} == {"csv", "parquet", FILE}
    assert (release.folder / FILE).read_bytes() == before


def test_memory_stays_flat_as_a_table_grows(tmp_path: Path) -> None:
    script = """
import resource, sys
from pathlib import Path
import pyarrow as pa
from pyarrow import parquet
from pipeline.files import arrow_schema
from pipeline.standards.staged import Staged
from pipeline.standards.workbook import write_workbook
from tests.test_workbook import stage, table
one = table("big", ("id", "BIGINT"), ("text", "VARCHAR"))
staged = stage(Path(sys.argv[1]), one)
rows = int(sys.argv[2])
columns = [pa.array(range(rows)), pa.array(f"text of some length, number {n}" for n in range(rows))]
parquet.write_table(pa.table(columns, schema=arrow_schema(one)), staged.folder / "parquet" / "big.parquet")
del columns
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_workbook(Staged(staged.folder, staged.dataset, staged.tables, {"big": rows}, "1.0.0"))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    grown = [
        int(
            subprocess.run(
                [sys.executable, "-c", script, str(tmp_path / str(rows)), str(rows)],
                check=True,
                cwd=ROOT,
                capture_output=True,
                text=True,
            ).stdout
        )
        for rows in (10_000, 100_000)
    ]

    assert grown[1] < grown[0] + 30, grown


def test_a_published_release_holds_the_workbook_and_its_checksum(tmp_path: Path) -> None:
    project = write_project(tmp_path)

    rebuild_once(project)

    folder = project.outputs / "latest"
    assert f"  {FILE}\n" in (folder / "SHA256SUMS").read_text("utf-8")
    with zipfile.ZipFile(folder / FILE) as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]) == 2 + len(tables())
