"""A bibliography or a dataset.yaml made to break whoever reads it: refused in one line, with its place and its remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.check import check_sources
from pipeline.items import DEEPEST
from pipeline.problems import only_errors
from tests.fuzz.target import assert_told_well
from tests.small import DATASET, DOCUMENTS, document, told, write_documents, write_project


def nested(depth: int) -> str:
    """A JSON value with so many lists within one another."""
    return "[" * depth + "]" * depth


SHEETS = {
    "an anchor and its alias": (
        DATASET + "more: &a [x]\n",
        '9:7: an anchor or its alias ("a"); write the value itself',
    ),
    "a bomb of aliases": (
        DATASET + "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
        '9:5: an anchor or its alias ("a0"); write the value itself',
    ),
    "a bomb of merges": (
        DATASET + "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)),
        '9:5: an anchor or its alias ("a0"); write the value itself',
    ),
    "a tag of Python": (
        DATASET.replace("Small", "!!python/object/apply:os.getcwd []"),
        '2:8: a tag ("tag:yaml.org,2002:python/object/apply:os.getcwd"); write the value alone',
    ),
    "a tag that its value cannot have": (
        DATASET.replace("Small", "!!timestamp Small"),
        '2:8: a tag ("tag:yaml.org,2002:timestamp"); write the value alone',
    ),
    "100,000 levels": (DATASET + "more: " + "[" * 10**5, "9:10: nested too deeply; write lines such as name: wb6"),
    "a name twice": (DATASET + "title: Other\n", "2:1: title: repeated; keep one"),
    "a name twice, once in quotes": (DATASET + '"title": Other\n', "2:1: title: repeated; keep one"),
    "two documents": (DATASET + "---\n" + DATASET, "9:1: not YAML: but found another document; mend the syntax here"),
    "a number of 5,000 digits": (DATASET.replace("Small", "1" * 5_000), "2:1: title: missing; write a text"),
    "a day out of the calendar in another zone": (
        DATASET.replace("2023-12-31", "0001-01-01 00:00:00 +23:00"),
        "7:1: as_of: not a day; write the cut-off date as 2023-12-31",
    ),
    "a merge of no mapping": (
        DATASET.replace("[nato]", "[<<: nato]"),
        "8:1: keywords: not a list of texts; write [nato, kfor]",
    ),
    "half a character": (
        DATASET.replace("Small", '"a\\ud800b"'),
        "2:1: title: the invisible character U+D800 stands in the text; delete it",
    ),
    "a right-to-left override": (
        DATASET.replace("nato", '"\\u202enato"'),
        "8:1: keywords: the invisible character U+202E stands in the text; delete it",
    ),
    "a NUL": (
        DATASET.replace("Small", "Sm\0all"),
        "2:10: not YAML: the character U+0000 may not stand here; delete it",
    ),
    "a name of two lines": (DATASET + '? "a\\nb"\n: 1\n', "9:1: a\\u000ab: unknown; delete it"),
    "latin-1": (
        DATASET.replace("Small", "Kuçova").encode("latin-1"),
        "2:10: byte 0xE7 is not UTF-8; save the file as UTF-8",
    ),
}


@pytest.mark.parametrize(("content", "expected"), SHEETS.values(), ids=SHEETS)
def test_yaml_that_says_more_than_plain_names_and_values_is_refused(
    tmp_path: Path, content: str | bytes, expected: str
) -> None:
    project = write_project(tmp_path)
    (project.sources / "dataset.yaml").write_bytes(content.encode() if isinstance(content, str) else content)

    assert told(project) == [f"sources/dataset.yaml:{expected}"]


ITEM = '{"id": "a", "type": "book", "title": "T", "custom": {"reliability": "B"}, %s}'
NO_DATE = '4:1: a: issued is not a CSL date; write {"date-parts": [[2023, 12]]}'
NO_NUMBER = "not JSON: a number too large, or none at all (NaN); mend the syntax here"
ITEMS = {
    "not a number": ('"x": NaN', f"4:1: {NO_NUMBER}"),
    "a number without end": ('"x": [-Infinity]', f"4:1: {NO_NUMBER}"),
    "a number beyond what a machine counts": ('"x": 1e999', f"4:1: {NO_NUMBER}"),
    "a year beyond it": ('"issued": {"date-parts": [[1e999]]}', f"4:1: {NO_NUMBER}"),
    "half a year": ('"issued": {"date-parts": [[2023.5]]}', NO_DATE),
    "a year that is true": ('"issued": {"date-parts": [[true]]}', NO_DATE),
    "a year in other digits": ('"issued": {"date-parts": [["\u0662\u0660\u0662\u0663"]]}', NO_DATE),
    "no date parts": ('"issued": {"date-parts": []}', NO_DATE),
    "empty date parts": ('"issued": {"date-parts": [[]]}', NO_DATE),
    "deeper than is allowed": (f'"x": {nested(DEEPEST)}', "4:1: not JSON: nested too deeply; mend the syntax here"),
    "as deep as the stack": (f'"x": {nested(940)}', "4:1: not JSON: nested too deeply; mend the syntax here"),
    "half a character": (
        '"note": "\\udc80"',
        "4:1: a: the rest of it: the character U+DC80 may not stand in a text; delete it",
    ),
    "a letter of a tag": (
        '"publisher": "a\U000e0041b"',
        "4:1: a: publisher the invisible character U+E0041 stands in the cell; delete it",
    ),
    "the same name twice": ('"x": 1, "x": 2', '4:1: name "x" is repeated in one item; keep one'),
}


@pytest.mark.parametrize(("more", "expected"), ITEMS.values(), ids=ITEMS)
def test_an_item_that_cannot_be_given_back_as_it_was_is_refused(tmp_path: Path, more: str, expected: str) -> None:
    project = write_project(tmp_path)
    write_documents(project, [*DOCUMENTS, document("a")])
    path = project.sources / "references.json"
    lines = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*lines[:3], ITEM % more, *lines[4:]]), "utf-8")

    problems = check_sources(project).problems
    assert_told_well(problems)
    assert [str(p) for p in problems] == [f"sources/references.json:{expected}"]


def test_an_item_as_deep_as_is_allowed_is_given_back(tmp_path: Path) -> None:
    project = write_project(tmp_path, documents=[*DOCUMENTS])
    deep = json.loads(nested(DEEPEST - 2))
    write_documents(project, [*DOCUMENTS, {**document("a"), "x": [deep]}])

    assert only_errors(check_sources(project).problems) == []
