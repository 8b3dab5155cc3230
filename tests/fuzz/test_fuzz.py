"""A short run of `make fuzz`, and the same comparisons on inputs that hypothesis makes up."""

from __future__ import annotations

import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.items import parse_items
from pipeline.problems import Problem, SourceError, render
from tests.conftest import ROOT
from tests.fuzz.target import DisagreementError, Target, assert_told_well
from tests.fuzz.targets import NAMES, target

_targets: dict[str, Target] = {}


def known(name: str) -> Target:
    """A target, made once."""
    if name not in _targets:
        _targets[name] = target(name)
    return _targets[name]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_reader_is_tried_on_first_is_read_as_it_should_be(name: str) -> None:
    chosen = known(name)
    for seed in chosen.seeds:
        chosen.attempt(seed)
    chosen.compare()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_good_is_taken(name: str) -> None:
    chosen = known(name)
    chosen.compare()
    before = chosen.count.taken
    for seed in chosen.seeds:
        chosen.attempt(seed)
    chosen.compare()

    assert chosen.count.taken > before


@pytest.mark.parametrize("name", ["csv", "references", "dataset"])
def test_each_document_that_is_good_is_taken(name: str) -> None:
    chosen = known(name)
    assert chosen.good
    for seed in chosen.good:
        before = chosen.count.taken
        chosen.attempt(seed)
        assert chosen.count.taken == before + 1, seed


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(draws=st.data())
def test_a_reader_takes_what_it_should_and_refuses_the_rest_in_one_line(name: str, draws: st.DataObject) -> None:
    chosen = known(name)
    seed = draws.draw(st.sampled_from(chosen.seeds))
    words = st.sampled_from(chosen.words).map(lambda word: word.encode("utf-8", "surrogatepass"))
    for piece in draws.draw(st.lists(st.one_of(words, st.binary(min_size=1, max_size=4)), max_size=4)):
        at, gone = draws.draw(st.integers(0, len(seed))), draws.draw(st.integers(0, 4))
        seed = seed[:at] + piece + seed[at + gone :]

    chosen.attempt(seed)
    chosen.compare()


CELLS = [name for name in NAMES if name not in ("csv", "references", "dataset")]


@pytest.mark.parametrize("name", CELLS)
def test_thousands_of_cells_are_compared_with_the_rule_in_words(name: str) -> None:
    chosen = known(name)
    before = chosen.count.compared
    drawn = random.Random(1)  # noqa: S311
    for _ in range(20_000):
        chosen.attempt(bytes([drawn.randrange(128, 256)]) + drawn.randbytes(drawn.choice((3, 5, 7, 11))))
    chosen.compare()

    assert chosen.count.compared > before + 2_000
    assert chosen.count.taken > 100, "some must be right, or nothing of what is published was compared"


@pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris is not installed: it is only made for Linux on x86-64"
)
def test_a_run_of_the_fuzzer_finds_no_disagreement(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", "--executions", "400", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [line[0] for line in lines[1:-1]] == list(NAMES)
    assert all(int(line[1].replace(",", "")) >= 400 and int(line[2].replace(",", "")) > 0 for line in lines[1:-1])


@pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris is not installed: it is only made for Linux on x86-64"
)
def test_a_reader_that_goes_wrong_is_found_and_the_input_kept(tmp_path: Path) -> None:
    broken = "import tests.fuzz.by_rule as r, runpy, sys; r.edtf = lambda text: None; import tests.fuzz.cells; "
    run = "sys.argv = ['drive', 'edtf', sys.argv[1], '-runs=20000']; runpy.run_module('tests.fuzz.drive', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", broken + run, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "DisagreementError" in done.stdout + done.stderr
    assert list(tmp_path.glob("crash-*"))


def test_a_refusal_that_is_no_help_is_told_from_one_that_is() -> None:
    assert_told_well([Problem("sources/a.csv", 1, 1, "wrong; mend it", "row")])
    for problem in (Problem("a", 0, 1, "wrong; mend it", "row"), Problem("a", 1, 1, "wrong", "row")):
        with pytest.raises(DisagreementError):
            assert_told_well([problem])


@pytest.mark.parametrize("style", ["text", "github"])
def test_what_a_terminal_would_obey_is_named_in_a_report(style: str) -> None:
    line = render([Problem("a\n.csv", 1, 1, 'x "\x1b[2J\u202e\x9b\udc80\U000e0041": wrong; mend it', "row")], style)

    assert all(name in line for name in ("\\u000a", "\\u001b[2J", "\\u202e", "\\u009b", "\\udc80", "\\U000e0041"))
    assert line.isprintable()


def test_json_of_a_report_can_be_written_whatever_stands_in_it() -> None:
    assert "\\udc80" in render([Problem("a\udc80", 1, 1, "wrong; mend it", "row")], "json").encode().decode()


@pytest.mark.parametrize("depth", range(1, 1200, 7))
def test_json_of_any_depth_is_read_or_refused(depth: int) -> None:
    try:
        parse_items(b"[" * depth + b"]" * depth, "references.json")
    except SourceError as refusal:
        assert_told_well(refusal.problems)
