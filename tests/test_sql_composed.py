"""SQL is composed of quoted names, literals and bound values only, throughout the code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engine import literal, quoted
from tests.conftest import ROOT
from tests.sql_text import put_into_sql

OURS: Mapping[tuple[str, str], str] = {
    ("pipeline/charts/chart.py", "column"): "a column that the SQL of a chart names",
    ("pipeline/charts/stated.py", "key"): "SQL of a row's key, made by a chart",
    ("pipeline/charts/write.py", "chart.documents"): "a query that a chart is made with",
    ("pipeline/diff/renames.py", "document"): "SQL, made by the caller from quoted names",
    ("pipeline/diff/side.py", "schema"): "one of our own words: old, other",
    ("pipeline/engine.py", "name"): "a number counted by the process, or what DuckDB calls its own database",
    ("pipeline/engine.py", "schema"): "one of three words in the line above",
    ("pipeline/evidence.py", "name"): "one of two words in the lines above",
    ("pipeline/join.py", "name"): "the name of a SQL file of ours, which is that of a model",
    ("pipeline/join.py", "found[1]"): "a word in a remark of a SQL file of ours",
    ("pipeline/query.py", "name"): "one of two words in the function that gives the limits",
    ("pipeline/rules.py", "n"): "1 or 2",
    ("pipeline/standards/rows.py", "self.source"): "a read of a file whose name is quoted where it is made",
    ("pipeline/standards/sql.py", "title"): "in a remark, without line breaks",
    ("pipeline/standards/sql.py", "staged.version"): "a version, which is computed from numbers",
    ("pipeline/verify/claims.py", "name"): "one of four words in the line above",
    ("pipeline/verify/conflicts.py", "n"): "one of our own words, a key of the mapping above",
    ("pipeline/weigh.py", "of[n]"): "a condition made with a quoted name in the line above",
}
"""What is put into SQL as it is, by file, each with why nobody else can have a say in it."""


def test_nothing_is_quoted_by_hand() -> None:
    assert [(p.file, p.line, p.code) for p in put_into_sql(ROOT / "pipeline") if p.hand_quoted] == []


def test_what_is_put_into_sql_was_quoted_on_the_way() -> None:
    raw = {(p.file, p.code): p.line for p in put_into_sql(ROOT / "pipeline") if p.raw}

    assert {place: line for place, line in raw.items() if place not in OURS} == {}, "wrap it in quoted() or literal()"
    assert OURS.keys() - raw.keys() == set(), "these are there no longer"


@pytest.mark.parametrize(
    ("code", "hand", "raw"),
    [
        ("def f(t): return f'SELECT * FROM {t.name}'", 0, 1),
        ("def f(name): return f'SELECT * FROM {name}'", 0, 1),
        ("def f(x): return f\"SELECT 1 WHERE a = '{x}'\"", 1, 0),
        ("def f(x): return f'SELECT \"{x}\" FROM a'", 1, 0),
        ("def f(t):\n name = quoted(t)\n return f'SELECT * FROM {name}'", 0, 0),
        ("def f(t): return f'SELECT * FROM {quoted(t.name)}'", 0, 0),
        ("def f(t): return f'{t.name} is missing'", 0, 0),
    ],
)
def test_what_is_put_in_raw_is_found(tmp_path: Path, code: str, hand: int, raw: int) -> None:
    (tmp_path / "code.py").write_text(code, "utf-8")
    found = list(put_into_sql(tmp_path))

    assert (sum(p.hand_quoted for p in found), sum(p.raw for p in found)) == (hand, raw)


@settings(deadline=None)  # a database is opened for each
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_quoting_lets_nothing_out(text: str) -> None:
    with duckdb.connect() as con:
        answer = con.execute(f"SELECT {literal(text)} AS {quoted(text)}")

        assert [column[0] for column in answer.description or []] == [text]
        assert answer.fetchall() == [(text,)]
