"""Rows of sheets kept between releases: the workbook is the same with and without them, whatever became of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.standards.staged import Staged
from pipeline.standards.workbook import FILE, write_workbook
from tests.test_workbook import stage, table


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    made = table("texts", ("id", "VARCHAR"), ("text", "VARCHAR"), ("listed", "VARCHAR[]"), ("sure", "BOOLEAN"))
    rows = [("a", "<b> & _x0041_", ["x", "y"], True), ("b", " kept ", [], None), ("c", "line\nline", ["z"], False)]
    return replace(stage(tmp_path / "release", made, texts=rows), kept=tmp_path / "kept")


def workbook(staged: Staged) -> bytes:
    write_workbook(staged)
    return (staged.folder / FILE).read_bytes()


def test_kept_rows_make_the_same_workbook(staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    without = workbook(replace(staged, kept=None))

    assert workbook(staged) == without
    monkeypatch.setattr("pipeline.standards.kept.rows_of", lambda *_: pytest.fail("rows that are kept are made again"))
    assert workbook(staged) == without


def test_kept_rows_are_those_that_were_kept_and_nothing_else_is_taken_for_them(staged: Staged) -> None:
    without = workbook(staged)
    path = (staged.kept or Path()) / "sheets" / "texts.xml"
    kept = path.read_bytes()
    damages: list[Callable[[bytes], bytes]] = [
        lambda _: b"",
        lambda whole: whole[:-5],
        lambda whole: whole.replace(b"line", b"lime"),
        lambda whole: re.sub(rb'("about": \[)\d+', rb"\g<1>99", whole),
        lambda whole: whole.partition(b"\n")[2],
        lambda _: b"[]\n",
    ]

    for damage in damages:
        path.write_bytes(damage(kept))
        assert workbook(staged) == without
        assert path.read_bytes() == kept


def test_another_table_of_the_same_name_is_written_anew(staged: Staged, tmp_path: Path) -> None:
    before = workbook(staged)
    other = stage(tmp_path / "other", *staged.tables.values(), texts=[("a", "other", ["x"], True)])

    assert workbook(replace(other, kept=staged.kept)) == workbook(other) != before


def test_a_folder_that_takes_nothing_is_done_without(staged: Staged, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert workbook(replace(staged, kept=tmp_path / "file" / "kept")) == workbook(replace(staged, kept=None))
