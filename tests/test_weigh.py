"""Weighing: claims to one value per key by the stated rule, with nothing thrown away."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.project import Project
from pipeline.steps import build_claims, build_tables
from pipeline.workdir import Layer, Workdir
from schemas.registry import tables
from tests.small import document, row, write_project

KEY = {"iso3": "ALB", "organisation_id": "eu", "milestone": "applied"}
ROW_KEY = "iso3=ALB|organisation_id=eu|milestone=applied"
SPELL = {"iso3": "ALB", "organisation_id": "nato", "status": "member", "spell": "1"}

GRADED = [document(f"{grade.lower()}2020", grade, "2020") for grade in "ABCDEF"]
DATED = [
    document("b-undated", "B", None),
    document("b2019", "B", "2019-12-31"),
    document("b2021", "B", "2021~"),
    document("b2021-x", "B", "2021~"),
    document("b2021-may", "B", "2021-05"),
    document("f2023", "F", "2023"),
]


def claim(date: str, cite: str, rank: str = "") -> str:
    """One claim on the date of the milestone that these tests are about."""
    return row(
        "milestone",
        **KEY,
        date=date,
        cite=cite,
        rank=rank,
        rank_reason="Because." if rank in ("preferred", "deprecated") else "",
    )


def weigh(root: Path, rows: Sequence[str], table: str = "milestone") -> Project:
    """Weigh the rows of one table, and nothing else."""
    project = write_project(root, [*GRADED, *DATED], **{table: "".join(rows)})
    built = build_tables(project, [tables()["document"], tables()[table]])
    assert not any(step.problems for step in built.values())
    return project


def kept(project: Project, layer: Layer, table: str = "milestone", order: str = "ALL") -> list[dict[str, Any]]:
    """The rows that weighing left in a layer of the build folder."""
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT * FROM read_parquet(?) ORDER BY {order}", [str(Workdir(project.build).path(layer, table))]
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def published(project: Project, table: str = "milestone") -> list[dict[str, Any]]:
    return kept(project, "tables", table)


def claims(project: Project, *names: str, table: str = "milestone") -> list[tuple[Any, ...]]:
    """The named columns of every claim, in the order of their values."""
    return sorted((tuple(c[name] for name in names) for c in kept(project, "claims", table)), key=str)


RULE = {
    "the more reliable, of grades A and B": ([("2001", "a2020"), ("2002", "b2020")], "2001"),
    "the more reliable, of grades B and C": ([("2001", "b2020"), ("2002", "c2020")], "2001"),
    "the more reliable, of grades C and D": ([("2001", "c2020"), ("2002", "d2020")], "2001"),
    "the more reliable, of grades D and E": ([("2001", "d2020"), ("2002", "e2020")], "2001"),
    "F, which cannot be judged, after E": ([("2001", "e2020"), ("2002", "f2020")], "2001"),
    "F after E even where it is later": ([("2001", "e2020"), ("2002", "f2023")], "2001"),
    "the more reliable before the later": ([("2001", "a2020"), ("2002", "b2021")], "2001"),
    "the later, of equal grades": ([("2001", "b2020"), ("2002", "b2019")], "2001"),
    "the later by its first possible day": ([("2001", "b2021-may"), ("2002", "b2021")], "2001"),
    "a dated one before one without date": ([("2001", "b2019"), ("2002", "b-undated")], "2001"),
    "preferred before more reliable": ([("2001", "f2020", "preferred"), ("2002", "a2020")], "2001"),
    "the more reliable of two preferred": (
        [("2001", "b2020", "preferred"), ("2002", "c2020", "preferred"), ("2003", "a2020")],
        "2001",
    ),
    "a normal one before a deprecated one": ([("2001", "f2020"), ("2002", "a2020", "deprecated")], "2001"),
    "one said to be normal like one that is not": ([("2001", "a2020"), ("2002", "b2020", "normal")], "2001"),
    "by document where all else is equal": ([("2001", "b2021, p. 9"), ("2002", "b2021-x, p. 1")], "2001"),
    "by passage where the document is the same": ([("2002", "b2021, p. 1"), ("2001", "b2021, p. 2")], "2002"),
    "one without passage before the same document's passages": ([("2001", "b2021"), ("2000", "b2021, p. 2")], "2001"),
}


@pytest.mark.parametrize(("stated", "winner"), RULE.values(), ids=RULE)
@pytest.mark.parametrize("turn", [1, -1], ids=["in order", "reversed"])
def test_the_value_published_is_chosen_by_the_rule(
    tmp_path: Path, stated: list[tuple[str, ...]], winner: str, turn: int
) -> None:
    project = weigh(tmp_path, [claim(*statement) for statement in stated[::turn]])

    assert [r["date"] for r in published(project)] == [winner]


def test_the_order_of_rows_changes_neither_what_is_published_nor_any_claim(tmp_path: Path) -> None:
    rows = [
        claim("2001", "b2021, p. 2; c2020"),
        claim("2002", "b2021, p. 1"),
        claim("2003", "a2020", "deprecated"),
        claim("", "b2020"),
    ]
    results = []
    for number, turned in enumerate(itertools.permutations(rows)):
        project = weigh(tmp_path / str(number), turned)
        weighed = [
            {k: v for k, v in c.items() if k != "source_line"} for c in kept(project, "claims", order="claim_id")
        ]
        results.append((published(project), weighed))

    assert all(result == results[0] for result in results)
    assert [c["document_id"] for c in results[0][1]]


def test_columns_are_weighed_each_on_its_own(tmp_path: Path) -> None:
    project = weigh(
        tmp_path,
        [
            row("membership", **SPELL, start="2009", ordinal="28", cite="b2020"),
            row("membership", **SPELL, start="2009-04", cite="a2020"),
            row("membership", **SPELL, end="2023", ordinal="29", cite="c2020"),
        ],
        "membership",
    )

    (found,) = published(project, "membership")
    assert (found["start"], found["end"], found["ordinal"]) == ("2009-04", "2023", 28)
    assert (str(found["start_earliest"]), str(found["start_latest"])) == ("2009-04-01", "2009-04-30")


DISPUTES = {
    "one claim": ([("2009", "a2020")], 1, False),
    "two that agree": ([("2009", "a2020"), ("2009", "b2020")], 2, False),
    "two that differ": ([("2009", "a2020"), ("2010", "b2020")], 2, True),
    "two that differ in how they are written": ([("2009", "a2020"), ("2009-04", "b2020")], 2, True),
    "a deprecated one that differs": ([("2009", "a2020"), ("2010", "b2020", "deprecated")], 2, False),
    "a preferred one that differs": ([("2009", "b2020", "preferred"), ("2010", "a2020")], 2, True),
    "a row that states no date": ([("2009", "a2020"), ("", "b2020")], 2, False),
    "two citations of one value": ([("2009", "a2020; b2020, p. 1")], 2, False),
    "nothing but the row": ([("", "a2020")], 1, False),
}


@pytest.mark.parametrize(("stated", "count", "disputed"), DISPUTES.values(), ids=DISPUTES)
def test_a_published_row_says_how_many_claims_bear_on_it_and_whether_they_differ(
    tmp_path: Path, stated: list[tuple[str, ...]], count: int, disputed: bool
) -> None:
    project = weigh(tmp_path, [claim(*statement) for statement in stated])

    assert [(r["n_claims"], r["disputed"]) for r in published(project)] == [(count, disputed)]


def test_an_empty_cell_claims_nothing(tmp_path: Path) -> None:
    rows = [
        row("membership", **SPELL, start="2009", cite="b2020"),
        row("membership", **SPELL, end="2023", cite="a2020"),
    ]

    project = weigh(tmp_path, rows, "membership")

    assert claims(project, "column_name", "value", "document_id", table="membership") == [
        ("end", "2023", "a2020"),
        ("start", "2009", "b2020"),
    ]
    (found,) = published(project, "membership")
    assert (found["start"], found["end"], found["ordinal"], found["n_claims"]) == ("2009", "2023", None, 2)


def test_a_row_that_fills_no_value_claims_that_the_row_exists(tmp_path: Path) -> None:
    project = weigh(tmp_path, [claim("", "a2020, p. 4")])

    (found,) = published(project)
    assert {name: found[name] for name in (*KEY, "date", "n_claims")} == {**KEY, "date": None, "n_claims": 1}
    assert claims(project, "row_key", "column_name", "value", "document_id", "locator", "is_published") == [
        (ROW_KEY, None, None, "a2020", "p. 4", True)
    ]


def test_several_citations_are_several_claims_each_with_its_passage(tmp_path: Path) -> None:
    project = weigh(tmp_path, [claim("2009", "a2020, sec. One, n. 19; b2020; a2020, p. 4")])

    assert claims(project, "document_id", "locator", "value", "source_line") == [
        ("a2020", "p. 4", "2009", 2),
        ("a2020", "sec. One, n. 19", "2009", 2),
        ("b2020", None, "2009", 2),
    ]
    assert len({claim_id for (claim_id,) in claims(project, "claim_id")}) == 3


def test_a_claim_stands_published_where_it_says_what_won_and_is_not_deprecated(tmp_path: Path) -> None:
    project = weigh(
        tmp_path,
        [
            claim("2009", "a2020"),
            claim("2009", "c2020"),
            claim("2009", "d2020", "deprecated"),
            claim("2010", "b2020"),
        ],
    )

    assert claims(project, "document_id", "value", "is_published") == [
        ("a2020", "2009", True),
        ("b2020", "2010", False),
        ("c2020", "2009", True),
        ("d2020", "2009", False),
    ]


def test_corroboration_counts_the_documents_that_say_the_same_and_are_not_deprecated(tmp_path: Path) -> None:
    project = weigh(
        tmp_path,
        [
            claim("2009", "a2020, p. 1; a2020, p. 2; b2020"),
            claim("2010", "c2020"),
            claim("2009", "d2020", "deprecated"),
            claim("2011", "e2020", "deprecated"),
        ],
    )

    assert claims(project, "document_id", "locator", "corroboration") == [
        ("a2020", "p. 1", 2),
        ("a2020", "p. 2", 2),
        ("b2020", None, 2),
        ("c2020", None, 1),
        ("d2020", None, 2),
        ("e2020", None, 0),
    ]


def test_a_key_that_only_deprecated_claims_state_is_kept_as_claims_and_not_published(tmp_path: Path) -> None:
    project = weigh(tmp_path, [claim("2009", "a2020", "deprecated"), claim("2010", "b2020", "deprecated")])

    assert published(project) == []
    assert claims(project, "value", "rank", "rank_reason", "is_published") == [
        ("2009", "deprecated", "Because.", False),
        ("2010", "deprecated", "Because.", False),
    ]


def test_a_deprecated_value_leaves_the_cell_empty_where_another_claim_states_the_row(tmp_path: Path) -> None:
    project = weigh(tmp_path, [claim("2009", "a2020", "deprecated"), claim("", "b2020")])

    assert [(r["date"], r["n_claims"], r["disputed"]) for r in published(project)] == [(None, 2, False)]


def test_the_id_of_a_claim_depends_on_what_it_says_and_where_it_was_read_alone(tmp_path: Path) -> None:
    def ids(name: str, *rows: str) -> list[tuple[Any, ...]]:
        return claims(weigh(tmp_path / name, rows), "claim_id")

    (said,) = ids("one", claim("2009", "a2020, p. 1"))

    assert said in ids("lower", claim("2010", "b2020"), claim("2009", "a2020, p. 1"))
    assert said in ids("ranked", claim("2009", "a2020, p. 1", "preferred"))
    assert said not in ids("value", claim("2010", "a2020, p. 1"))
    assert said not in ids("passage", claim("2009", "a2020, p. 2"))
    assert said not in ids("document", claim("2009", "b2020, p. 1"))


def test_the_document_that_a_note_cites_is_named_as_the_origin_of_the_claim(tmp_path: Path) -> None:
    cites = "book2023, sec. One, n. 19; book2023, n. 20; book2023, p. 19"
    project = write_project(tmp_path, milestone=claim("2009", cites))
    build_tables(project, [t for t in tables().values() if t.layer != "published"])

    build_claims(project)

    found = kept(project, "tables", "claim", "locator")
    assert [
        (c["locator"], c["origin_document_id"], c["evidence"], c["first_release"])
        for c in found
        if c["table_name"] == "milestone"
    ] == [
        ("n. 20", None, "not_checked", None),
        ("p. 19", None, "not_checked", None),
        ("sec. One, n. 19", "web2023", "not_checked", None),
    ]
