"""Files that are not a table of cells: each is refused with its place and its remedy, and nothing else is said."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import read, refuse
from pipeline.check import check_sources
from pipeline.problems import only_errors
from tests.small import ROWS, header, told, write_project

COLUMNS = "iso3,organisation_id,milestone,date,cite,rank,rank_reason,note"
HEADER = COLUMNS + "\n"
GOOD = "ALB,eu,candidate_status,2014-06-27,web2023,,,\n"
NAMES = COLUMNS.replace(",", ", ")
BEFORE_NOTE = HEADER + GOOD + "ALB,eu,applied,2009,web2023,,,"

INVISIBLE = "the invisible character U+{:04X} stands in the cell; delete it"
FORMULA = 'begins with "{}", which a spreadsheet runs as a formula; begin with another character'
MERGE = "git left its mark of a merge here; keep the rows that are right, and delete the marks"
NOTHING = "is a word for nothing; leave the cell empty, which means not recorded"
FAILED = "is what a spreadsheet shows for a formula that failed; write the value, or leave the cell empty"
SPACE = "begins or ends with white space; delete it, or run wb6 fmt"

ENCODINGS = {
    "utf-16 with a mark": ((HEADER + GOOD).encode("utf-16"), "1:1: the file is UTF-16; save it as CSV UTF-8"),
    "utf-16 little endian": ((HEADER + GOOD).encode("utf-16-le"), "1:1: the file is UTF-16; save it as CSV UTF-8"),
    "utf-16 big endian": ((HEADER + GOOD).encode("utf-16-be"), "1:1: the file is UTF-16; save it as CSV UTF-8"),
    "latin-1": (
        (BEFORE_NOTE + "Kuçova\n").encode("latin-1"),
        "3:8: byte 0xE7 is not UTF-8; save the file as CSV UTF-8",
    ),
    "latin-1 on the second line of a cell": (
        (BEFORE_NOTE + '"At\nKuçova"\n').encode("latin-1"),
        "4:8: byte 0xE7 is not UTF-8; save the file as CSV UTF-8",
    ),
    "utf-8 cut short": (BEFORE_NOTE.encode() + b"Ku\xc3", "3:8: byte 0xC3 is not UTF-8; save the file as CSV UTF-8"),
}

HEADERS = {
    "empty": ("", f"1:1: no header; write {COLUMNS}"),
    "a byte order mark alone": ("\ufeff", f"1:1: no header; write {COLUMNS}"),
    "an empty first line": ("\n" + HEADER + GOOD, f"1:1: no header; write {COLUMNS}"),
    "semicolons": (
        (HEADER + GOOD).replace(",", ";"),
        "1:1: fields are separated by semicolons; run wb6 fmt, or save with commas",
    ),
    "tabs": (
        (HEADER + GOOD).replace(",", "\t"),
        "1:1: fields are separated by tabs; run wb6 fmt, or save with commas",
    ),
    "bars": (
        (HEADER + GOOD).replace(",", "|"),
        "1:1: fields are separated by bars; run wb6 fmt, or save with commas",
    ),
    "an unknown column": (
        f"{COLUMNS},colour\n{GOOD[:-1]},\n",
        f'1:9: unknown column "colour"; the columns are {NAMES}',
    ),
    "a missing column": (
        HEADER.replace(",rank,", ",") + GOOD.replace(",,,", ",,"),
        '1:6: column "rank" is missing; add it, empty if need be',
    ),
    "a repeated column": (
        f"{COLUMNS},date\n{GOOD[:-1]},2015\n",
        '1:9: column "date" is repeated; keep one of the two',
    ),
    "a column without a name": (
        f"{COLUMNS},\n{GOOD[:-1]},\n",
        "1:9: a column has no name; name it or delete it",
    ),
    "a column name over the limit": (
        "x" * 131_073 + "," + HEADER + GOOD,
        "1:1: the header is too long; write one name a column",
    ),
}

CHARACTERS = {
    "a NUL": (BEFORE_NOTE + "a\0b\n", "3:8: a NUL character stands in the cell; delete it"),
    "a control character": (BEFORE_NOTE + "a\x07b\n", "3:8: " + INVISIBLE.format(0x07)),
    "a C1 control character": (BEFORE_NOTE + "a\x85b\n", "3:8: " + INVISIBLE.format(0x85)),
    "a right-to-left override": (BEFORE_NOTE + "a\u202eb\n", "3:8: " + INVISIBLE.format(0x202E)),
    "a direction isolate": (BEFORE_NOTE + "a\u2067b\n", "3:8: " + INVISIBLE.format(0x2067)),
    "an Arabic letter mark": (BEFORE_NOTE + "a\u061cb\n", "3:8: " + INVISIBLE.format(0x061C)),
    "a soft hyphen": (BEFORE_NOTE + "soft\u00adhyphen\n", "3:8: " + INVISIBLE.format(0xAD)),
    "a line separator": (BEFORE_NOTE + "a\u2028b\n", "3:8: " + INVISIBLE.format(0x2028)),
    "a zero-width space": (BEFORE_NOTE + "a\u200bb\n", "3:8: " + INVISIBLE.format(0x200B)),
    "a second byte order mark": (HEADER + "\ufeff" + GOOD, "2:1: " + INVISIBLE.format(0xFEFF)),
    "a lone carriage return": (BEFORE_NOTE + "a\rb\n", "3:8: a carriage return stands alone; end lines with LF"),
    "a carriage return in quotes": (
        BEFORE_NOTE + '"a\rb"\n',
        "3:8: a carriage return stands alone; end lines with LF",
    ),
}

ROWS_AND_QUOTES = {
    "too few fields": (
        HEADER + GOOD + "ALB,eu,applied,2009,web2023\n",
        "3:5: 5 fields where the header has 8; add the missing commas",
    ),
    "too many fields": (
        BEFORE_NOTE + "a,b\n",
        "3:9: 9 fields where the header has 8; quote cells that hold a comma",
    ),
    "an empty line": (HEADER + "\n" + GOOD, "2:1: the line is empty; delete it"),
    "an empty line at the end": (HEADER + GOOD + "\n", "3:1: the line is empty; delete it"),
    "an empty line after a cell of two": (BEFORE_NOTE + '"a\nb"\n\n', "5:1: the line is empty; delete it"),
    "a quote never closed": (
        BEFORE_NOTE + '"a\n' + GOOD,
        "3:8: the quote opened here is never closed; close it at the end of the cell",
    ),
    "text after a closing quote": (
        BEFORE_NOTE + '"a" b\n',
        '3:8: text follows a closing quote; double each quote inside the cell: "a ""b"" c"',
    ),
    "a quote inside an unquoted cell": (
        BEFORE_NOTE + 'a "b" c\n',
        '3:8: a quote stands inside an unquoted cell; put the cell in quotes and double the quote: "a ""b"" c"',
    ),
    "a quote after a space": (
        BEFORE_NOTE + ' "b"\n',
        '3:8: a quote stands inside an unquoted cell; put the cell in quotes and double the quote: "a ""b"" c"',
    ),
    "a cell over the limit": (
        BEFORE_NOTE + "x" * 131_073 + "\n",
        '3:8: note "' + "x" * 57 + '...": longer than 131072 characters; shorten it',
    ),
}

CELLS = {
    "a formula with =": (BEFORE_NOTE + "=1+1\n", '3:8: note "=1+1": ' + FORMULA.format("=")),
    "a formula with +": (BEFORE_NOTE + "+1\n", '3:8: note "+1": ' + FORMULA.format("+")),
    "a formula with -": (BEFORE_NOTE + "-1\n", '3:8: note "-1": ' + FORMULA.format("-")),
    "a formula with @": (BEFORE_NOTE + "@SUM(A1)\n", '3:8: note "@SUM(A1)": ' + FORMULA.format("@")),
    "a tab before the text": (BEFORE_NOTE + "\tx\n", '3:8: note "\\tx": ' + FORMULA.format("\\t")),
    "a space before": (HEADER + "ALB, eu,applied,2009,web2023,,,\n", f'2:2: organisation_id " eu": {SPACE}'),
    "a space behind": (HEADER + "ALB,eu ,applied,2009,web2023,,,\n", f'2:2: organisation_id "eu ": {SPACE}'),
    "a no-break space behind": (BEFORE_NOTE + "a\u00a0\n", f'3:8: note "a\u00a0": {SPACE}'),
    "a line break at the end": (BEFORE_NOTE + '"a\n"\n', f'3:8: note "a\\n": {SPACE}'),
    "a word for nothing": (BEFORE_NOTE + "n/a\n", f'3:8: note "n/a": {NOTHING}'),
    "a word for nothing in a column of codes": (
        HEADER + "ALB,eu,null,2009,web2023,,,\n",
        f'2:3: milestone "null": {NOTHING}',
    ),
    "a question for an answer": (HEADER + "ALB,eu,applied,?,web2023,,,\n", f'2:4: date "?": {NOTHING}'),
    "a formula that failed": (BEFORE_NOTE + "#REF!\n", f'3:8: note "#REF!": {FAILED}'),
    "nothing but a space": (BEFORE_NOTE + " \n", f'3:8: note " ": {SPACE}'),
}

KINDS = {**ENCODINGS, **HEADERS, **CHARACTERS, **ROWS_AND_QUOTES, **CELLS}


@pytest.mark.parametrize(("content", "expected"), KINDS.values(), ids=KINDS)
def test_a_file_that_is_not_a_table_is_refused_with_its_place_and_remedy(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_bytes(content.encode() if isinstance(content, str) else content)

    assert told(project) == [f"sources/milestone.csv:{expected}"]


def test_marks_of_a_merge_are_told_as_such(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    text = HEADER + "<<<<<<< HEAD\n" + GOOD + "=======\n" + GOOD + ">>>>>>> theirs\n"
    (project.sources / "milestone.csv").write_text(text, "utf-8")

    assert told(project) == [f"sources/milestone.csv:{line}:1: {MERGE}" for line in (2, 4, 6)]


def test_a_missing_file_is_told_with_the_header_it_should_have(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "country.csv").unlink()

    assert told(project) == [
        f"sources/country.csv:1:1: file is missing; create it with the header {header('country').strip()}"
    ]


@pytest.mark.parametrize("wrong", ["dat", "Date", " date", "dates"])
def test_a_misspelt_column_is_both_unknown_and_missing(tmp_path: Path, wrong: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(HEADER.replace("date", wrong) + GOOD, "utf-8")

    assert told(project) == [
        'sources/milestone.csv:1:4: column "date" is missing; add it, empty if need be',
        f'sources/milestone.csv:1:4: unknown column "{wrong}"; did you mean date?',
    ]


def test_a_header_with_other_names_is_told_of_each_of_them_and_of_each_that_is_missing(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text("country,org\n", "utf-8")

    unknown = [
        f'1:{number}: unknown column "{name}"; the columns are {NAMES}'
        for number, name in enumerate(("country", "org"), 1)
    ]
    missing = [
        f'1:{number}: column "{name}" is missing; add it, empty if need be'
        for number, name in enumerate(COLUMNS.split(","), 1)
    ]
    assert sorted(told(project)) == sorted(f"sources/milestone.csv:{line}" for line in unknown + missing)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("milestones", "did you mean milestone.csv?"),
        ("Milestone", "did you mean milestone.csv?"),
        ("budget", "add a model schemas/budget.py, or delete the file"),
    ],
)
def test_a_file_of_no_table_is_told(tmp_path: Path, name: str, hint: str) -> None:
    project = write_project(tmp_path)
    (project.sources / f"{name}.csv").write_text("a,b\n1,2\n", "utf-8")

    assert told(project) == [f"sources/{name}.csv:1:1: no table is called {name}; {hint}"]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + HEADER + GOOD,
        (HEADER + GOOD).replace("\n", "\r\n"),
        "\ufeff" + (HEADER + GOOD).replace("\n", "\r\n"),
        (HEADER + GOOD)[:-1],
        HEADER,
        BEFORE_NOTE + '"two\nlines, with ""quotes"" and a comma"\n',
        BEFORE_NOTE + "x" * 131_072 + "\n",
        "note,rank_reason,rank,cite,date,milestone,organisation_id,iso3\n,,,web2023,2014,candidate_status,eu,ALB\n",
    ],
    ids=["BOM", "CRLF", "BOM and CRLF", "no last line end", "no rows", "quoted cell", "longest cell", "column order"],
)
def test_what_every_spreadsheet_can_write_is_accepted(tmp_path: Path, content: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_bytes(content.encode())

    assert only_errors(check_sources(project).problems) == []


def test_a_header_pasted_again_is_named_as_such(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(HEADER + GOOD + HEADER + GOOD.replace("eu", "un") + HEADER, "utf-8")

    assert told(project) == [f"sources/milestone.csv:{n}:1: the line repeats the header; delete it" for n in (3, 5)]


def test_a_line_of_commas_is_told_beside_cells_that_are_refused(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(HEADER + ",,,,,,,\nALB,eu,=1+1,2009,web2023,,,\n", "utf-8")

    places = [line.split(": ")[0] for line in told(project)]

    assert places[0] == "sources/milestone.csv:2:1"
    assert places[-1] == "sources/milestone.csv:3:3"


def test_a_file_is_walked_once_for_what_stands_in_many_of_its_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some.csv"
    path.write_text("a,b\n" + ",\na,1\n" * 200, "utf-8")
    monkeypatch.setattr(read, "_BLOCK", 64)
    walked: list[str] = []
    rows = refuse._rows

    def walk(source: read.SourceFile) -> Iterator[tuple[int, list[str]]]:
        walked.append(source.label)
        return rows(source)

    monkeypatch.setattr(refuse, "_rows", walk)

    batches = list(read.batches(read.open_source(path, "some.csv", ("a", "b"))))

    assert sum(batch.rows.num_rows for batch in batches) == 400
    assert len(batches) > 10
    assert len(walked) == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\n1,\xff\n" + b"1,2\n" * 20, (2, 2, "byte 0xFF is not UTF-8")),
        (b"a,b\n" + b"1,2\n" * 20 + b"1,\xff\n", (1, 1, "wrong after the first 32 bytes")),
        (b"a,b\r\n" + "é,é\r\n".encode() * 20 + b"1,\x00\n", (1, 1, "wrong after the first 32 bytes")),
        (b'a,b\n1,"' + b"\n" * 60, (1, 1, "wrong after the first 32 bytes")),
        (b'a,b\n1,x"' + b"\n" * 60, (2, 2, "a quote stands inside")),
        (b"x" * 60 + b"\xff", (1, 1, "wrong after the first 32 bytes")),
    ],
)
def test_what_is_wrong_is_placed_in_the_first_bytes_and_told_without_a_place_behind_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, expected: tuple[int, int, str]
) -> None:
    monkeypatch.setattr(refuse, "LOOKED_AT", 32)
    path = tmp_path / "some.csv"
    path.write_bytes(content)

    [problem] = refuse.bytes_problems(path, "some.csv")

    assert (problem.line, problem.column) == expected[:2]
    assert expected[2] in problem.message


def test_letters_that_an_encoding_has_made_two_of_are_not_called_invisible(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(BEFORE_NOTE + "\u00c3\u0089tat\n", "utf-8")

    assert told(project) == [
        'sources/milestone.csv:3:8: "\u00c3\\u0089" was garbled when the file was saved in another encoding; write the letters anew'
    ]


def test_a_file_full_of_forbidden_characters_is_told_in_good_time(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    cells = "".join(f"ALB,eu,step_{n},2009,web2023,,,a\u200bb\n" for n in range(20_000))
    (project.sources / "milestone.csv").write_text(HEADER + cells, "utf-8")

    began = time.monotonic()
    lines = told(project)

    assert len(lines) == 20_000
    assert lines[-1] == "sources/milestone.csv:20001:8: " + INVISIBLE.format(0x200B)
    assert time.monotonic() - began < 60, "the time must grow with the file, not with its square"


@pytest.mark.parametrize("chunk", range(16, 32))
def test_no_row_is_passed_over_wherever_a_file_is_cut_into_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(read, "_CHUNK", chunk)
    project = write_project(tmp_path)
    content = HEADER + GOOD + 'ALB,eu,applied,soon,web2023,,,"Said ""yes"""\n'
    (project.sources / "milestone.csv").write_bytes(content.replace("\n", "\r\n").encode())

    assert [line.split(": ")[:2] for line in told(project)] == [["sources/milestone.csv:3:4", 'date "soon"']]


