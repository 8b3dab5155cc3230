"""The page as a file: made from the release alone, the same each time, and closed to whatever a cell may hold."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from pipeline.cli import cli
from pipeline.explorer.make import make_page
from pipeline.explorer.page import page
from pipeline.problems import PipelineError
from pipeline.project import Project
from tests.conftest import ROOT
from tests.explorer.altered import copied, described, put

EXPLORER = ROOT / "pipeline" / "explorer"
LATEST = (ROOT / "outputs" / "latest").resolve()
MOST = 5_000_000


def block(text: str, name: str) -> Any:
    """What one block of the page holds."""
    found = re.search(rf'id="{name}">([A-Za-z0-9+/=]*)</script>', text)
    assert found, name
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


@pytest.fixture(scope="module")
def latest() -> str:
    """The page of the latest release."""
    return page(LATEST)


def test_the_page_holds_every_cell_of_every_table(latest: str) -> None:
    for path in (LATEST / "parquet").glob("*.parquet"):
        rows = parquet.read_table(path)
        held = block(latest, f"table-{path.stem}")
        assert list(held) == rows.column_names
        for name in rows.column_names:
            cells = rows.column(name).to_pylist()
            dated = pa.types.is_date(rows.schema.field(name).type)
            assert held[name] == [c.isoformat() if dated and c else c for c in cells], (path.stem, name)


def test_the_same_release_gives_the_same_bytes_wherever_it_lies(latest: str, tmp_path: Path) -> None:
    shutil.copytree(LATEST, tmp_path / "elsewhere")

    assert page(tmp_path / "elsewhere") == latest


def test_the_page_is_small(latest: str) -> None:
    assert len(latest.encode()) < MOST


def test_only_the_page_s_own_scripts_and_style_may_run(latest: str) -> None:
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', latest)[1])  # type: ignore[index]
    scripts = re.findall(r"<script>(.*?)</script>", latest, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", latest, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (*scripts, *style)]

    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy
    assert len(digests) == 3 and all(f"'sha256-{digest}'" in policy for digest in digests)


@pytest.mark.parametrize(
    "value", ["</script><script>alert(1)</script>", "<!--<script>", '"><img src=x onerror=alert(1)>']
)
def test_no_cell_becomes_markup(value: str, tmp_path: Path) -> None:
    release = copied(tmp_path)
    put(release, "threat", "name", value)
    text = page(release)

    assert value not in text
    assert block(text, "table-threat")["name"][0] == value


def test_a_title_of_the_dataset_becomes_no_markup(tmp_path: Path) -> None:
    release = copied(tmp_path)
    described(release, "manifest.json", lambda m: m["dataset"].update(title="</title><script>alert(1)</script>"))

    assert "<script>alert(1)" not in page(release)


def test_the_page_keeps_the_licence_of_every_library(latest: str) -> None:
    packages = json.loads((EXPLORER / "web" / "package.json").read_text("utf-8"))["dependencies"]
    held = block(latest, "licences")

    for name, version in packages.items():
        assert f"{name} {version} (" in held
    assert held.count("Permission") >= len(packages) and "Natural Earth" in held


def test_the_assets_are_built_from_what_stands_beside_them() -> None:
    web, assets = EXPLORER / "web", EXPLORER / "assets"
    sources = {p.relative_to(web).as_posix() for p in (web / "src").rglob("*.js")}
    built = {p.name for p in assets.iterdir() if p.suffix != ".sha256"}

    for folder, listed, wanted in ((web, "inputs.sha256", sources), (assets, "outputs.sha256", built)):
        words = (assets / listed).read_text("utf-8").split()
        said = dict(zip(words[1::2], words[::2], strict=True))
        assert wanted <= said.keys()
        for name, digest in said.items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            assert found == digest, f"{name} has changed; run make assets"


def test_no_code_of_ours_writes_markup() -> None:
    for path in (EXPLORER / "web" / "src").rglob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(", path.read_text("utf-8")
        ), path


@pytest.mark.parametrize("version", sorted(p.name for p in (ROOT / "outputs" / "releases").glob("[0-9]*")))
def test_any_release_can_be_explored_and_none_is_written_to(version: str, tmp_path: Path) -> None:
    folder = ROOT / "outputs" / "releases" / version
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}

    result = CliRunner().invoke(cli, ["--project", str(ROOT), "explore", version, "--out", str(tmp_path / "p.html")])

    assert result.exit_code == 0 and "p.html" in result.output
    assert block((tmp_path / "p.html").read_text("utf-8"), "about")["version"] == version
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


def test_who_asks_for_the_impossible_is_told_what_and_how_to_mend_it(tmp_path: Path) -> None:
    project = Project(ROOT)
    inside = ROOT / "outputs" / "latest" / "page.html"

    with pytest.raises(PipelineError, match=r"no release 9\.9\.9; there are"):
        make_page(project, "9.9.9")
    with pytest.raises(PipelineError, match="own files belong; name a place elsewhere"):
        make_page(project, None, inside)
    with pytest.raises(PipelineError, match="is no folder; make it"):
        make_page(project, None, tmp_path / "none" / "p.html")
    assert not inside.exists()
