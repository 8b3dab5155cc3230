"""What is out of date is found by content, whatever changed, and nothing else is."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from pipeline.blueprint import FILE, read_kept
from pipeline.definitions import defs
from pipeline.fresh import find_stale
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from tests.conftest import ROOT
from tests.fresh import downstream, plan
from tests.small import DATASET, DOCUMENTS, LINKED, document, write_documents, write_project


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A small project that has been released."""
    project = write_project(tmp_path / "small", DOCUMENTS, **LINKED)
    assert rebuild_once(project).published
    return project


def tampered(path: str) -> Callable[[Project], None]:
    def act(project: Project) -> None:
        file = project.root / path
        file.write_bytes(file.read_bytes() + b"\n")

    act.__name__ = f"tampered_{path}"
    return act


def gone(path: str) -> Callable[[Project], None]:
    def act(project: Project) -> None:
        file = project.root / path
        shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()

    act.__name__ = f"gone_{path}"
    return act


def stray(path: str) -> Callable[[Project], None]:
    def act(project: Project) -> None:
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", "utf-8")

    act.__name__ = f"stray_{path}"
    return act


@pytest.mark.parametrize(
    "act",
    [
        tampered("sources/facility.csv"),
        tampered("sources/references.json"),
        tampered("sources/dataset.yaml"),
        tampered("sources/LICENSE"),
        tampered("outputs/latest/csv/country.csv"),
        tampered("outputs/latest/parquet/country.parquet"),
        tampered("outputs/latest/SHA256SUMS"),
        tampered("build/tables/timeline.parquet"),
        tampered("build/claims/country.parquet"),
        tampered("build/source/country.parquet"),
        gone("sources/facility.csv"),
        gone("outputs/latest"),
        gone("outputs/latest/wb6.xlsx"),
        gone("outputs/releases"),
        gone("build"),
        gone("build/tables/claim.parquet"),
        gone("build/made/release.json"),
        gone("build/made/country.references.json"),
        stray("outputs/latest/more.csv"),
        stray("outputs/releases/.staging/left"),
        stray("outputs/releases/0.1.1/manifest.json"),
        stray("outputs/evidence.csv"),
        stray("sources/extra.csv"),
    ],
    ids=lambda act: act.__name__,
)
def test_nothing_that_was_changed_or_lost_is_skipped(small: Project, act: Callable[[Project], None]) -> None:
    assert not find_stale(small, plan())

    act(small)

    stale = find_stale(small, plan())
    assert "release" in stale.parts
    assert stale.causes


@pytest.mark.parametrize("latest", ["tampered", "missing", "elsewhere"])
def test_a_store_that_is_not_as_it_was_left_is_told_of_or_made_anew(small: Project, latest: str) -> None:
    link = small.outputs / "latest"
    if latest == "tampered":
        tampered("outputs/latest/csv/country.csv")(small)
        outcome = rebuild_once(small)
        assert outcome.version is None
        assert "outputs/latest is not as it was published" in outcome.failures[0]
    else:
        link.unlink()
        if latest == "elsewhere":
            link.symlink_to("releases/9.9.9")
        outcome = rebuild_once(small)
        assert outcome.version == ("0.1.0" if latest == "missing" else None)


def test_a_store_that_lost_every_release_is_not_begun_anew_unasked(small: Project) -> None:
    releases = small.outputs / "releases"
    releases.rename(small.root / "unmounted")
    (small.outputs / "latest").unlink()
    for _ in range(2):
        outcome = rebuild_once(small)
        assert outcome.version is None
        assert "outputs holds no release, though one was published there; mount its disk again" in outcome.failures[0]
    assert not (small.outputs / "latest").is_symlink()

    shutil.rmtree(small.build)
    assert rebuild_once(small).version == "0.1.0"


TEXT = "Albania, Serbia, Kosovo; 1949, 1999, 2014, 2023; about 60 people."


def test_a_changed_text_is_looked_into_again_and_a_missing_one_leaves_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "web2023.txt").write_text(TEXT, "utf-8")
    project = write_project(tmp_path / "small", DOCUMENTS, **LINKED)
    with_texts = replace(project, documents=texts)
    digest = hashlib.sha256((texts / "web2023.txt").read_bytes()).hexdigest()
    write_documents(project, [DOCUMENTS[0], document("web2023", custom={"text_sha256": digest})])
    assert rebuild_once(project).published

    assert find_stale(with_texts, plan()).causes == ("texts has changed",)
    assert sorted(find_stale(with_texts, plan()).parts) == downstream("evidence")
    with monkeypatch.context() as patch:
        patch.setenv("WB6_DOCUMENTS", str(texts))
        assert rebuild_once(with_texts).version
    assert not find_stale(with_texts, plan())
    assert not find_stale(project, plan())  # what was found in the texts holds without them

    (texts / "web2023.txt").write_text("Albania.", "utf-8")
    assert sorted(find_stale(with_texts, plan()).parts) == downstream("evidence")
    (texts / "web2023.txt").unlink()
    assert sorted(find_stale(with_texts, plan()).parts) == downstream("evidence")


