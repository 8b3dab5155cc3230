"""Releases that do not let themselves be read: each reader says so in one line, and where to look further."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from pipeline.cli import cli
from pipeline.damaged import told_where_damaged
from pipeline.problems import PipelineError
from pipeline.verify.sums import write_sums
from tests.conftest import with_release

RELEASE = "0.4.1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A project with one release, which may be harmed."""
    with_release(tmp_path, RELEASE)
    return tmp_path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def replace(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


COMMANDS = {
    "a fact": ("cite", "mission", "kfor"),
    "the dataset": ("cite",),
    "the page": ("explore", "--out", "page.html"),
    "a comparison": ("diff", RELEASE, "latest"),
    "an answer": ("query", "FROM mission"),
}


@pytest.mark.parametrize(
    ("name", "harm", "commands"),
    [
        ("manifest.json", replace(b"[]"), ("a fact", "the dataset", "the page")),
        ("manifest.json", replace(b"\xff"), ("a fact", "the dataset", "the page")),
        ("manifest.json", replace(b"[" * 200_000), ("the dataset", "the page")),
        ("parquet/mission.parquet", cut, ("the page", "a comparison", "an answer")),
        ("parquet/claim.parquet", Path.unlink, ("the page", "an answer")),
    ],
    ids=["a list", "no text", "deep", "cut off", "missing"],
)
def test_each_reader_says_that_a_release_is_damaged(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str, harm: Callable[[Path], object], commands: tuple[str, ...]
) -> None:
    monkeypatch.chdir(home)
    harm(home / "outputs" / "releases" / RELEASE / name)

    for command in commands:
        done = CliRunner().invoke(cli, ["--project", str(home), *COMMANDS[command]])

        assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), (command, done.exception)
        assert len(done.output.splitlines()) == 1, done.output
        assert str(home) not in done.output


def test_a_view_that_is_another_is_told_though_every_digest_is_right(home: Path) -> None:
    folder = home / "outputs" / "releases" / RELEASE
    with (folder / "wb6.sql").open("a") as stream:
        stream.write("\nCREATE OR REPLACE VIEW document AS FROM range(10);\n")
    write_sums(folder)

    done = CliRunner().invoke(cli, ["--project", str(home), "cite", "mission", "kfor"])

    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), done.exception
    assert done.output.startswith(f"release {RELEASE} does not let itself be read: Binder Error")


def test_a_failure_of_this_code_is_not_told_as_damage(home: Path) -> None:
    with pytest.raises(ZeroDivisionError), told_where_damaged((home / "outputs" / "latest").resolve()):
        raise ZeroDivisionError
    with pytest.raises(PipelineError, match="as it is"), told_where_damaged(home):
        raise PipelineError("as it is")


def test_a_page_that_would_fill_the_memory_is_not_made(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = home / "outputs" / "releases" / RELEASE
    path = folder / "parquet" / "mission.parquet"
    table = parquet.read_table(path)
    long = pa.array(["x" * 60_000] * 20_000)
    columns = [
        long if name == "name" else pa.array([table[name][0]] * 20_000, table[name].type) for name in table.column_names
    ]
    parquet.write_table(pa.table(columns, schema=table.schema), path)
    write_sums(folder)
    monkeypatch.setattr("pipeline.explorer.make.MOST", 1 << 30)

    done = CliRunner().invoke(cli, ["--project", str(home), "explore", "--out", str(home / "page.html")])

    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), done.exception
    what = "takes more memory than the 1024 MB that a page may; see wb6 verify\n"
    assert done.output == f"the page of release {RELEASE} {what}"
    assert not (home / "page.html").exists()
