"""Asking a release: every form of an answer, what is said of a query that has none, and the prompt."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from pipeline.answer import STYLES
from pipeline.cite.pandoc import WRITERS
from pipeline.cli import cli
from pipeline.cli_readers import READERS
from pipeline.whole import keep_if_possible, write_whole
from tests.conftest import ROOT

ROWS = "SELECT mission_id, hosts, hosts = ['XKX'] AS only, \"end\" FROM mission WHERE mission_id = 'kfor'"


def wb6(*arguments: str, said: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=said)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("csv", "mission_id,hosts,only,end\nkfor,XKX,true,\n"),
        ("markdown", "| mission_id | hosts | only | end |\n| --- | --- | --- | --- |\n| kfor | XKX | true |  |\n"),
        (
            "json",
            '[\n  {\n    "mission_id": "kfor",\n    "hosts": [\n      "XKX"\n    ],\n    "only": true,\n    "end": null\n  }\n]\n',
        ),
    ],
)
def test_an_answer_has_the_form_that_is_asked_for(style: str, expected: str) -> None:
    assert wb6("query", "--format", style, ROWS).output == expected


def test_a_pivot_is_answered_as_it_is_said_to_be_written() -> None:
    sql = "FROM (PIVOT (SELECT iso3 FROM country) ON iso3 IN ('ALB', 'XKX') USING count(*))"

    assert wb6("query", "--format", "csv", sql).output == "ALB,XKX\n1,1\n"


def test_json_has_numbers_as_numbers_and_nothing_that_json_lacks() -> None:
    sql = (
        "SELECT 1.5 * 4 AS whole, 0.25 AS part, 'NaN'::DOUBLE AS nan, ['inf'::DOUBLE, 1] AS listed, DATE '2023-10-01' AS day, "
        "{'a': 2.5, 'b': '-inf'::FLOAT, 'c': true} AS parts, MAP {1: 7.5} AS map, NULL AS lacking"
    )

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    [row] = json.loads(wb6("query", "--format", "json", sql).output, parse_constant=refuse)

    assert row == {
        "whole": 6, "part": 0.25, "nan": None, "listed": [None, 1.0], "day": "2023-10-01",
        "parts": {"a": 2.5, "b": None, "c": True}, "map": {"1": 7.5}, "lacking": None,
    }  # fmt: skip


ODD = (
    "SELECT 'infinity'::DATE AS d, '-infinity'::TIMESTAMP AS t, '\\xAA\\x00<'::BLOB AS b, ['\\xFF'::BLOB] AS l, INTERVAL 1 DAY AS i, "
    "{'a': DATE 'infinity'} AS s, MAP {DATE '2020-01-01': 1} AS m, array_value(1, 2) AS v, '0044-03-15 (BC)'::DATE AS e, "
    "DATE '9999-12-31' AS n, union_value(u := 1) AS u, TIMESTAMPTZ 'infinity' AS z"
)


def test_infinite_days_and_bytes_are_written_as_duckdb_writes_them() -> None:
    assert wb6("query", "--format", "csv", ODD).output.splitlines()[1] == (
        'infinity,-infinity,\\xAA\\x00<,\\xFF,1 day,"{""a"": ""infinity""}","{""2020-01-01"": 1}",1; 2,0044-03-15 (BC),'
        "9999-12-31,1,infinity"
    )
    [row] = json.loads(wb6("query", "--format", "json", ODD).output)
    assert row == {
        "d": "infinity", "t": "-infinity", "b": "\\xAA\\x00<", "l": ["\\xFF"], "i": "1 day", "s": {"a": "infinity"},
        "m": {"2020-01-01": 1}, "v": [1, 2], "e": "0044-03-15 (BC)", "n": "9999-12-31", "u": "1", "z": "infinity",
    }  # fmt: skip
    twice = "SELECT DATE 'infinity' AS x, 1 AS x, DATE 'infinity' AS \"a\"\"b\""
    assert wb6("query", "--format", "csv", twice).output == 'x,x,"a""b"\ninfinity,1,infinity\n'
    assert wb6("query", "--format", "csv", "SELECT row(DATE '2020-01-01', 'x') AS x").exit_code == 0


def test_a_query_may_end_in_any_number_of_semicolons() -> None:
    for end in (";", ";;;", " ; -- no more ;\n;", "; /* ; */"):
        assert wb6("query", "--format", "csv", f"SELECT ';' AS x{end}").output == "x\n;\n"
    assert "there is no statement to answer" in wb6("query", ";;;").output
    assert "2 statements were given" in wb6("query", "SELECT 1;; SELECT 2").output
    assert wb6("sql", "--format", "csv", said="SELECT 1 AS x;;;\nSELECT 2 AS x;;\n").output == "x\n1\nx\n2\n"


@pytest.mark.parametrize(
    ("style", "line"), [("csv", '; true; x,"{""a"": null}"'), ("markdown", '| ; true; x | {"a": null} |')]
)
def test_a_list_is_written_as_its_items_are(style: str, line: str) -> None:
    sql = "SELECT [NULL, 'true', 'x'] AS listed, {'a': NULL} AS parts UNION ALL SELECT NULL, NULL ORDER BY 1 NULLS LAST"

    assert wb6("query", "--format", style, sql).output.splitlines()[-2] == line
    assert wb6("query", "--format", "csv", "SELECT [true, NULL] AS x").output == "x\ntrue; \n"


def test_a_query_keeps_to_the_limits_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WB6_THREADS", "3")
    monkeypatch.setenv("WB6_MEMORY", "100MB")
    sql = "SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory"

    assert wb6("query", "--format", "csv", sql).output == "threads,memory\n3,95.3 MiB\n"


def test_limits_that_make_no_sense_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WB6_THREADS", "many")
    done = wb6("query", "SELECT 1")

    assert (done.exit_code, done.output) == (1, "WB6_THREADS is many, which is no number of threads; write 1 or more\n")


def test_markdown_keeps_bars_and_lines_within_a_cell() -> None:
    shown = wb6("query", "--format", "markdown", "SELECT 'a|b' || chr(10) || 'c\\d' AS \"x|y\"").output

    assert shown == "| x\\|y |\n| --- |\n| a\\|b c\\\\d |\n"


@pytest.mark.parametrize(
    ("name", "what"), [("kfor.xlsx", ".xlsx is no form that an answer has"), ("kfor", "says no form")]
)
def test_a_file_whose_end_says_no_form_is_refused_unless_one_is_named(tmp_path: Path, name: str, what: str) -> None:
    done = wb6("query", "--out", str(tmp_path / name), ROWS)

    assert done.exit_code == 1
    assert f"{name}: " in done.output
    assert f"{what}; end it in .csv, .json, .md, .parquet or .txt, or name a form with --format" in done.output
    assert not [*tmp_path.iterdir()]
    assert wb6("query", "--out", str(tmp_path / name), "--format", "csv", ROWS).exit_code == 0
    assert (tmp_path / name).read_text("utf-8") == wb6("query", "--format", "csv", ROWS).output


@pytest.mark.parametrize("name", ["kfor.parquet", "kfor.csv", "kfor.json", "kfor.md"])
def test_the_end_of_a_files_name_says_its_form(tmp_path: Path, name: str) -> None:
    done = wb6("query", "--out", str(tmp_path / name), ROWS)

    assert (done.exit_code, done.output) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == [name]
    if name == "kfor.parquet":
        rows = duckdb.execute(f"FROM read_parquet('{tmp_path / name}')").fetchall()
        assert rows == [("kfor", ["XKX"], True, None)]
    else:
        style = {"md": "markdown"}.get(name[5:], name[5:])
        assert (tmp_path / name).read_text("utf-8") == wb6("query", "--format", style, ROWS).output


def test_parquet_goes_through_a_pipe() -> None:
    done = CliRunner().invoke(cli, ["query", "--format", "parquet", ROWS])

    assert pd.read_parquet(io.BytesIO(done.stdout_bytes))["mission_id"].tolist() == ["kfor"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("outputs/releases/0.2.0/kfor.csv", "lies in outputs, where only the pipeline's own files belong"),
        ("outputs/kfor.csv", "lies in outputs, where only the pipeline's own files belong"),
        ("docs/../sources/kfor.csv", "lies in sources, where only the pipeline's own files belong"),
        ("nowhere/kfor.csv", "nowhere is no folder; make it, or name another file"),
    ],
)
def test_an_answer_is_not_written_where_it_may_not_be(monkeypatch: pytest.MonkeyPatch, name: str, what: str) -> None:
    monkeypatch.chdir(ROOT)
    done = wb6("query", "--out", name, ROWS)

    assert done.exit_code == 1
    assert what in done.output
    assert not (ROOT / name).exists()


def at_link(path: Path) -> None:
    path.with_name("mine").write_text("mine\n", "utf-8")
    path.symlink_to("mine")


@pytest.mark.parametrize(
    ("prepare", "what"),
    [
        (os.mkfifo, "is no ordinary file"),
        (at_link, "is a link"),
        (lambda path: path.symlink_to(path.name), "is a link"),
        (lambda path: path.symlink_to("/dev/null"), "is a link"),
    ],
)
@pytest.mark.parametrize("command", [("query", "--format", "csv", ROWS), ("explore",)])
def test_what_is_no_ordinary_file_is_never_replaced(
    tmp_path: Path, command: tuple[str, ...], prepare: Callable[[Path], None], what: str
) -> None:
    out = tmp_path / "out.csv"
    prepare(out)
    before = {p.name: p.lstat().st_ino for p in tmp_path.iterdir()}

    done = wb6(*command, "--out", str(out))

    assert (done.exit_code, len(done.output.splitlines())) == (1, 1)
    assert what in done.output
    assert {p.name: p.lstat().st_ino for p in tmp_path.iterdir()} == before
    assert [p.read_text("utf-8") for p in tmp_path.glob("mine")] in ([], ["mine\n"])


def test_a_link_laid_where_the_file_might_be_written_aside_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.whole.secrets.token_hex", lambda _: "foreseen")
    mine, out = tmp_path / "mine", tmp_path / "out.csv"
    mine.write_text("mine\n", "utf-8")
    for aside in (".out.csv.partial", ".out.csv.foreseen.partial"):
        (tmp_path / aside).symlink_to("mine")

    done = wb6("query", "--out", str(out), ROWS)

    assert (done.exit_code, "cannot be written: File exists" in done.output) == (1, True)
    assert mine.read_text("utf-8") == "mine\n"
    assert not out.exists()


def test_a_file_has_the_rights_that_any_other_has_and_may_have_a_long_name(tmp_path: Path) -> None:
    out, other = tmp_path / f"{'a' * 251}.csv", tmp_path / "other"
    other.touch()

    assert wb6("query", "--out", str(out), ROWS).exit_code == 0
    assert out.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("write", [write_whole, keep_if_possible])
def test_a_write_that_is_interrupted_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "file", b"new")

    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_what_a_writer_that_was_killed_has_left_is_swept_by_the_next(tmp_path: Path) -> None:
    now = time.time()
    for name, age in {".file.1.partial": 7200, ".file.2.partial": 10, ".other.3.partial": 7200}.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (now - age, now - age))

    write_whole(tmp_path / "file", b"new")

    assert {p.name for p in tmp_path.iterdir()} == {"file", ".file.2.partial", ".other.3.partial"}


@pytest.mark.parametrize("name", ["/dev/null", "/dev/stdout"])
def test_a_device_is_never_replaced(name: str) -> None:
    before = Path(name).lstat()

    done = wb6("query", "--format", "csv", "--out", name, ROWS)

    assert done.exit_code == 1
    assert Path(name).lstat().st_ino == before.st_ino


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    done = wb6("query", "--out", str(tmp_path / f"{'a' * 300}.csv"), ROWS)

    assert (done.exit_code, "cannot be written: File name too long" in done.output) == (1, True)


def test_every_command_that_writes_to_a_place_refuses_what_is_none() -> None:
    """Who adds a command with --out adds it to the test above."""
    assert {c.name for c in cli.commands.values() for p in c.params if "--out" in p.opts} == {"query", "explore"}


def test_where_the_disk_takes_no_file_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.whole.sync", full)

    done = wb6("query", "--out", str(tmp_path / "kfor.csv"), ROWS)

    assert done.exit_code == 1
    assert "kfor.csv cannot be written: No space left on device; name another place with --out" in done.output
    assert [*tmp_path.iterdir()] == []


def test_the_forms_that_can_be_asked_for_are_those_there_are() -> None:
    params = [p.to_info_dict()["type"] for command in READERS for p in command.params]
    choices = [{*kind["choices"]} for kind in params if "choices" in kind]

    assert {*STYLES} in choices
    assert {*WRITERS, "bibtex", "biblatex", "csl-json"} in choices


def test_a_query_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "kfor.csv").write_text("mine\n", "utf-8")

    assert wb6("query", "--out", str(tmp_path / "kfor.csv"), "SELECT nothing FROM mission").exit_code == 1
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("kfor.csv", "mine\n")]


WRONG = (
    (
        "SELECT * FROM mision",
        "there is no table mision; did you mean mission, ",
        "1:15: SELECT * FROM mision",
        "mision",
    ),
    ("SELECT nam FROM mission", "there is no column nam; did you mean name?", "1:8: SELECT nam FROM mission", "nam"),
    ("SELECT m.nme FROM mission m", "there is no column nme; did you mean name?", "1:10: SELECT m.nme", "nme"),
    (
        "SELECT 1\nFROM membership WHERE stats = 1",
        "there is no column stats; did you mean status",
        "2:23: FROM membership WHERE",
        "stats",
    ),
    ("FROM mission JOIN membership USING (iso)", "there is no column iso; did you mean iso3?", "1:37: FROM", "iso"),
    ("FROM mission_asof('2020')", "did you mean mission_as_of", "1:6: FROM mission_asof('2020')", "mission_asof"),
    ("SELECT flor(1.5)", "there is no function or macro flor; did you mean floor", "1:8: SELECT flor(1.5)", "flor"),
    ("FROM cut_off()", "cut_off gives a value: SELECT it", "", ""),
    ("SELEKT 1", 'syntax error at or near "SELEKT"', "1:1: SELEKT 1", "SELEKT"),
    ("SELECT end FROM mission", 'the column is written "end"', "1:8: SELECT end FROM mission", "end FROM"),
    ("SELECT 'abc", "unterminated string literal", "1:8: SELECT 'abc", "'abc"),
    ("FROM '/etc/passwd'", "a query sees the tables of the release, and no other file or address", "", ""),
    ("FROM read_csv('/etc/passwd')", "a query sees the tables of the release, and no other file or address", "", ""),
    ("FROM read_parquet('https://example.org/x')", "and no other file or address", "", ""),
    ("WITH a AS (INSERT INTO claim FROM claim) SELECT 1", "a release is never written", "", ""),
    ("COPY claim TO 'x.csv'", "COPY is refused", "", ""),
    ("ATTACH 'x.db'", "ATTACH is refused", "", ""),
    ("INSTALL httpfs", "INSTALL is refused", "", ""),
    ("LOAD httpfs", "LOAD is refused", "", ""),
    ("/* more */ use memory", "USE is refused", "", ""),
    ("UPDATE EXTENSIONS", "UPDATE is refused", "", ""),
    ("PIVOT mission ON status USING count(*)", "write FROM (PIVOT ... ON column IN (values) USING ...)", "", ""),
    ("SET threads = 1", "SET is refused", "", ""),
    ("UPDATE mission SET name = ''", "UPDATE is refused", "", ""),
    ("SELECT 1; SELECT 2", "2 statements were given", "", ""),
    ("/* nothing */", "there is no statement to answer; write a SELECT", "", ""),
)
"""A query, what is said of it, the line that is shown of it, and what the caret below that points at."""


@pytest.mark.parametrize(("sql", "what", "line", "at"), WRONG)
@pytest.mark.parametrize("command", ["query", "sql"])
def test_a_query_without_an_answer_is_told_what_is_wrong_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, sql: str, what: str, line: str, at: str
) -> None:
    if command == "sql" and sql in ("SELECT 1; SELECT 2", "/* nothing */"):
        pytest.skip("the prompt answers any number of statements, none included")
    monkeypatch.chdir(tmp_path)

    done = wb6(command, sql) if command == "query" else wb6("sql", said=sql)

    assert done.exit_code == 1
    assert what in done.output
    assert "Traceback" not in done.output
    if line:
        shown, caret = done.output.splitlines()[1:3]
        assert shown.startswith(line)
        assert shown[caret.index("^") :].startswith(at)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".tmp", "tmp", "."])
def test_a_query_reads_no_file_of_the_folder_it_is_asked_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / name / "x.txt").write_text("secret", "utf-8")

    done = wb6("query", f"SELECT content FROM read_text('{name}/x.txt')")

    assert done.exit_code == 1
    assert "and no other file or address" in done.output


def test_a_long_line_keeps_the_place_that_is_shown_of_it() -> None:
    done = wb6("query", f"SELECT {', '.join(['mission_id'] * 30)}, end, {', '.join(['name'] * 30)} FROM mission")

    shown, caret = done.output.splitlines()[1:3]
    assert shown[caret.index("^") :].startswith("end")


def test_the_prompt_answers_statements_of_any_shape_from_a_pipe() -> None:
    said = "SELECT 'a;\nb' AS x -- not here;\n;\nSELECT 1 AS one; SELECT 2 AS two;\n\n.format json\nSELECT 3 AS three"

    done = wb6("sql", "--format", "csv", said=said)

    assert done.output == 'x\n"a;\nb"\none\n1\ntwo\n2\n[\n  {\n    "three": 3\n  }\n]\n'
    assert done.exit_code == 0


def test_from_a_pipe_the_first_failure_ends_it() -> None:
    done = wb6("sql", "--format", "csv", said="SELECT 1 AS one;\nSELECT nix FROM mission;\nSELECT 2 AS two;\n")

    assert done.exit_code == 1
    assert done.output.startswith("one\n1\nthere is no column nix")
    assert "two" not in done.output


def test_the_prompt_tells_of_tables_columns_and_macros() -> None:
    done = wb6("sql", said=".help\n.tables\n.schema facility\n.macros\n.quit\nSELECT 1;")

    assert "facility                One row per facility." in done.output
    assert "  funders                     VARCHAR[]  Who pays for it" in done.output
    assert "mission_as_of(day)" in done.output
    assert "the macros, with what they answer" in done.output
    assert "int32" not in done.output


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (".schema facilty", "there is no table facilty; did you mean facility"),
        (".tabels", "there is no command .tabels; there are .help, .tables,"),
        (".format parquet", "there is no format 'parquet'; there are table, csv, json, markdown"),
    ],
)
def test_a_wrong_command_of_the_prompt_is_explained(said: str, what: str) -> None:
    done = wb6("sql", said=said)

    assert done.exit_code == 1
    assert what in done.output


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal, which Windows lacks")
def test_at_a_terminal_failures_are_told_lines_are_completed_and_the_history_is_kept(tmp_path: Path) -> None:
    import pty

    keys = ["FROM facil\t;\n", "SELEC 1;\n", "SELECT 'x\n", "\x03", "SELECT 6 * 7 AS answer;\n", ".quit\n"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "COLUMNS": "200"}
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "pipeline.cli", "sql"])  # noqa: S606
    shown = b""
    for key in keys:
        shown += _until(terminal, (b"wb6> ", b"...> "))
        os.write(terminal, key.encode())
        time.sleep(0.2)
    shown += _until(terminal, (b"never",))
    _, status = os.waitpid(pid, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert b"smederevo-steelworks" in shown
    assert b'syntax error at or near "SELEC"' in shown
    assert b"42" in shown
    assert "SELECT 6 * 7 AS answer;" in (tmp_path / "wb6" / "sql_history").read_text("utf-8")


def _until(terminal: int, signs: tuple[bytes, ...]) -> bytes:
    """What a terminal shows until one of the signs, or to its end."""
    shown = b""
    while not any(shown.endswith(sign) for sign in signs):
        try:
            more = os.read(terminal, 4096)
        except OSError:  # the other side is gone
            break
        if not more:
            break
        shown += more
    return shown


def test_neither_query_nor_prompt_waits_for_pandera_or_dagster() -> None:
    script = (
        "import sys, os, io, pipeline.cli as c; os._exit = lambda code: None\n"
        "sys.argv = ['wb6', 'query', 'SELECT 1']; c.main()\n"
        "sys.stdin = io.StringIO('SELECT 1;'); sys.argv = ['wb6', 'sql']; c.main()\n"
        "print([m for m in ('pandera', 'pandas', 'dagster') if sys.modules.get(m)])"
    )

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.endswith("[]\n"), done.stderr
