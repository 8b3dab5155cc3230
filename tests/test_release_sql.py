"""A wb6.sql made to keep DuckDB busy for ever, or to change what functions mean, is told within seconds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from pipeline import defined
from pipeline.cli import cli
from pipeline.query import opened
from tests.conftest import ROOT, with_release

RELEASE = "0.4.1"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one release, whose wb6.sql is to be replaced."""
    home = tmp_path_factory.mktemp("home")
    with_release(home, RELEASE)
    return home


def say(home: Path, *statements: str) -> None:
    """Have the release define its own views and then some."""
    own = (ROOT / "outputs" / "releases" / RELEASE / "wb6.sql").read_text("utf-8")
    (home / "outputs" / "releases" / RELEASE / "wb6.sql").write_text(f"{own}\n{';'.join(statements)};", "utf-8")


def asked(home: Path, sql: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(home), "query", "--format", "csv", sql])


def doubled(how: str, first: str = "mission") -> list[str]:
    """Forty definitions, each of which asks twice of the one before; `how` writes one."""
    return [how.format(name=f"v{n}", of=f"v{n - 1}" if n else first) for n in range(40)]


CHAINS = {
    "views": doubled("CREATE VIEW {name} AS SELECT x.* FROM {of} x CROSS JOIN {of} y"),
    "replaced views": doubled("CREATE OR REPLACE VIEW main.{name} AS FROM {of} UNION ALL FROM {of}"),
    "quoted views": doubled('CREATE VIEW "{name}" AS FROM "{of}" UNION ALL FROM "{of}"'),
    "macros": ["CREATE MACRO v(x) AS x + 1", *doubled("CREATE MACRO {name}(x) AS {of}(x) + {of}(x)", "v")],
    "table macros": doubled("CREATE MACRO {name}() AS TABLE FROM {of}() UNION ALL FROM {of}()", "cut_off"),
    "names in texts": doubled("CREATE VIEW {name} AS FROM query_table('{of}') UNION ALL FROM query_table('{of}')"),
}


@pytest.mark.parametrize("what", CHAINS)
def test_definitions_within_one_another_without_end_are_refused_at_once(home: Path, what: str) -> None:
    say(home, *CHAINS[what])
    began = time.monotonic()

    done = asked(home, "SELECT 1")

    assert done.exit_code == 1
    assert done.output == (
        f"wb6.sql of release {RELEASE} defines views and macros within one another too often; restore it\n"
    )
    assert time.monotonic() - began < 10


def test_the_most_that_may_be_defined_is_opened_within_seconds(home: Path) -> None:
    chain = doubled("CREATE VIEW {name} AS FROM {of} UNION ALL FROM {of}", "country")[:9]
    single = [f"CREATE VIEW w{n} AS SELECT {n} AS x" for n in range(defined.DEEPEST)]  # each comes to one
    say(home, *chain)
    with duckdb.connect() as con:
        text = (home / "outputs" / "releases" / RELEASE / "wb6.sql").read_text("utf-8")
        room = defined.DEEPEST - sum(defined._depths([defined._code(s.query) for s in con.extract_statements(text)]))
    assert 0 < room < defined.DEEPEST / 2
    say(home, *chain, *single[:room])
    began = time.monotonic()

    with opened(home / "outputs" / "releases" / RELEASE) as con:
        assert con.execute("SELECT min(name) = max(name), count(*) FROM v8 WHERE iso3 = 'ALB'").fetchall() == [
            (True, 2**9)
        ]
        assert con.execute(f"FROM w{room - 1}").fetchall() == [(room - 1,)]

    assert time.monotonic() - began < defined.SECONDS
    say(home, *chain, *single[: room + 1])
    assert "within one another too often" in asked(home, "SELECT 1").output


def test_a_file_larger_than_any_is_refused_unread(home: Path) -> None:
    say(home, "-- " + "x" * defined.LARGEST)

    assert f"wb6.sql of release {RELEASE} is larger than 4 MB; restore it" in asked(home, "SELECT 1").output


SHADOWS = (
    ("CREATE MACRO current_setting(x) AS '100GB'", "current_setting"),
    ("CREATE MACRO parse_formatted_bytes(x) AS 1 << 60", "parse_formatted_bytes"),
    ("CREATE MACRO duckdb_functions() AS TABLE SELECT 'x' AS function_name, true AS internal", "duckdb_functions"),
    ("CREATE TEMP MACRO lower(x) AS 'x'", "more than define"),
    ('CREATE MACRO "SUM"(x) AS 7', "sum"),
    ('CREATE MACRO "+"(a, b) AS 7', "+"),
    ("CREATE MACRO count(x) AS 1", "count"),
)


@pytest.mark.parametrize(("statement", "name"), SHADOWS)
def test_a_macro_that_would_stand_in_for_a_function_is_refused(home: Path, statement: str, name: str) -> None:
    say(home, statement)

    done = asked(home, "SELECT 1 + 2 AS x")

    assert (done.exit_code, len(done.output.splitlines())) == (1, 1)
    assert (name if " " in name else f"defines {name}, which is a function of DuckDB; restore it") in done.output


_BACKWARDS = doubled(
    "CREATE VIEW {name} AS FROM query_table(reverse('{of}')) UNION ALL FROM query_table(reverse('{of}'))",
    "noissim",
)
"""Chains whose names are nowhere in the text."""
HIDDEN = [one.replace(f"'v{n - 1}'", f"'{f'v{n - 1}'[::-1]}'") for n, one in enumerate(_BACKWARDS)]


def run(home: Path, script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from pipeline import defined, query\n{script}\nfrom pipeline.cli import main; main()",
            "--project",
            str(home),
            "query",
            *arguments,
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_definitions_that_take_too_long_are_given_up(home: Path) -> None:
    say(home, *HIDDEN)

    done = run(home, "defined.SECONDS = 4", "SELECT 1")
    _, said = done.communicate(timeout=120)

    assert done.returncode == 1
    assert said == f"wb6.sql of release {RELEASE} takes longer than 4 seconds to define its views; restore it\n"


BEGUN = """
from contextlib import contextmanager
defined.SECONDS = 300
within = {module}.interruptible

@contextmanager
def begun(*how):
    with within(*how):
        print("begun", flush=True)
        yield

{module}.interruptible = begun
"""
"""Says when DuckDB is about to be asked."""


@pytest.mark.parametrize(
    ("module", "statements", "sql"),
    [
        ("defined", HIDDEN, "SELECT 1"),
        ("query", HIDDEN[:12], " UNION ALL ".join(["FROM v11"] * 2000)),
    ],
    ids=["defining", "asking"],
)
def test_ctrl_c_ends_what_duckdb_does_not_listen_in(home: Path, module: str, statements: list[str], sql: str) -> None:
    say(home, *statements)

    done = run(home, BEGUN.format(module=module), sql)
    assert done.stdout
    assert done.stdout.readline() == "begun\n"
    time.sleep(2)
    assert done.poll() is None
    done.send_signal(signal.SIGINT)
    _, said = done.communicate(timeout=60)

    assert (done.returncode, said.strip()) == (1, "Aborted!")
