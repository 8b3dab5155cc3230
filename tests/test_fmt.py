"""Canonical files: what spreadsheets do is repaired, nothing is lost, and what cannot be read for certain is left."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import cli
from pipeline.fmt import canonical, format_files
from pipeline.project import Project
from schemas.registry import sources
from tests.conftest import ROOT
from tests.small import DOCUMENTS, add, header, told, write_project

HEADER = header("milestone")
FIRST = 'ALB,eu,applied,2009-04,"book2023, n. 19",,,"Said ""on time"", in Kuçova"\n'
SECOND = "ALB,eu,candidate_status,2014-06-27,web2023,,,\n"
THIRD = "SRB,eu,applied,2009,web2023,,,\n"
CANONICAL = HEADER + FIRST + SECOND + THIRD


def delimited(text: str, mark: str) -> str:
    """The same table with another mark between its cells, as a spreadsheet writes it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


REPAIRS = {
    "semicolons": delimited(CANONICAL, ";").encode(),
    "tabs": delimited(CANONICAL, "\t").encode(),
    "a byte order mark": codecs.BOM_UTF8 + CANONICAL.encode(),
    "UTF-16 with tabs": delimited(CANONICAL, "\t").encode("utf-16"),
    "big-endian UTF-16": codecs.BOM_UTF16_BE + CANONICAL.encode("utf-16-be"),
    "CRLF": CANONICAL.replace("\n", "\r\n").encode(),
    "CR": CANONICAL.replace("\n", "\r").encode(),
    "no last line end": CANONICAL[:-1].encode(),
    "spaces around cells": CANONICAL.replace("SRB,eu,", "SRB , eu,").encode(),
    "no-break spaces around cells": CANONICAL.replace("SRB,eu,", "SRB\u00a0,\u00a0eu,").encode(),
    "spaces around names": CANONICAL.replace(",date,", ", date ,").encode(),
    "needless quotes": CANONICAL.replace("SRB,eu,", '"SRB","eu",').encode(),
    "empty lines": CANONICAL.replace("SRB,", "\n\nSRB,").encode() + b"\n",
    "rows of commas": (CANONICAL + ",,,,,,,\n" * 3).encode(),
    "empty columns behind": CANONICAL.replace("\n", ",,\n").encode(),
    "empty cells behind one row": CANONICAL.replace(THIRD, THIRD[:-1] + ",,\n").encode(),
    "rows in another order": (HEADER + THIRD + SECOND + FIRST).encode(),
    "all of it": codecs.BOM_UTF8 + delimited(HEADER + THIRD + SECOND + FIRST, ";").replace("\n", ";;\r\n").encode(),
}


def write(root: Path, content: bytes) -> Project:
    project = write_project(root)
    (project.sources / "milestone.csv").write_bytes(content)
    return project


def milestone(project: Project) -> bytes:
    return (project.sources / "milestone.csv").read_bytes()


def contents(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in project.sources.iterdir()}


