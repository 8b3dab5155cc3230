"""Files that are no files, names and letters made to mislead, lines that end oddly: told in one line, and nothing published."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.check import check_sources
from pipeline.problems import only_errors
from tests.fuzz.bounded import wb6
from tests.fuzz.target import assert_told_well
from tests.small import DOCUMENTS, add, document, header, told, write_documents, write_project

HEADER = header("milestone")
GOOD = "ALB,eu,candidate_status,2014-06-27,web2023,,,\n"
ROW = "ALB,eu,applied,2009,web2023,,,"


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _door(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        before = Path.cwd()
        os.chdir(path.parent)  # the address of a socket is at most 107 bytes long
        try:
            door.bind(path.name)
        finally:
            os.chdir(before)


def _link(where: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(where)


INSTEAD = {
    "a folder": (Path.mkdir, "a folder, not a file; put the file in its place"),
    "a pipe": (_pipe, "a pipe or a device, not a file; put the file in its place"),
    "a socket": (_door, "a pipe or a device, not a file; put the file in its place"),
    "a link to a device": (_link("/dev/zero"), "a symbolic link out of the folder; put the file itself here"),
    "a link out of the folder": (_link("/etc/passwd"), "a symbolic link out of the folder; put the file itself here"),
    "a link up and out": (_link("../outside"), "a symbolic link out of the folder; put the file itself here"),
    "a link to nothing": (_link("nowhere"), "a symbolic link to nothing; put the file itself here"),
}


@pytest.mark.parametrize("name", ["facility.csv", "references.json", "dataset.yaml", "LICENSE"])
@pytest.mark.parametrize(("make", "what"), INSTEAD.values(), ids=INSTEAD)
def test_what_is_no_ordinary_file_of_the_folder_is_not_read(
    tmp_path: Path, name: str, make: Callable[[Path], None], what: str
) -> None:
    project = write_project(tmp_path)
    (tmp_path / "outside").write_text("secret\n", "utf-8")
    (project.sources / name).unlink()
    make(project.sources / name)

    assert told(project) == [f"sources/{name}:1:1: {what}"]


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    path = project.sources / "facility.csv"
    path.unlink()
    path.symlink_to("facility.csv")

    assert told(project) == ["sources/facility.csv:1:1: a symbolic link that leads to itself; put the file itself here"]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    path = project.sources / "facility.csv"
    path.rename(project.sources / "facility-of-2023")
    path.symlink_to("facility-of-2023")

    assert only_errors(check_sources(project).problems) == []


@pytest.mark.parametrize(
    "command", [("release", "--quiet"), ("release", "--dry-run"), ("fmt",), ("fmt", "--check")], ids=" ".join
)
def test_no_command_waits_at_a_pipe_or_prints_what_a_link_leads_to(tmp_path: Path, command: tuple[str, ...]) -> None:
    project = write_project(tmp_path)
    (tmp_path / "outside").write_text("secret\n", "utf-8")
    for name, make in (("facility.csv", _pipe), ("actor.csv", _link("../outside"))):
        (project.sources / name).unlink()
        make(project.sources / name)

    ran = wb6(project, *command)

    assert "Traceback" not in ran.err, ran.err[-2000:]
    assert "secret" not in ran.out + ran.err
    assert ran.code == 1
    assert not (project.outputs / "releases").exists()
    assert (tmp_path / "outside").read_text("utf-8") == "secret\n"


@pytest.mark.parametrize("command", [("check",), ("release", "--quiet"), ("fmt",)], ids=" ".join)
def test_files_that_may_not_be_read_are_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    project = write_project(tmp_path)
    names = ["actor.csv", "dataset.yaml", "references.json"]
    for name in names:
        (project.sources / name).chmod(0)

    ran = wb6(project, *command)

    assert "Traceback" not in ran.err, ran.err[-2000:]
    assert ran.code == 1
    wrong = [line for line in ran.out.splitlines() if "cannot be read (Permission denied)" in line]
    assert len(wrong) == (2 if command == ("fmt",) else 3)


NAMES_OF_FILES = {
    "a line break": ("a\nb.csv", "a\\u000ab"),
    "an escape": ("a\x1b[31mb.csv", "a\\u001b[31mb"),
    "a right-to-left override": ("\u202eb.csv", "\\u202eb"),
    "bytes that are no UTF-8": (os.fsdecode(b"a\xff.csv"), "a\\udcff"),
    "a path": ("..csv", "."),
    "an option": ("--help.csv", "--help"),
}


@pytest.mark.parametrize(("name", "shown"), NAMES_OF_FILES.values(), ids=NAMES_OF_FILES)
def test_a_file_with_an_odd_name_is_told_on_one_line_in_every_format(tmp_path: Path, name: str, shown: str) -> None:
    project = write_project(tmp_path)
    (project.sources / name).write_text("a,b\n", "utf-8")

    problems = check_sources(project).problems

    assert_told_well(problems)
    what = f"no table is called {shown}; add a model schemas/{shown}.py, or delete the file"
    assert [str(p) for p in problems] == [f"sources/{shown}.csv:1:1: {what}"]


def test_a_name_of_a_file_adds_no_annotation_of_its_own(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "a,line=1::x%0A::warning::.csv").write_text("a,b\n", "utf-8")

    ran = wb6(project, "check", "--format", "github")

    assert ran.out.startswith(
        "::error file=sources/a%2Cline=1%3A%3Ax%250A%3A%3Awarning%3A%3A.csv,line=1,col=1,title=file::"
    )
    assert len(ran.out.splitlines()) == 1


IDS = [
    "../../etc/passwd",
    "/etc/passwd",
    "a/b",
    "..",
    "con.",
    "a\\b",
    "%2e%2e",
    "k\u0444or",
    "\uff4bfor",
    "kf\u00f6r",
    "\U0001d424for",
]


@pytest.mark.parametrize("written", IDS)
def test_an_id_that_is_a_path_or_looks_like_another_is_refused(tmp_path: Path, written: str) -> None:
    project = write_project(tmp_path)
    add(project, "organisation", f"{written},Name,union,,,web2023,,,\n")
    write_documents(project, [*DOCUMENTS, document(written)])

    lines = told(project)

    assert any(line.startswith("sources/organisation.csv:4:1: organisation_id ") for line in lines)
    assert any(line.startswith("sources/references.json:4:1: ") for line in lines)


HIDDEN = [
    "\u034f",
    "\u115f",
    "\u180e",
    "\u2063",
    "\u206a",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\uffa0",
    "\ufff9",
    "\ufffe",
    "\U000e0041",
]


@pytest.mark.parametrize("letter", HIDDEN, ids=[f"U+{ord(letter):04X}" for letter in HIDDEN])
def test_a_letter_that_nobody_sees_is_refused_wherever_it_stands(tmp_path: Path, letter: str) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", f"{ROW}A{letter}b\n")

    lines = told(project)

    assert len(lines) == 1
    assert lines[0].startswith("sources/milestone.csv:3:8: ")
    assert f"the invisible character U+{ord(letter):04X} stands in the cell; delete it" in lines[0]


ENDS = {
    "carriage returns alone": ((HEADER + GOOD).replace("\n", "\r"), "1:8: a carriage return stands alone; end lines with LF"),
    "one carriage return among line feeds": (HEADER + GOOD + ROW + "\r" + ROW + "\n", "3:8: a carriage return stands alone; end lines with LF"),
    "next line": (HEADER + GOOD + ROW + "a\u0085", "3:8: the invisible character U+0085 stands in the cell; delete it"),
    "form feed": (HEADER + GOOD + ROW + "a\f\n", "3:8: the invisible character U+000C stands in the cell; delete it"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), ENDS.values(), ids=ENDS)
def test_lines_that_end_in_another_way_are_refused(tmp_path: Path, content: str, expected: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_bytes(content.encode())

    assert told(project)[0] == f"sources/milestone.csv:{expected}"


def test_line_feeds_and_crlf_may_be_mixed(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "milestone.csv").write_bytes((HEADER + GOOD[:-1] + "\r\n" + ROW + "\n").encode())

    assert only_errors(check_sources(project).problems) == []


def test_fmt_takes_no_other_digit_for_a_number(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    for number in ("\u00b2", "9" * 5_000):
        add(project, "reference", f'book2023,{number},web2023,p. 72,"book2023, n. 19",,,\n')

    ran = wb6(project, "fmt")

    assert (ran.code, "Traceback" in ran.err) == (0, False)
    assert wb6(project, "check").code == 1
