"""Every function that the SQL of the steps is made of gives the same on both engines, over the nastiest cells there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.claimed import CITATIONS, CLAIM_ID, LIVE, note_of, row_key
from pipeline.engine import connect, literal, quoted
from pipeline.engines import DuckDB, Engine, SqlError
from pipeline.expand import earliest, expressions, items, latest
from pipeline.spark.engine import open_spark
from schemas.fields import PATTERNS, Cell
from schemas.registry import Field, tables
from tests.spark.running import needs_spark

pytestmark = needs_spark

NASTY = (
    "plain", "", "a; b", "; ", "a;b; ", "x; y; x", "100%", "a_b", "back\\slash", "\\", "\\n", "it's", '"quoted"', "`tick`",
    "$", "a$\n", "two\nlines", "é", "e\u0301", "Ђ", "😀", "ß", "ẞ", "İ", "\u00a0", "a|b", "|", "=", "..", "1..2", "NULL",
    "null", "true", "${x}", "$1", "(", "[a]", ".*", "\\Q; \\E", "n. 19", "p. 4, n. 7", "a, n. 12", "x" * 300, "0", "-0",
)  # fmt: skip
EDTF = ("2023", "2023-02", "2024-02", "1900-02", "2000-02-29", "201X", "19XX~", "2023?", "2023-09-24%", "2017/2027",
        "2009/..", "../2011-05", "201X/202X", "1000", "2999-12-31", "1582-10-10", "../1999~")  # fmt: skip
QUANTITIES = ("0", "60", "~60", ">100", ">=100", "<10", "<=10", "60..80", "999999999999999", "0.5", "~2.25", "1.5..2.5",
              "<=0.000001", "123456.789012")  # fmt: skip


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Engine, Engine]]:
    """DuckDB and Spark, without tables."""
    with connect() as con, open_spark() as spark:
        yield DuckDB(con), spark


def asked(engines: Sequence[Engine], columns: dict[str, list[Any]], query: str) -> list[list[tuple[Any, ...]]]:
    """What each engine answers about a table `cells` of texts, in one order."""
    import pyarrow as pa

    rows = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    for engine in engines:
        engine.register("cells", rows)
    return [sorted(map(tuple, engine.execute(query).fetchall()), key=repr) for engine in engines]


def agree(engines: Sequence[Engine], columns: dict[str, list[Any]], query: str) -> list[tuple[Any, ...]]:
    """The answer that both give."""
    ours, theirs = asked(engines, columns, query)
    assert ours == theirs
    assert ours
    return ours


def published(kind: Any, whole: bool = True) -> str:
    """The SELECT items of a field of a kind, and the cell itself."""
    return ", ".join(["x", *expressions(Field("f", "", Cell(kind, whole=whole)), "x")])


def matching(kind: str) -> st.SearchStrategy[list[str]]:
    """Cells of a kind as its pattern has them."""
    pattern = PATTERNS[kind].removeprefix("^").removesuffix("$")
    return st.lists(st.from_regex(pattern, fullmatch=True), min_size=1, max_size=40)


SOME = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(
    ("kind", "whole", "cells"),
    [
        ("edtf", True, EDTF),
        ("quantity", False, QUANTITIES),
        ("quantity", True, [q for q in QUANTITIES if "." not in q.replace("..", "")]),
        ("list", True, NASTY),
        ("text", True, NASTY),
        ("integer", True, ("0", "7", "999999999999999999")),
        ("number", True, ("0.1", "1e300", "123456.789", "5")),
        ("boolean", True, ("true", "false")),
    ],
)
def test_cells_are_expanded_the_same(both: Sequence[Engine], kind: str, whole: bool, cells: Sequence[str]) -> None:
    agree(both, {"x": [*cells, None]}, f"SELECT {published(kind, whole)} FROM cells")


@SOME
@given(cells=matching("edtf"))
def test_any_date_means_the_same_days(both: Sequence[Engine], cells: list[str]) -> None:
    agree(both, {"x": cells}, f"SELECT x, {earliest('x')}, {latest('x')}, {earliest('x')} > {latest('x')} FROM cells")


@SOME
@given(
    cells=st.lists(
        st.from_regex(PATTERNS["quantity"][1:-1].replace("$|^", "|"), fullmatch=True), min_size=1, max_size=40
    )
)
def test_any_quantity_means_the_same_figures(both: Sequence[Engine], cells: list[str]) -> None:
    agree(both, {"x": cells}, f"SELECT {published('quantity', whole=False)} FROM cells")


@SOME
@given(
    cells=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12), min_size=1, max_size=40)
)
def test_any_text_is_split_keyed_and_hashed_the_same(both: Sequence[Engine], cells: list[str]) -> None:
    agree(
        both,
        {"x": cells},
        f"SELECT x, {items('x')}, list_sort({items('x')}), array_length(list_distinct({items('x')})), sha256(x), "
        f"length(x), substr(x, 3), concat_ws('|', x, NULL, x), {note_of('x')}, strpos('ABCDEF', nullif(x, '')), "
        "starts_with(x, 'a'), x LIKE '%..%', replace(x, 'a', 'b'), array_to_string(string_split(x, '; '), ' + '), "
        "x < 'm', coalesce(x, '') || '$' FROM cells",
    )


def test_nasty_texts_are_split_matched_and_ordered_the_same(both: Sequence[Engine]) -> None:
    agree(
        both,
        {"x": [*NASTY, None]},
        f"SELECT x, {items('x')}, split_part(x, '..', 1), {note_of('x')}, regexp_matches(x, '^[a-z$]+$'), "
        "regexp_extract(x, '([0-9X-]+)[?~%]?$', 1), x LIKE '%\\_%' ESCAPE '\\', ltrim(x, '~<>='), "
        "row_number() OVER (ORDER BY x), row_number() OVER (ORDER BY x DESC), list_sort([x, 'a', 'B', 'é']) FROM cells",
    )


def test_keys_citations_and_ids_of_claims_are_the_same(both: Sequence[Engine]) -> None:
    table = next(t for t in tables().values() if len(t.key) == 2)
    one, other = table.key
    columns: dict[str, list[Any]] = {
        one: [*NASTY, None],
        other: [None, *NASTY],
        "cite": [f"doc{n}, {t}; other" for n, t in enumerate(("p. 1", *NASTY))],
    }
    cited = CITATIONS.format(columns=f"{row_key(table)} AS row_key, {quoted(one)} AS value", rows="cells")

    agree(
        both,
        columns,
        f"SELECT *, {CLAIM_ID} FROM (SELECT 't' AS table_name, row_key, CAST(NULL AS VARCHAR) AS column_name, value, "
        f"cited_id AS document_id, locator, citation FROM ({cited}))",
    )


def test_what_is_deprecated_is_so_to_both(both: Sequence[Engine]) -> None:
    found = agree(both, {"rank": [None, "normal", "preferred", "deprecated"]}, f"SELECT rank, {LIVE} FROM cells")

    assert dict(found) == {None: True, "normal": True, "preferred": True, "deprecated": False}


def test_lists_unnested_side_by_side_keep_step(both: Sequence[Engine]) -> None:
    agree(
        both, {"x": [*NASTY, None]}, "SELECT x, unnest(['a', 'b', NULL]) AS n, unnest([x, 'y', NULL]) AS v FROM cells"
    )


def test_rows_are_ranked_with_nulls_last_either_way(both: Sequence[Engine]) -> None:
    agree(
        both,
        {"x": ["b", None, "a", "B"]},
        "SELECT x, row_number() OVER (ORDER BY x), row_number() OVER (ORDER BY x DESC), "
        "row_number() OVER (ORDER BY x DESC NULLS LAST) FROM cells",
    )


def test_shares_are_rounded_the_same(both: Sequence[Engine]) -> None:
    pairs = [
        (part, total)
        for total in (3, 7, 80, 160, 1600, 2000, 20000)
        for part in range(1, total + 1, max(1, total // 80))
    ]
    columns = {"a": [str(a) for a, _ in pairs], "b": [str(b) for _, b in pairs]}

    agree(both, columns, "SELECT a, b, round(CAST(a AS BIGINT) / CAST(b AS BIGINT) * 10000) / 10000 FROM cells")


def test_wrong_sql_and_wrong_cells_are_told_in_a_line(both: Sequence[Engine]) -> None:
    _, spark = both
    asked([spark], {"x": ["abc"]}, "SELECT x FROM cells")

    for query in (
        "SELECT nothing FROM cells",
        f"SELECT CAST(x AS BIGINT) AS {quoted('n')} FROM cells WHERE x = {literal('abc')}",
    ):
        with pytest.raises(SqlError, match=r"^Spark: .+") as caught:
            spark.execute(query).fetchall()
        assert "\n" not in str(caught.value)