def copy_of_the_code(folder: Path) -> Path:
    for name in ("pipeline", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    write_project(folder, DOCUMENTS, **LINKED)
    return folder


def wb6(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    ours = ("WB6_DOCUMENTS", "WB6_PROJECT", "DAGSTER_HOME")
    environment = {k: v for k, v in os.environ.items() if k not in ours} | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


STALE = (
    "from pipeline.blueprint import blueprint; from pipeline.fresh import find_stale; from pipeline.project import Project; "
    "p = Project.here(); s = find_stale(p, blueprint(p)); "
    "print(' '.join([*s.parts, *sorted({r.label.replace(' ', '_') for r in s.rules})]))"
)


def test_a_change_of_code_makes_out_of_date_what_it_affects(tmp_path: Path) -> None:
    folder = copy_of_the_code(tmp_path)
    assert wb6(folder, "-m", "pipeline.cli", "release", "--quiet").returncode == 0
    made = ["document", *(n for n in plan().parts if n != "document")]

    def stale_after(path: str, old: str, new: str) -> list[str]:
        file = folder / path
        text = file.read_text("utf-8")
        assert old in text, path
        file.write_text(text.replace(old, new, 1), "utf-8")
        told = wb6(folder, "-c", STALE)
        file.write_text(text, "utf-8")
        assert told.returncode == 0, told.stderr
        return told.stdout.split()

    assert stale_after("pipeline/cli.py", "WB6: an open", "WB6, an open") == []
    last = ["release", "explorer"]
    assert stale_after("pipeline/joins/timeline.sql", "-- timeline", "-- The timeline") == ["timeline", *last]
    facility = stale_after("schemas/facility.py", '"""', '"""Now: ')
    assert sorted(n for n in facility if "_of_" not in n) == downstream("facility")
    assert {n for n in facility if "_of_" in n} == {
        "citations_of_facility",
        "decided_of_conflict",
        "references_of_facility",
    }
    check = stale_after("pipeline/checks/outlier.sql", "-- warning", "-- error")
    assert check == [*last, "outlier_of_deployment", "outlier_of_indicator", "outlier_of_mission_strength"]
    assert stale_after("schemas/change.py", "What changed", "All that changed") == last
    assert stale_after("pipeline/standards/citation.py", '"""', '"""Now: ') == last
    assert stale_after("pipeline/figures/claims.sql", "-- ", "--  ") == last
    assert stale_after("pipeline/diff/sql/change.sql", "-- ", "--  ") == last
    assert stale_after("pipeline/orchestration/explorer.py", '"""', '"""Now: ') == ["explorer"]
    assert stale_after("pipeline/expand.py", '"""', '"""Now: ')[: len(made)] == made
    assert stale_after("schemas/fields.py", '"""', '"""Now: ')[: len(made)] == made
    assert wb6(folder, "-c", STALE).stdout.split() == []


def test_when_nothing_changed_not_even_dagster_is_loaded(tmp_path: Path) -> None:
    folder = copy_of_the_code(tmp_path)
    first = wb6(folder, "-m", "pipeline.cli", "release", "--quiet")
    assert first.returncode == 0, first.stderr

    again = wb6(folder, "-X", "importtime", "-m", "pipeline.cli", "release")

    assert again.stdout == "Nothing changed since release 0.1.0.\n"
    loaded = {line.rsplit("|", 1)[-1].strip() for line in again.stderr.splitlines()}
    assert loaded.isdisjoint({"dagster", "pandas", "pandera", "duckdb", "pyarrow", "numpy", "sqlglot"})


@pytest.mark.parametrize("damage", ["", "{", '{"code": 1}', "[]"])
def test_a_blueprint_that_cannot_be_read_is_derived_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / FILE).write_text(damage, "utf-8")

    assert read_kept(tmp_path / FILE, plan().code) is None


def test_a_kept_blueprint_is_the_one_derived(tmp_path: Path) -> None:
    from pipeline.blueprint import keep
    from pipeline.code import code_files
    from pipeline.derive import derive

    derived = derive(plan().code, code_files())

    keep(tmp_path / FILE, derived)

    assert read_kept(tmp_path / FILE, derived.code) == derived
    assert read_kept(tmp_path / FILE, "other") is None


def test_dagster_shows_the_graph_that_the_blueprint_has() -> None:
    graph = defs().resolve_asset_graph()

    for name, part in plan().parts.items():
        node = graph.get(dg.AssetKey(name))
        above = {key.to_user_string() for key in node.parent_keys}
        files = {f"sources/{Path(file).stem}" for file in part.files if file != "sources/LICENSE"}
        assert above == {*part.deps, *files}
        assert node.code_version == part.code


def test_dataset_yaml_is_read_by_the_release_and_the_joins_that_ask_for_the_cut_off_date(small: Project) -> None:
    (small.sources / "dataset.yaml").write_text(DATASET.replace("Small", "Little"), "utf-8")

    assert sorted(find_stale(small, plan()).parts) == sorted({*downstream("sources/dataset")} - {"sources/dataset"})
