"""Letters and spaces that only look right: told at their cell, and mended by wb6 fmt where nothing can be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.fmt import canonical
from pipeline.refuse import refused
from schemas.registry import sources
from tests.small import add, row, told, write_project

SPACES = "holds two spaces in a row, or one of another kind (non-breaking, thin); write one plain space, or run wb6 fmt"
GARBLED = "was garbled when the file was saved in another encoding; write the letters anew"
MIXED = "mixes a Latin letter with one that looks like it; type the word anew"

BAD = {
    "two spaces": ("Kosovo  Force", SPACES),
    "a non-breaking space": ("Kosovo\u00a0Force", SPACES),
    "a thin space": ("4\u202f500 soldiers", SPACES),
    "UTF-8 read as one byte a letter": ("KuÃ§ova", f'"Ã§" {GARBLED}'),
    "letters replaced": ("Ku\ufffdova", f'"\ufffd" {GARBLED}'),
    "letters lost": ("Ku?ova", f'"u?o" {GARBLED}'),
    "a Cyrillic letter in a Latin word": ("Sеrbia", f'"Sе" {MIXED}'),  # noqa: RUF001
    "a Greek letter in a Latin word": ("Αlbania", f'"Αl" {MIXED}'),  # noqa: RUF001
}
GOOD = (
    "Kuçova",
    "Zvečan",
    "Târgu Mureș",
    "Đukanović",
    "Åland",
    "Ærø",
    "Србија",
    "Αθήνα",
    "d\u2019État",
    "€ 3",
    "What? Why?",
    "https://a.org/?b=c",
)


@pytest.mark.parametrize("case", BAD)
def test_what_only_looks_right_is_told_at_its_cell(tmp_path: Path, case: str) -> None:
    value, what = BAD[case]
    project = write_project(tmp_path)
    add(project, "actor", row("actor", actor_id="someone", name=value, cite="web2023"))

    lines = told(project)

    assert any(line.startswith("sources/actor.csv:2:2: name ") and line.endswith(f": {what}") for line in lines), lines


@pytest.mark.parametrize("value", GOOD)
def test_letters_of_any_language_pass(tmp_path: Path, value: str) -> None:
    project = write_project(tmp_path)
    add(project, "actor", row("actor", actor_id="someone", name=value, cite="web2023"))

    assert refused(value) is None
    assert not [line for line in told(project) if "actor.csv" in line]


def test_fmt_leaves_one_plain_space_where_there_were_others() -> None:
    table = sources()["actor"]
    header = ",".join(f.name for f in table.fields)
    rest = "," * (len(table.fields) - 2)

    mended = canonical(f"{header}\nsomeone,Kosovo \u00a0 Force\u2009 KFOR{rest}\n".encode(), "actor.csv", table)

    assert mended == f"{header}\nsomeone,Kosovo Force KFOR{rest}\n".encode()


def test_a_file_that_was_cut_off_is_told_at_its_last_line(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    path = project.sources / "milestone.csv"
    path.write_bytes(path.read_bytes()[:-1])

    assert told(project) == [
        "sources/milestone.csv:2:1: warning: the last line has no end, so the file may have been cut off; "
        "see what is missing, then run wb6 fmt"
    ]


@pytest.mark.parametrize("locator", ["p. Albania", "n. Conclusions", "para. WB6"])
def test_a_page_a_note_or_a_paragraph_is_a_number(tmp_path: Path, locator: str) -> None:
    project = write_project(tmp_path)
    add(project, "actor", row("actor", actor_id="someone", name="Someone", cite=f"book2023, {locator}"))

    what = "is no number; write a page, a note or a paragraph as 72, or sec. for a section"
    assert told(project) == [f'sources/actor.csv:2:6: cite "book2023, {locator}": locator "{locator}" {what}']
