"""The canonical bibliography: one order and one form, and nothing that was written is lost."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from pipeline.fmt import format_files
from pipeline.problems import SourceError
from tests.small import document, write_project


def test_the_bibliography_is_ordered_by_id_in_one_form_of_indentation(tmp_path: Path) -> None:
    items = [document("web2023"), {**document("book2023", "A"), "title": "Kuçova", "volume": 7, "note": None}]
    project = write_project(tmp_path, items)
    path = project.sources / "references.json"
    path.write_bytes(codecs.BOM_UTF8 + path.read_bytes())

    format_files(project, [], write=True)

    assert path.read_text("utf-8") == json.dumps(items[::-1], ensure_ascii=False, indent=2) + "\n"


def test_formatting_a_second_time_changes_nothing(tmp_path: Path) -> None:
    project = write_project(tmp_path, [document("web2023"), document("book2023")])
    format_files(project, [], write=True)

    assert format_files(project, [], write=True).changed == ()


REFUSED = {
    "a name twice in one item": '[{"id": "a", "title": "One", "title": "Two"}]',
    "a comma too many": '[{"id": "a"},]',
    "an object": '{"id": "a"}',
    "an item that is a text": '["a"]',
    "empty": "",
    "too deep": "[" * 100_000 + "]" * 100_000,
    "a number too long to read": f'[{{"id": "a", "volume": {"9" * 5000}}}]',
    "half a character": '[{"id": "a", "title": "a\\ud800"}]',
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_bibliography_that_cannot_be_written_again_for_certain_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    project = write_project(tmp_path)
    path = project.sources / "references.json"
    path.write_text(content, "utf-8")
    milestone = project.sources / "milestone.csv"
    milestone.write_text(milestone.read_text("utf-8").replace(",", ";"), "utf-8")
    before = milestone.read_bytes()

    with pytest.raises(SourceError) as refusal:
        format_files(project, [], write=True)

    assert {problem.file for problem in refusal.value.problems} == {"sources/references.json"}
    assert path.read_text("utf-8") == content
    assert milestone.read_bytes() == before
