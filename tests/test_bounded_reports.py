"""Reports stay short and take little memory, however much is wrong."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import check_sources
from pipeline.engine import Connection, connect
from pipeline.problems import ALIKE, MOST, Problem, told_once
from pipeline.project import Project
from pipeline.rules import check_keys
from pipeline.slips import meant, nearest
from pipeline.validate import Origin
from pipeline.verify.fault import contradictions
from schemas.registry import written
from tests.small import row, write_project

MANY = 300_000


@contextmanager
def within(megabytes: int) -> Iterator[None]:
    """Fail where more memory is taken at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes << 20
    finally:
        tracemalloc.stop()


def problems(what: Callable[[int], str]) -> Iterator[tuple[str, Problem]]:
    return ((what(n), Problem("sources/x.csv", n, 1, what(n), "reference")) for n in range(2, MANY + 2))


def test_what_is_alike_is_counted_and_not_kept() -> None:
    with within(1):
        told = told_once(problems(lambda _: "no such thing"))

    assert [one.line for one in told] == list(range(2, ALIKE + 3))
    assert told[-1].message == f"no such thing; the same holds of {MANY - ALIKE} cells from here on"


def test_no_more_is_kept_of_a_file_than_is_worth_telling() -> None:
    told = told_once(problems(str))

    assert len(told) == MOST + 1
    assert told[-1].message == f"{MOST} problems were found up to here; mend those, and check again for more"


def test_of_many_faults_of_a_file_the_first_are_told_and_the_others_counted() -> None:
    with within(1):
        told = contradictions("csv/x.csv", (f"row {n}" for n in range(MANY)))

    assert [one.what for one in told[:-1]] == [f"row {n}" for n in range(len(told) - 1)]
    assert told[-1].what == f"and {MANY - len(told) + 1} more of the kind"


WORDS = st.lists(st.text("abc-1", min_size=3, max_size=7), max_size=12)


@given(WORDS, WORDS)
def test_what_may_be_meant_is_the_first_of_all_known(words: list[str], known: list[str]) -> None:
    found = nearest(words, zip(sorted(set(known)), itertools.count(), strict=False))

    assert {word: near for word, (near, _) in found.items()} == {w: m for w in words if (m := meant(w, known))}


class Counting:
    """A connection that counts what it is asked."""

    def __init__(self, con: Connection) -> None:
        self.con, self.asked = con, 0

    def execute(self, query: str) -> Any:
        self.asked += 1
        return self.con.execute(query)


def test_rows_that_share_a_citation_are_set_against_each_other_by_one_query(tmp_path: Any) -> None:
    table = written()["relation"]
    with connect() as con:
        columns = ", ".join(
            f"NULL::VARCHAR AS {f.name}" for f in table.fields if f.name not in ("relation_id", "cite", "kind", "unit")
        )
        con.execute(
            f"CREATE TABLE source.relation AS SELECT format('r-{{:06d}}', i // 2) AS relation_id, 'panero2023, p. 1; other' AS cite, "
            f"CASE WHEN i % 2 = 0 OR i = 3 THEN 'loan' END AS kind, CASE WHEN i % 2 = 1 THEN 'eur' END AS unit, {columns}, i + 2 AS source_line "
            "FROM range(20000) t(i)"
        ).fetchall()
        counting = Counting(con)
        found = check_keys(counting, {"relation": (table, Origin("sources/relation.csv", ("relation_id", "cite")))})  # type: ignore[arg-type]

    assert counting.asked <= 2
    assert {(one.line, one.message.split(",")[0]) for one in found} == {(5, "key already stated on line 4")}


def test_a_mistake_in_every_row_is_told_within_bounds(tmp_path: Any) -> None:
    rows = "".join(
        row(
            "deployment",
            iso3="SRB",
            missions="kforr",
            location_iso3="XKX",
            as_of=str(1990 + n % 30),
            unit=f"u{n}",
            cite="web2023",
        )
        for n in range(5_000)
    )
    project = write_project(tmp_path, deployment=rows)

    found = [p for p in check_sources(Project(project.root)).problems if p.rule == "reference"]

    assert len(found) == ALIKE + 1
    assert "did you mean kfor of sources/mission.csv" in found[0].message
    assert f"the same holds of {5_000 - ALIKE} cells" in found[-1].message
