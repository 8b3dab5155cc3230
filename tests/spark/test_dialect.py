"""SQL as Spark is given it: what sqlglot leaves is done, and what Spark would answer otherwise is refused."""

from __future__ import annotations

import re

import pytest

from pipeline.engine import connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.spark.dialect import at_the_very_end, translated
from pipeline.sqlfiles import sql_files


def test_a_table_of_a_schema_is_a_view_of_a_longer_name() -> None:
    made = translated('CREATE OR REPLACE TABLE claims."event" AS SELECT e.x FROM source."event" e')

    assert (made.kind, made.view) == ("table", "claims__event")
    assert made.sql == "SELECT e.x FROM `source__event` AS e"


def test_a_table_of_a_schema_keeps_its_own_name_within_the_query() -> None:
    assert translated("SELECT event.x FROM stated.event").sql == "SELECT event.x FROM `stated__event` AS event"


def test_published_tables_and_common_table_expressions_keep_their_names() -> None:
    assert translated("WITH a AS (SELECT 1 AS x) SELECT x FROM a JOIN claim USING (x)").sql == (
        "WITH a AS (SELECT 1 AS x) SELECT x FROM a JOIN claim USING (x)"
    )


def test_what_a_table_is_made_of_is_kept_where_it_is_read_twice() -> None:
    made = translated("CREATE TABLE t AS WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a) SELECT * FROM b, b AS c")

    assert [(part.view, part.sql, part.kept) for part in made.parts] == [
        ("t__a", "SELECT 1 AS x", False),
        ("t__b", "SELECT x FROM `t__a` AS a", True),
    ]
    assert made.sql == "SELECT * FROM `t__b` AS b, `t__b` AS c"


def test_parquet_is_read_from_a_file_of_this_machine_whatever_the_cluster_has_for_a_disk() -> None:
    made = translated("CREATE VIEW x AS SELECT * FROM read_parquet('/build/a b/*.parquet')")

    assert made.sql == "SELECT * FROM parquet.`file:/build/a b/*.parquet`"


def test_lists_unnested_side_by_side_are_one_generator() -> None:
    assert translated("SELECT x, unnest(['a', NULL]) AS name, unnest([b, NULL]) AS value FROM t").sql == (
        "SELECT x, INLINE(ARRAYS_ZIP(ARRAY('a', NULL), ARRAY(b, NULL))) AS (`name`, `value`) FROM t"
    )


def test_what_describes_a_table_is_known_as_such() -> None:
    assert translated('DESCRIBE "claim"').kind == "describe"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("^a$", r"^a\z"),
        (r"a\$b", r"a\$b"),
        ("[$]$", r"[$]\z"),
        ("[^$]+$", r"[^$]+\z"),
        ("[]$]", "[]$]"),
        ("(_|$)", r"(_|\z)"),
        ("a", "a"),
        (r"\\$", r"\\\z"),
    ],
)
def test_the_end_of_a_text_is_not_before_its_last_line_break(written: str, meant: str) -> None:
    assert at_the_very_end(written) == meant


def test_that_end_is_the_same_to_duckdb() -> None:
    with connect() as con:
        asked = "SELECT regexp_matches(?, '^[0-9]+$'), regexp_matches(?, ?)"
        rows = [con.execute(asked, [t, t, at_the_very_end("^[0-9]+$")]).fetchall()[0] for t in ("12", "12\n", "1\n2")]

    assert rows == [(True, True), (False, False), (False, False)]


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("SELECT a LIKE b || '%' FROM t", "starts_with"),
        ("SELECT a LIKE 'x\\y' FROM t", "starts_with"),
        ("SELECT list(a ORDER BY b) FROM t", "list_sort"),
        ("SELECT string_agg(a, ',' ORDER BY b) FROM t", "list_sort"),
        ("SELECT regexp_replace(a, 'x', 'y') FROM t", "$"),
        ("SELECT round(a, 4) FROM t", "round(x * 10000) / 10000"),
        ("SELECT a FROM t QUALIFY row_number() OVER (ORDER BY a) = 1", "CTE"),
        ("SELECT unnest(a), b, unnest(c) FROM t", "beside each other"),
        ("SELECT FROM WHERE", "not SQL"),
    ],
)
def test_sql_that_spark_would_answer_otherwise_is_refused_with_its_remedy(query: str, remedy: str) -> None:
    with pytest.raises(PipelineError, match=re.escape(remedy)):
        translated(query)


def test_no_file_of_sql_is_refused() -> None:
    project = Project.here()

    for folder in (project.joins, project.checks):
        for path in sql_files(folder).values():
            assert translated(path.read_text("utf-8")).kind == "query"
