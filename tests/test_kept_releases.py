"""Pieces kept between releases, as releases are made: nothing is made twice, and nothing of other code is kept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.blueprint import forget_kept
from pipeline.cite import notes
from pipeline.cite.notes import forget
from pipeline.cite.source import Source
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.verify.run import verify
from pipeline.workdir import Workdir
from tests.small import add, row
from tests.tampered import KEY


def edited(project: Project) -> Path:
    """The release after an edit that no chart and no footnote tells of."""
    add(project, "deployment", row("deployment", **{**KEY, "as_of": "2022"}, personnel="7", cite="web2023"))
    outcome = rebuild_once(project)
    assert outcome.published, outcome.failures
    return (project.outputs / "latest").resolve()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_release_after_an_edit_draws_and_cites_nothing_anew_and_is_the_same(
    store: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = Project(store.root.with_name("anew"))
    shutil.copytree(store.root, anew.root, symlinks=True)
    forget_kept(anew)
    without = contents(edited(anew))

    made = notes._notes

    def only_of_the_release(items: Sequence[Any], sources: Sequence[Source]) -> list[notes.Note]:
        assert all(source.read.document_id.startswith("wb6-") for source in sources), "a footnote is made again"
        return made(items, sources)

    forget()
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.charts.draw.draw", lambda *_: pytest.fail("a chart is drawn again"))
        patched.setattr("pipeline.cite.notes._notes", only_of_the_release)
        release = edited(store)

    assert contents(release) == without
    assert release.name not in ("0.1.0", "0.2.0")
    charts = sorted((release / "charts").iterdir())
    assert charts and all(f"WB6, version {release.name} (".encode() in path.read_bytes() for path in charts)
    assert [fault for one in verify(store, release.name) for fault in one.faults] == []


def test_nothing_is_kept_of_code_that_is_no_longer_that_on_the_disk(
    store: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Workdir(store.build).kept
    assert {path.name for path in kept.iterdir()} == {"charts", "notes.json", "sheets"}
    monkeypatch.setattr("pipeline.publish.is_current", lambda _: False)

    edited(store)

    assert not kept.exists()