def test_the_column_is_that_of_the_file_where_columns_stand_in_another_order(tmp_path: Path) -> None:
    project = write_project(tmp_path, country=ROWS["country"])
    turned = ",".join(reversed(COLUMNS.split(",")))
    (project.sources / "milestone.csv").write_text(f"{turned}\n,,,web2023,2014,applied,eu,Albania\n", "utf-8")

    assert told(project) == [
        'sources/milestone.csv:2:8: iso3 "Albania": not a country code; '
        "write an ISO 3166-1 alpha-3 code in capitals, such as ALB (Kosovo is XKX)"
    ]


def test_a_file_of_semicolons_with_quoted_lists_is_told_to_be_one(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(
        HEADER.replace(",", ";") + 'ALB;eu;step;2009;web2023;;;"a; b"\n', "utf-8"
    )

    assert told(project) == [
        "sources/milestone.csv:1:1: fields are separated by semicolons; run wb6 fmt, or save with commas"
    ]


def test_refused_cells_do_not_hide_other_problems_of_their_file(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_text(
        HEADER + "ALB,eu,=1+1,2009,web2023,,,\nALB,eu,step,maybe,web2023,,,\n", "utf-8"
    )

    assert [line.split(": ")[0] for line in told(project)] == ["sources/milestone.csv:2:3", "sources/milestone.csv:3:4"]
