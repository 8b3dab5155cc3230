"""Names of nothing, claims made twice, and a bibliography or a dataset.yaml that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.small import DATASET, DOCUMENTS, add, document, row, told, write_documents, write_project

ADD_IT = "correct it, or add it there first"
TEXT = "write it as plain text"
ID = "write a lower-case id with hyphens, such as enhanced-forward-presence"
DATE = "write 2023, 2023-09, 2023-09-24, 2023~, 201X or an interval such as 2017/2027 or 2009/.."
GRADES = "write one of A, B, C, D, E, F"

DANGLING = {
    "a country": ("milestone", "ZZZ,eu,applied,2009,web2023,,,", '3:1: iso3 "ZZZ": not in sources/country.csv'),
    "an id": (
        "milestone",
        "ALB,oecd,applied,2009,web2023,,,",
        '3:2: organisation_id "oecd": not in sources/organisation.csv',
    ),
    "a list item": (
        "event",
        "raid,,,2023,XKX,,kfor; sfor,,,web2023,,,",
        '2:7: missions "sfor": not in sources/mission.csv',
    ),
    "one of several kinds of party": (
        "relation",
        "loan,nato,SRBIJA,loan,,,,,,web2023,,,",
        '2:3: party_b "SRBIJA": not in sources/country.csv or sources/organisation.csv or sources/actor.csv',
    ),
    "a document": (
        "reference",
        'book2023,20,nobody2023,,"book2023, n. 19",,,',
        '3:3: cited_document_id "nobody2023": not in sources/references.json',
    ),
}


@pytest.mark.parametrize(("table", "line", "expected"), DANGLING.values(), ids=DANGLING)
def test_a_name_of_nothing_is_told_with_the_file_that_should_hold_it(
    tmp_path: Path, table: str, line: str, expected: str
) -> None:
    project = write_project(tmp_path)
    add(project, table, line + "\n")

    assert told(project) == [f"sources/{table}.csv:{expected}; {ADD_IT}"]


def test_a_row_that_is_only_deprecated_cannot_be_referred_to(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    add(project, "organisation", "oecd,OECD,,,,web2023,deprecated,Another body is meant.,\n")
    add(project, "milestone", "ALB,oecd,applied,2009,web2023,,,\n")

    assert told(project) == [
        f'sources/milestone.csv:3:2: organisation_id "oecd": not in sources/organisation.csv; {ADD_IT}'
    ]


def test_a_table_that_cannot_be_read_is_told_once_and_not_for_every_name_of_its_rows(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "country.csv").write_text("", "utf-8")

    assert [line.split(":", 1)[0] for line in told(project)] == ["sources/country.csv"]


AGAIN = "3:1: key already stated on line 2, with the same citation; delete one row, or cite another passage"
TWICE = {
    "the same row": ("ALB,eu,candidate_status,2014-06-27,web2023,,,", AGAIN),
    "another value": ("ALB,eu,candidate_status,2015,web2023,,,", AGAIN),
    "another note": ("ALB,eu,candidate_status,2014-06-27,web2023,,,Again.", AGAIN),
}


@pytest.mark.parametrize(("line", "expected"), TWICE.values(), ids=TWICE)
def test_the_same_cell_claimed_twice_from_one_passage_is_told(tmp_path: Path, line: str, expected: str) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", line + "\n")

    assert told(project) == [f"sources/milestone.csv:{expected}"]


@pytest.mark.parametrize(
    "rows",
    [
        [{"date": "2014", "cite": "book2023, n. 19; book2023, n. 19"}],
        [{"date": "2014", "cite": "book2023, n. 19; web2023"}, {"date": "2014", "cite": "web2023"}],
        [{"date": "2014", "cite": "book2023, n. 19; web2023"}, {"date": "2015", "cite": "web2023"}],
        [{"cite": "book2023, n. 19; web2023"}, {"cite": "web2023"}],
    ],
    ids=["within one cell", "by one of several citations", "with another value", "for the row alone"],
)
def test_a_passage_cited_twice_for_one_cell_is_told_however_the_citations_are_grouped(
    tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    lines = [row("milestone", iso3="ALB", organisation_id="eu", milestone="applied", **cells) for cells in rows]
    project = write_project(tmp_path, milestone="".join(lines))

    assert [line.split(":")[:2] for line in told(project)] == [["sources/milestone.csv", str(len(rows) + 1)]]


@pytest.mark.parametrize(
    "line",
    [
        "ALB,eu,candidate_status,,web2023,,,",
        'ALB,eu,candidate_status,2014-06-27,"web2023, p. 3",,,',
        'ALB,eu,candidate_status,2014-06,"book2023, n. 19",,,',
        "SRB,eu,candidate_status,2014-06-27,web2023,,,",
    ],
    ids=["other columns", "another passage", "another document", "another key"],
)
def test_claims_that_differ_in_key_column_or_passage_may_stand_side_by_side(tmp_path: Path, line: str) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", line + "\n")

    assert told(project) == []


def third(**changes: Any) -> str:
    """A bibliography whose third item, on line 4, is changed; a change to None leaves the name out."""
    item = {k: v for k, v in {**document("new2024"), **changes}.items() if v is not None}
    return as_lines(*DOCUMENTS, item)


def as_lines(*items: Any) -> str:
    return "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n"


NOT_LIST = "1:1: not a list of items; export it as CSL JSON"
BIBLIOGRAPHIES = {
    "empty": ("", "1:1: the file is empty; export it as CSL JSON"),
    "a comma too many": (
        as_lines(*DOCUMENTS)[:-3] + ",\n]\n",
        "4:1: not JSON: a comma before the closing bracket; mend the syntax here",
    ),
    "a comma too few": (
        '[\n{"id": "a"}\n{"id": "b"}\n]\n',
        "3:1: not JSON: a comma or the closing bracket is missing; mend the syntax here",
    ),
    "no item": ("[]\n", "1:1: the file holds no item; export the documents that are cited as CSL JSON"),
    "letters garbled by an encoding": (
        third(title="\u00c3\u0089tat"),
        '4:1: new2024: title "\u00c3\\u0089" was garbled when the file was saved in another encoding; write the letters anew',
    ),
    "an object": (json.dumps(DOCUMENTS[0]), NOT_LIST),
    "null": ("null", NOT_LIST),
    "too deep": ("[" * 100_000 + "]" * 100_000, "1:2: not JSON: nested too deeply; mend the syntax here"),
    "latin-1": (
        third(title="ç").replace("\\u00e7", "ç").encode("latin-1"),
        "1:1: not UTF-8; export it again as CSL JSON",
    ),
    "an item that is a text": (
        as_lines(*DOCUMENTS, "new2024"),
        "4:1: item: not an object; write a CSL item in braces",
    ),
    "a repeated name": (
        as_lines(*DOCUMENTS, document("new2024")).replace('"title": "new2024"', '"title": "a",\n"title": "b"'),
        '5:1: name "title" is repeated in one item; keep one',
    ),
    "a repeated id": (
        as_lines(*DOCUMENTS, document("web2023")),
        "4:1: key already listed on line 3; give each document an id of its own",
    ),
    "a repeated id behind another name id": (
        as_lines({**document("new2024"), "author": [{"family": "P", "id": "p"}]}, *DOCUMENTS, document("web2023")),
        "5:1: key already listed on line 4; give each document an id of its own",
    ),
    "no id": (third(id=None), f"4:1: document_id: empty, but required; {ID}"),
    "no title": (third(title=None), f"4:1: title: empty, but required; {TEXT}"),
    "an empty title": (third(title=""), f"4:1: title: empty, but required; {TEXT}"),
    "no type": (third(type=None), f"4:1: type: empty, but required; {TEXT}"),
    "a bad id": (third(id="New 2024"), f'4:1: document_id "New 2024": not an id; {ID}'),
    "a number for an id": (third(id=2024), "4:1: 2024: id is not a text; write it in quotes"),
    "a number for a title": (third(title=7), "4:1: new2024: title is not a text; write it in quotes"),
    "no reliability": (third(custom={}), f"4:1: reliability: empty, but required; {GRADES}"),
    "an unknown reliability": (
        third(custom={"reliability": "G"}),
        f'4:1: reliability "G": not a known code; {GRADES}',
    ),
    "a text for custom": (
        third(custom="B"),
        '4:1: new2024: custom is not an object; write {"reliability": "B"}',
    ),
    "an issued season": (third(issued={"raw": "Spring 2023"}), f'4:1: issued "Spring 2023": not a date; {DATE}'),
    "a month 13": (
        third(issued={"date-parts": [[2023, 13]]}),
        f'4:1: issued "2023-13": no such day or month; {DATE}',
    ),
    "an issued interval backwards": (
        third(issued={"date-parts": [[2023], [2021]]}),
        '4:1: issued "2023/2021": the interval ends before it begins; swap the two dates',
    ),
    "a number for issued": (
        third(issued=2023),
        '4:1: new2024: issued is not a CSL date; write {"date-parts": [[2023, 12]]}',
    ),
    "words for date-parts": (
        third(issued={"date-parts": [["May"]]}),
        '4:1: new2024: issued is not a CSL date; write {"date-parts": [[2023, 12]]}',
    ),
    "a text for author": (
        third(author="Panero"),
        '4:1: new2024: author is not a list of names; write [{"family": "Panero", "given": "Emmanuele"}]',
    ),
    "a number for a family name": (
        third(author=[{"family": 7}]),
        '4:1: new2024: author is not a list of names; write [{"family": "Panero", "given": "Emmanuele"}]',
    ),
}


@pytest.mark.parametrize(("content", "expected"), BIBLIOGRAPHIES.values(), ids=BIBLIOGRAPHIES)
def test_a_bibliography_that_cannot_be_used_is_refused_with_its_place_and_remedy(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    project = write_project(tmp_path)
    (project.sources / "references.json").write_bytes(content.encode() if isinstance(content, str) else content)

    assert told(project) == [f"sources/references.json:{expected}"]


@pytest.mark.parametrize(
    "title",
    ["a\u202eb", "a\u200bb", "a\0b", "a\ud800b", " a", "a\nb ", "=1+1"],
    ids=["direction", "zero width", "NUL", "half a character", "space", "line end", "formula"],
)
def test_texts_of_the_bibliography_are_held_to_the_rules_of_every_cell(tmp_path: Path, title: str) -> None:
    project = write_project(tmp_path)
    (project.sources / "references.json").write_text(third(title=title), "utf-8")

    assert [line.split(": ")[0] for line in told(project)] == ["sources/references.json:4:1"]


def test_a_number_too_long_to_read_is_told_as_a_problem_of_the_bibliography(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "references.json").write_text(
        third(volume=1).replace('"volume": 1', f'"volume": {"9" * 5000}'), "utf-8"
    )

    assert [line.split(":")[0] for line in told(project)] == ["sources/references.json"]


def test_a_missing_bibliography_is_told_once_and_not_for_every_citation(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "references.json").unlink()

    assert told(project) == ["sources/references.json:1:1: file is missing; export it from Zotero as CSL JSON"]


def test_a_bibliography_with_a_byte_order_mark_and_every_form_of_date_and_name_is_accepted(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    forms: list[Any] = [{"raw": "2023~"}, {"literal": "201X"}, "2023-09", {"date-parts": [["2023", "9"]]}, None]
    items = [{**document(f"new{number}"), "issued": form} for number, form in enumerate(forms)]
    items[0]["author"] = [{"family": "Panero", "given": "Emmanuele"}, {"literal": "NATO; OTAN"}]
    write_documents(project, [*DOCUMENTS, *items])
    add(project, "actor", row("actor", actor_id="someone", cite="; ".join(item["id"] for item in items)))
    path = project.sources / "references.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert told(project) == []


AS_OF = "as_of: not a day; write the cut-off date as 2023-12-31"
ISSUED = "issued: not a day; write the day of the edition as 2024-02-01, or delete the line"
DATASETS = {
    "empty": ("", "1:1: not a mapping; write lines such as name: wb6"),
    "a list": ("- name\n", "1:1: not a mapping; write lines such as name: wb6"),
    "malformed": ("name: [wb6\n", "2:1: not YAML: expected ',' or ']', but got '<stream end>'; mend the syntax here"),
    "without as_of": (DATASET.replace("as_of: 2023-12-31\n", ""), f"1:1: {AS_OF}"),
    "a month for as_of": (DATASET.replace("2023-12-31", "2023-12"), f"7:1: {AS_OF}"),
    "a text for as_of": (DATASET.replace("2023-12-31", '"2023-12-31"'), f"7:1: {AS_OF}"),
    "a year for issued": (f"{DATASET}issued: 2024\n", f"9:1: {ISSUED}"),
    "no such day for issued": (f"{DATASET}issued: 2024-02-30\n", f"9:1: {ISSUED}"),
    "no such day for as_of": (DATASET.replace("2023-12-31", "2023-02-30"), f"7:1: {AS_OF}"),
    "an empty title": (DATASET.replace("title: Small", "title:"), "2:1: title: missing; write a text"),
    "a word for keywords": (
        DATASET.replace("[nato]", "nato"),
        "8:1: keywords: not a list of texts; write [nato, kfor]",
    ),
}


@pytest.mark.parametrize(("content", "expected"), DATASETS.values(), ids=DATASETS)
def test_a_dataset_file_that_cannot_be_used_is_refused_with_its_place_and_remedy(
    tmp_path: Path, content: str, expected: str
) -> None:
    project = write_project(tmp_path)
    (project.sources / "dataset.yaml").write_text(content, "utf-8")

    assert told(project) == [f"sources/dataset.yaml:{expected}"]


def test_a_missing_dataset_file_is_told(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project.sources / "dataset.yaml").unlink()

    assert told(project) == ["sources/dataset.yaml:1:1: file is missing; restore it from the repository's history"]


@pytest.mark.parametrize(
    ("line", "alike"),
    [("ALB,eu,step_{},2009,nobody2023,,,\n", 'cite "nobody2023"'), ("ABL,eu,step_{},2009,web2023,,,\n", 'iso3 "ABL"')],
)
def test_a_name_of_nothing_that_stands_in_many_cells_is_told_of_some(tmp_path: Path, line: str, alike: str) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", "".join(line.format(chr(97 + n % 26) + chr(97 + n // 26)) for n in range(100)))
    add(project, "milestone", line.format("other").replace("nobody2023", "nobody2024").replace("ABL", "ABM"))

    *lines, last, other = told(project)

    assert len(lines) == 20
    assert all(alike in one and "cells" not in one for one in lines)
    assert last.startswith("sources/milestone.csv:23:") and last.endswith("; the same holds of 80 cells from here on")
    assert "nobody2024" in other or "ABM" in other