def fmt(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(project.root), "fmt", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("content", REPAIRS.values(), ids=REPAIRS)
def test_what_spreadsheets_do_is_repaired(tmp_path: Path, content: bytes) -> None:
    project = write(tmp_path, content)

    done = format_files(project, [project.sources / "milestone.csv"], write=True)

    assert milestone(project) == CANONICAL.encode()
    assert done.changed == ("sources/milestone.csv",)
    assert told(project) == []


def test_a_canonical_file_is_not_written_again(tmp_path: Path) -> None:
    project = write(tmp_path, CANONICAL.encode())
    before = (project.sources / "milestone.csv").stat()

    done = format_files(project, [project.sources / "milestone.csv"], write=True)

    after = (project.sources / "milestone.csv").stat()
    assert (done.changed, done.looked_at) == ((), 1)
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_columns_are_put_in_the_order_of_the_table_and_those_that_lack_are_added(tmp_path: Path) -> None:
    project = write(tmp_path, b"cite,milestone,organisation_id,iso3,date\nweb2023,applied,eu,SRB,2009\n")

    format_files(project, [], write=True)

    assert milestone(project) == (HEADER + THIRD).encode()


def test_lists_in_a_key_are_sorted_and_others_only_spaced(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    add(project, "deployment", "ALB,kfor;eufor,,2023,contingent,1,,web2023,,,\n")
    add(project, "event", "raid,,,2023,XKX,,kfor;eufor ;  kfor,,,web2023,,,\n")

    format_files(project, [], write=True)

    assert (project.sources / "deployment.csv").read_text("utf-8").splitlines()[1].startswith("ALB,eufor; kfor,,")
    assert (
        (project.sources / "event.csv")
        .read_text("utf-8")
        .splitlines()[1]
        .startswith("raid,,,2023,XKX,,kfor; eufor; kfor,,")
    )


def test_numbers_in_a_key_are_ordered_as_numbers_and_rows_of_one_key_stay_as_they_were(tmp_path: Path) -> None:
    rows = [f"ALB,nato,partner,{spell},,,,{cite},,,\n" for spell, cite in ((10, "b"), (2, "z"), (2, "a"), (1, "c"))]
    project = write_project(tmp_path, membership="".join(rows))

    format_files(project, [], write=True)

    lines = (project.sources / "membership.csv").read_text("utf-8").splitlines()[1:]
    assert [(line.split(",")[3], line.split(",")[7]) for line in lines] == [
        ("1", "c"),
        ("2", "z"),
        ("2", "a"),
        ("10", "b"),
    ]


REFUSED = {
    "an unknown column": (
        (HEADER.replace("note", "notes") + SECOND).encode(),
        '1:8: column "notes" is not one of the table\'s, or is repeated; correct its name',
    ),
    "a repeated column": (
        (HEADER.replace("note", "date") + SECOND).encode(),
        '1:8: column "date" is not one of the table\'s, or is repeated; correct its name',
    ),
    "an unnamed column that is filled": (
        (HEADER[:-1] + ",\n" + SECOND[:-1] + ",x\n").encode(),
        '1:9: column "" is not one of the table\'s, or is repeated; correct its name',
    ),
    "too few fields": (
        (HEADER + SECOND + "ALB,eu,applied\n").encode(),
        "3:3: 3 fields where the header has 8; mend the row",
    ),
    "too many fields": (
        (HEADER + SECOND + THIRD[:-1] + "a,b\n").encode(),
        "3:8: 9 fields where the header has 8; mend the row",
    ),
    "too few fields after a cell of two lines": (
        (HEADER + SECOND[:-1] + '"a\nb"\nALB,eu,applied\n').encode(),
        "4:3: 3 fields where the header has 8; mend the row",
    ),
    "Latin-1": (
        CANONICAL.encode("latin-1"),
        "1:1: not UTF-8 or UTF-16, so its letters cannot be told for certain; save it as CSV UTF-8",
    ),
    "a quote never closed": (
        (HEADER + SECOND[:-1] + '"a\n').encode(),
        "2:1: not readable as CSV (unexpected end of data); run wb6 check for its place",
    ),
}


@pytest.mark.parametrize(("content", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_for_certain_is_left_and_nothing_else_is_written(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    project = write(tmp_path, content)
    add(project, "country", ",,,,,,,,,,,,,,,\n")
    before = contents(project)

    result = fmt(project)

    assert result.exit_code == 1
    assert result.stdout == f"sources/milestone.csv:{expected}\n"
    assert contents(project) == before


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"], ids=["empty", "one line end", "a mark"])
def test_an_empty_file_is_given_its_header(tmp_path: Path, content: bytes) -> None:
    project = write(tmp_path, content)

    format_files(project, [], write=True)

    assert milestone(project) == HEADER.encode()


def test_check_names_the_files_that_are_not_canonical_and_writes_nothing(tmp_path: Path) -> None:
    project = write(tmp_path, REPAIRS["semicolons"])
    (project.sources / "references.json").write_text(json.dumps(DOCUMENTS, indent=2) + "\n", "utf-8")
    before = contents(project)

    result = fmt(project, "--check")

    assert result.exit_code == 1
    assert result.stdout == "would change sources/milestone.csv\n"
    assert result.stderr == "1 of 20 files are not canonical\n"
    assert contents(project) == before


def test_check_exits_with_0_once_the_files_are_written(tmp_path: Path) -> None:
    project = write(tmp_path, REPAIRS["semicolons"])

    first, second = fmt(project), fmt(project, "--check")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "wrote sources/milestone.csv\n" in first.stdout
    assert second.stdout == ""


def test_only_the_files_named_are_looked_at(tmp_path: Path) -> None:
    project = write(tmp_path, REPAIRS["semicolons"])
    add(project, "country", ",,,,,,,,,,,,,,,\n")
    country = (project.sources / "country.csv").read_bytes()

    result = fmt(project, str(project.sources / "milestone.csv"))

    assert (result.exit_code, result.stderr) == (0, "1 of 1 files changed\n")
    assert (project.sources / "country.csv").read_bytes() == country


@pytest.mark.parametrize("name", ["budget.csv", "dataset.yaml", "missing.csv"])
def test_a_file_that_is_no_source_is_refused(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "budget.csv").write_text("a,b\n", "utf-8")

    result = fmt(project, str(project.sources / name))

    assert result.exit_code == 1
    assert result.stdout == (f"sources/{name}:1:1: not a source file of this project; name one in sources/\n")


CELLS = st.text(st.sampled_from('ab ,;"\n\té\u00a0=0'), max_size=6).map(str.strip)
TABLES = st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=8)


@settings(max_examples=200, deadline=None)
@given(rows=TABLES, mark=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_written_is_kept_and_a_second_time_changes_nothing(
    rows: list[list[str]], mark: str, end: str
) -> None:
    table = sources()["milestone"]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, lineterminator=end).writerows([HEADER.strip().split(","), *rows])

    once = canonical(out.getvalue().encode(), "milestone.csv", table)

    kept = list(csv.reader(io.StringIO(once.decode(), newline=""), strict=True))[1:]
    assert sorted(kept) == sorted([re.sub("[ \u00a0]+", " ", cell) for cell in row] for row in rows if any(row))
    assert canonical(once, "milestone.csv", table) == once


def test_the_sources_of_the_repository_are_canonical() -> None:
    done = format_files(Project(ROOT), [], write=False)

    assert done.changed == ()
    assert done.looked_at == len(sources()) + 1


def test_the_real_sources_come_back_from_excel_as_they_were(project: Project) -> None:
    before = contents(project)
    for path in project.sources.glob("*.csv"):
        first, *lines = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        keys = [n for n, field in enumerate(sources()[path.stem].fields) if field.cell.key]
        groups: dict[tuple[str, ...], list[list[str]]] = {}
        for line in lines:
            groups.setdefault(tuple(line[n] for n in keys), []).append(line)
        turned = list(groups.values())[::-1]
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([first, *(line for group in turned for line in group)])

    format_files(project, [], write=True)

    assert contents(project) == before
