"""What a query may not do: read other files, reach a network, write, change settings, take all memory, or never end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipeline.called import REFUSED as REFUSED_CALLS
from pipeline.cli import cli
from pipeline.query import opened
from tests.conftest import ROOT, with_release
from tests.tricks import ASKING, CALLS, OUTSIDE, READS, REFUSED, TELLING, WITHIN

RELEASE = "0.4.0"
HIDDEN = "what nobody may read"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one release, and beside it files that a query has no business with."""
    home = tmp_path_factory.mktemp("home")
    release = with_release(home, RELEASE)
    for name in ("secret.txt", "secret.csv", "secret.json"):
        (home / name).write_text(f'"{HIDDEN}"\n', "utf-8")
    shutil.copyfile(release / "parquet" / "mission.parquet", home / "secret.parquet")
    with duckdb.connect(str(home / "secret.db")) as con:
        con.execute(f"CREATE TABLE secret AS SELECT '{HIDDEN}' AS said").fetchall()
    return home


def held(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its bytes, and every link with where it leads."""
    found = sorted(p for p in folder.rglob("*") if p.is_symlink() or p.is_file())
    return {str(p): os.fsencode(p.readlink()) if p.is_symlink() else p.read_bytes() for p in found}


def asked(home: Path, sql: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(home), "query", "--format", "csv", *arguments, "--", sql])


def name_of(sql: str) -> str:
    """How a statement is called that is refused."""
    return next(word for word in sql.split("*/ ")[-1].split("\n")[-1].split("; ")[-1].split())


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        *((sql, OUTSIDE) for sql in READS),
        *((sql, f"{name_of(sql)} is refused") for sql in REFUSED),
        *((sql, "() is refused: one statement") for sql in CALLS),
        *WITHIN,
    ],
)
def test_a_query_reads_nothing_else_and_changes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, sql: str, said: str
) -> None:
    monkeypatch.chdir(home)
    before = held(home)

    done = asked(home, sql.format(home=home, release=home / "outputs" / "releases" / RELEASE / "parquet"))

    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), done.output
    assert said in done.output
    assert HIDDEN not in done.output
    assert held(home) == before


def test_every_table_function_of_duckdb_is_known_to_ask_or_refused() -> None:
    sql = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro') AND internal"
    with duckdb.connect() as con:
        names = {row[0] for row in con.execute(sql).fetchall()}

    assert {name for name in names if name not in ASKING and not name.startswith(TELLING)} <= REFUSED_CALLS


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        (
            "CREATE VIEW trap AS FROM json_execute_serialized_sql('{}')",
            "calls json_execute_serialized_sql, which does more",
        ),
        ("CREATE MACRO trap(x) AS TABLE FROM query(x)", "calls query, which does more"),
        (None, "defines nothing"),
    ],
)
def test_what_a_release_defines_only_asks(tmp_path: Path, definition: str | None, said: str) -> None:
    release = with_release(tmp_path, RELEASE)
    own = (release / "wb6.sql").read_text("utf-8")
    (release / "wb6.sql").write_text(f"{own}\n{definition};\n" if definition else "-- nothing\n", "utf-8")

    done = asked(tmp_path, "SELECT 1", "--release", RELEASE)

    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True), done.output
    assert said in done.output


@pytest.mark.parametrize("arguments", [("--release", ""), ("--release", "9.9.9")])
def test_a_release_that_is_not_there_is_no_other(home: Path, arguments: tuple[str, ...]) -> None:
    done = asked(home, "SELECT 1", *arguments)

    assert done.exit_code == 1
    assert "there is no release" in done.output


def test_bytes_that_are_no_text_are_told(home: Path) -> None:
    done = asked(home, "SELECT '\udced'")

    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert "bytes that are no UTF-8" in done.output


def test_the_prompt_is_bound_as_a_query_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    before = held(home)
    inside = f"WITH x AS (COPY (SELECT 1) TO '{home}/outputs/releases/{RELEASE}/parquet/x.csv') SELECT 1"

    for sql in (f"FROM read_text('{home}/secret.txt')", "PRAGMA threads = 64", "SET threads = 64", inside):
        done = CliRunner().invoke(cli, ["--project", str(home), "sql"], input=f"{sql};\nSELECT 'went on';\n")
        assert (done.exit_code, "went on" in done.output, HIDDEN in done.output) == (1, False, False), done.output

    assert held(home) == before


def test_what_a_query_can_see_of_the_settings_is_closed_for_good(home: Path) -> None:
    names = ("enable_external_access", "lock_configuration", "temp_directory")
    asking = ", ".join(f"current_setting('{name}')::VARCHAR AS {name}" for name in names)

    assert asked(home, f"SELECT {asking}").output.splitlines()[1] == "false,true,"


def test_a_word_for_writing_may_still_name_a_column(home: Path) -> None:
    done = asked(home, "SELECT 1 AS copy, 'COPY x TO y;' AS said; -- COPY;")

    assert done.output == "copy,said\n1,COPY x TO y;\n"


GREEDY = (
    ("csv", "FROM range(1000000000000000000)"),
    ("json", "FROM range(1000000000000000000)"),
    ("parquet", "FROM range(1000000000000000000)"),
    ("csv", "FROM range(40000000)"),
    ("csv", "SELECT repeat('x', 2000000000) FROM range(100)"),
    ("csv", "SELECT list(range) FROM range(1000000000000)"),
    ("csv", "FROM range(1000000000000000000) ORDER BY hash(range)"),
    (
        "csv",
        "WITH RECURSIVE r AS (SELECT repeat('x', 1000000) AS a UNION ALL SELECT a || 'y' FROM r) FROM r ORDER BY 1",
    ),
)
"""Answers larger than any memory, or than what a query may take of it, and the form that they are wanted in."""


@pytest.mark.parametrize(("style", "sql"), GREEDY)
def test_a_query_that_wants_all_memory_is_told_so_and_ends(home: Path, style: str, sql: str) -> None:
    script = (
        "import resource, sys; from pipeline.cli import cli\n"
        "try: cli(sys.argv[1:])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10, file=sys.stderr)"
    )
    arguments = ["--project", str(home), "query", "--format", style, sql]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WB6_MEMORY": "100MB", "WB6_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )

    *said, megabytes = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert said == [
        "the answer needs more memory than a query may take; ask for fewer rows or columns, or set WB6_MEMORY to more, such as 4GB"
    ]
    assert int(megabytes) < 1800


def test_a_table_to_look_at_is_cut_however_long_the_answer_is(home: Path) -> None:
    done = CliRunner().invoke(cli, ["--project", str(home), "query", "FROM range(1000000000000)"])

    assert done.exit_code == 0
    assert len(done.output) < 100_000


@pytest.mark.parametrize("command", ["query", "sql"])
def test_a_query_without_an_end_is_left_by_ctrl_c(home: Path, command: str) -> None:
    endless = "SELECT count(*) FROM range(1000000000000000) t(i) WHERE sin(i) > 2"
    arguments = ["query", endless] if command == "query" else ["sql"]
    run = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "--project", str(home), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home,
    )
    assert run.stdin
    if command == "sql":
        run.stdin.write(f"{endless};\n".encode())
    run.stdin.close()
    run.stdin = None
    _wait_until_busy(run.pid)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)

    assert run.returncode == 1
    assert said.decode().split() in (["Aborted!"], ["interrupted"])


def _wait_until_busy(pid: int) -> None:
    """Wait until a process has used the processor for longer than it takes to start."""
    ticks, needed = os.sysconf("SC_CLK_TCK"), 4.0
    for _ in range(600):
        spent = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()[11:13]
        if sum(map(int, spent)) / ticks > needed:
            return
        time.sleep(0.1)


def altered(home: Path, tmp_path: Path) -> Path:
    """A copy of the project, to be damaged; and the folder of its release."""
    shutil.copytree(home, tmp_path / "altered", symlinks=True)
    return tmp_path / "altered"


DEFINITIONS = (
    "COPY (SELECT 1) TO '{home}/x.csv';",
    "CREATE TABLE mission_of_ours AS SELECT 1;",
    "CREATE TABLE x AS FROM range(1000000000000000000);",
    "CREATE SECRET x (TYPE s3);",
    "CREATE SEQUENCE x;",
    "/* CREATE VIEW */ CREATE SCHEMA x;",
    "ATTACH '{home}/secret.db' AS x;",
    "SET lock_configuration = false;",
    "PRAGMA threads = 64;",
    "INSTALL httpfs;",
    "SELECT 1;",
    "DROP VIEW claim;",
    "ALTER VIEW claim RENAME TO x;",
    "USE memory;",
    "UPDATE EXTENSIONS;",
    "CREATE VIEW",
)


@pytest.mark.parametrize("statement", DEFINITIONS)
def test_a_release_whose_sql_does_more_than_define_is_not_opened(home: Path, tmp_path: Path, statement: str) -> None:
    copy = altered(home, tmp_path)
    with (copy / "outputs" / "releases" / RELEASE / "wb6.sql").open("a", encoding="utf-8") as stream:
        stream.write(statement.format(home=copy))
    before = held(copy)

    done = asked(copy, "SELECT 1")

    assert done.exit_code == 1
    assert f"wb6.sql of release {RELEASE} does more than define views and macros; restore it" in done.output
    assert held(copy) == before


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE OR REPLACE VIEW mission AS FROM read_text('{home}/secret.txt');", "does not define its views"),
        ("CREATE OR REPLACE VIEW mission AS WITH x AS (COPY (SELECT 1) TO '{home}/x.csv') FROM x;", "does not define"),
    ],
)
def test_a_view_that_would_leave_the_release_is_told(home: Path, tmp_path: Path, statement: str, said: str) -> None:
    copy = altered(home, tmp_path)
    with (copy / "outputs" / "releases" / RELEASE / "wb6.sql").open("a", encoding="utf-8") as stream:
        stream.write(statement.format(home=copy))

    done = asked(copy, "FROM mission")

    assert (done.exit_code, HIDDEN in done.output) == (1, False)
    assert said in done.output
    assert not (copy / "x.csv").exists()


@pytest.mark.parametrize("name", ["parquet/mission.parquet", "parquet", "wb6.sql", "manifest.json"])
def test_a_release_that_holds_links_is_not_opened(home: Path, tmp_path: Path, name: str) -> None:
    copy = altered(home, tmp_path)
    path = copy / "outputs" / "releases" / RELEASE / name
    path.rename(copy / "elsewhere")
    path.symlink_to(copy / "elsewhere")

    done = asked(copy, "SELECT name FROM mission")

    assert done.exit_code == 1
    assert f"release {RELEASE} is not as it was published: {name}: a link" in done.output


def test_a_pipe_in_a_release_holds_nobody_up(home: Path, tmp_path: Path) -> None:
    copy = altered(home, tmp_path)
    path = copy / "outputs" / "releases" / RELEASE / "parquet" / "mission.parquet"
    path.unlink()
    os.mkfifo(path)

    done = asked(copy, "SELECT name FROM mission")

    assert done.exit_code == 1
    assert "parquet/mission.parquet: neither a file nor a folder" in done.output


def test_a_release_itself_is_asked_as_before(home: Path) -> None:
    with opened(home / "outputs" / "releases" / RELEASE) as con:
        assert con.execute("SELECT count(*) > 10 FROM mission").fetchall() == [(True,)]
