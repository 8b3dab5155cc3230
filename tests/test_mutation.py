"""A short run of the mutation study: of each kind of mistake one, always the same; `make mutants` runs the whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from pipeline.check import check_sources
from pipeline.project import Project
from tests.conftest import ROOT
from tests.mutation.mutant import MISTAKES
from tests.mutation.oracle import contradictions
from tests.mutation.sheets import Sheets
from tests.mutation.study import mutants, try_all
from tests.mutation.unknowable import UNKNOWABLE
from tests.mutation.written import digest


def test_the_sources_as_they_are_contradict_themselves_nowhere() -> None:
    assert contradictions(Sheets.of(ROOT / "sources")) == set()


def test_of_every_kind_of_mistake_what_can_be_known_is_told_at_its_line() -> None:
    chosen = list(mutants(Sheets.of(ROOT / "sources"), list(MISTAKES), 1, 8))

    tried = try_all(chosen, ROOT, None)

    detectable = [t for t in tried if t.detectable]
    assert len(detectable) > 0.6 * len(MISTAKES)
    slipped = [t.mutant.what for t in detectable if not t.told]
    elsewhere = [t.mutant.what for t in detectable if t.told and not t.line_right]
    assert len(slipped) <= 0.05 * len(detectable), slipped
    assert len(elsewhere) <= 0.05 * len(detectable), elsewhere


def test_what_the_study_counts_as_told_is_what_the_command_tells(tmp_path: Path) -> None:
    sheets = Sheets.of(ROOT / "sources")
    chosen = list(mutants(sheets, list(MISTAKES)[::9], 1, 5))
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    (tmp_path / "outputs").mkdir()
    shutil.copy(ROOT / "outputs" / "evidence.csv", tmp_path / "outputs")

    for tried, (kind, mutant) in zip(try_all(chosen, ROOT, None), chosen, strict=True):
        for name, content in mutant.changes.items():
            (tmp_path / "sources" / name).write_bytes(content)
        told = set(check_sources(Project(tmp_path)).problems)
        for name in mutant.changes:
            (tmp_path / "sources" / name).write_bytes(sheets.files[name])

        assert set(tried.told) <= told, (kind, mutant.what)
        assert bool(tried.told) == bool(told), (kind, mutant.what)


def test_the_figures_in_the_docs_are_of_these_sources_and_of_every_kind_of_mistake() -> None:
    page = (ROOT / "docs" / "mistakes.md").read_text("utf-8")
    figures = json.loads((ROOT / "docs" / "mistakes.json").read_text("utf-8"))

    assert figures["sources"] == digest(Sheets.of(ROOT / "sources")), "sources have changed: run make mutants"
    assert list(figures["kinds"]) == list(MISTAKES), "kinds of mistake have changed: run make mutants"
    assert figures["sources"] in page
    assert all(f"| {kind} | {found['tried']} |" in page for kind, found in figures["kinds"].items())


def test_the_figures_in_the_docs_are_as_good_as_promised() -> None:
    found = json.loads((ROOT / "docs" / "mistakes.json").read_text("utf-8"))

    assert found["all"]["tried"] == sum(kind["tried"] for kind in found["kinds"].values()) >= 2000
    assert found["all"]["caught"] >= 0.95 * found["all"]["detectable"]
    assert found["all"]["line"] >= 0.95 * found["all"]["caught"]
    assert len(found["slipped"]) == found["all"]["detectable"] - found["all"]["caught"]


def test_why_a_mistake_cannot_be_known_is_told_of_kinds_that_there_are() -> None:
    assert UNKNOWABLE.keys() <= MISTAKES.keys()
