"""Conflicts: every value that was claimed is kept, and a sentence says why one of them stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import document, joined, row, write_project

DOCUMENTS = (
    document("official2020", "A", "2020"),
    document("press2021", "B", "2021"),
    document("press2022-march", "B", "2022-03"),
    document("more2022-march", "B", "2022-03"),
    document("undated", "B", None),
    document("wiki2024", "C", "2024"),
    document("web2023"),
    {**document("book2023", "A"), "URL": ""},
)
WRONG = {"rank": "deprecated", "rank_reason": "A typo of the source."}
BEST = {"rank": "preferred", "rank_reason": "It counts, the other estimates."}


def debt(value: str, cite: str, **more: str) -> str:
    cells = {"iso3": "ALB", "indicator": "debt_pct_gdp", "period": "2020", "value": value, "unit": "pct_gdp"}
    return row("indicator", **{**cells, "cite": cite, **more})


DECIDED = {
    "the more reliable": (
        debt("60", "official2020") + debt("61", "press2021"),
        "60",
        "more_reliable",
        "A document of grade A states it, and of the others none is above B.",
    ),
    "the later": (
        debt("60", "press2021") + debt("61", "press2022-march"),
        "61",
        "later",
        "Of documents of grade B, it is stated by the later one: 2022-03 against 2021.",
    ),
    "the later, whatever a lesser one says still later": (
        debt("60", "press2021") + debt("61", "press2022-march") + debt("62", "wiki2024"),
        "61",
        "later",
        "Of documents of grade B, it is stated by the later one: 2022-03 against 2021.",
    ),
    "the more reliable of two preferred": (
        debt("60", "official2020", **BEST) + debt("61", "press2021", **BEST),
        "60",
        "more_reliable",
        "Of the preferred claims: A document of grade A states it, and of the others none is above B.",
    ),
    "the first of two passages": (
        debt("60", "book2023, p. 1") + debt("61", "book2023, p. 2"),
        "60",
        "order_of_passages",
        "One document says both; the first in the order of its passages is taken.",
    ),
    "the dated": (
        debt("60", "press2021") + debt("61", "undated"),
        "60",
        "later",
        "Of documents of grade B, it is stated by the later one: 2021; the others are undated.",
    ),
    "the preferred": (
        debt("60", "official2020") + debt("61", "press2021", **BEST),
        "61",
        "preferred",
        "A claim of it is preferred: It counts, the other estimates.",
    ),
    "the one that is left": (
        debt("600", "official2020", **WRONG) + debt("61", "press2021"),
        "61",
        "others_deprecated",
        "The other values are deprecated: A typo of the source.",
    ),
    "none": (
        debt("600", "official2020", **WRONG) + debt("601", "press2021", **WRONG),
        None,
        "none_stands",
        "Every claim is deprecated: A typo of the source.",
    ),
    "the one that more documents state": (
        debt("60", "press2022-march") + debt("61", "more2022-march") + debt("60", "press2021"),
        "60",
        "more_documents",
        "More documents state it than any other value of the same grade and date: 2 against 1.",
    ),
    "nothing but the order": (
        debt("60", "press2022-march") + debt("61", "more2022-march"),
        "61",
        "order_of_documents",
        "Documents of grade B, issued 2022-03: nothing distinguishes them, so the first in the order of their ids is taken.",
    ),
}


@pytest.mark.parametrize(("rows", "published", "decided_by", "reason"), DECIDED.values(), ids=DECIDED)
def test_a_sentence_says_why_a_value_stands(
    tmp_path: Path, rows: str, published: str | None, decided_by: str, reason: str
) -> None:
    project = write_project(tmp_path, DOCUMENTS, indicator=rows)

    found = joined(
        project, "conflict", "SELECT published_value, decided_by, reason FROM conflict WHERE column_name = 'value'"
    )

    assert found == [(published, decided_by, reason)]


def test_every_value_is_kept_with_its_documents_and_grades(tmp_path: Path) -> None:
    rows = (
        debt("60", "official2020") + debt("61", "press2021") + debt("61", "undated") + debt("600", "web2023", **WRONG)
    )
    project = write_project(tmp_path, DOCUMENTS, indicator=rows)

    found = joined(project, "conflict", "SELECT n_values, statements FROM conflict WHERE column_name = 'value'")

    said = (
        "60 [official2020 (A)] | 600 [web2023 (B, deprecated: A typo of the source.)] | 61 [press2021 (B), undated (B)]"
    )
    assert found == [(3, said)]


def test_claims_that_agree_are_no_conflict(tmp_path: Path) -> None:
    project = write_project(tmp_path, DOCUMENTS, indicator=debt("60", "official2020") + debt("60", "press2021"))

    assert joined(project, "conflict", "SELECT * FROM conflict") == []


PRECISION = {
    "a day and its month": (("2014-06", "2014-06-27"), True),
    "a day, its month and its year": (("2014", "2014-06", "2014-06-27"), True),
    "two days": (("2014-06-26", "2014-06-27"), False),
    "a day, its year and another month": (("2014", "2014-05", "2014-06-27"), False),
}


@pytest.mark.parametrize(("dates", "expected"), PRECISION.values(), ids=PRECISION)
def test_dates_that_differ_only_in_precision_are_marked(tmp_path: Path, dates: tuple[str, ...], expected: bool) -> None:
    cites = ("official2020", "press2021", "undated")
    cells = {"iso3": "SRB", "organisation_id": "eu", "milestone": "candidate_status"}
    rows = "".join(row("milestone", **cells, date=d, cite=c) for d, c in zip(dates, cites, strict=False))
    project = write_project(tmp_path, DOCUMENTS, milestone=rows)

    assert joined(project, "conflict", "SELECT only_precision FROM conflict") == [(expected,)]
