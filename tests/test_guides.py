"""The guides: every example runs, and answers what the page shows. After a release: python -m tests.guides."""

from __future__ import annotations

import pytest

from tests.guides import GUIDES, RUN, Example, LackingError, answer, examples, shown_by, shows

EXAMPLES = [example for guide in GUIDES for example in examples(guide)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.guide}:{e.line}-{e.language}")
def test_an_example_answers_what_the_guide_shows(example: Example) -> None:
    try:
        said = answer(example)
    except LackingError as reason:
        pytest.skip(str(reason))

    assert shows(example, said), f"{example.guide}:{example.line}; python -m tests.guides writes the answers anew"


def test_readers_find_examples_in_every_language() -> None:
    assert {e.language for e in EXAMPLES if e.guide == "outputs/README.md"} == set(RUN)
    assert len([e for e in EXAMPLES if e.guide == "README.md" and e.language == "sql"]) >= 5


@pytest.mark.parametrize("guide", GUIDES)
def test_no_block_of_code_is_left_unrun(guide: str) -> None:
    fences = [line for line in shown_by(guide).splitlines() if line.startswith("```") and line != "```"]

    assert fences.count("```text") == len([e for e in EXAMPLES if e.guide == guide and "```text" in e.shown])
    assert len(fences) - fences.count("```text") == len([e for e in EXAMPLES if e.guide == guide])
