"""What a release made to do harm holds is shown at a terminal by its number, and reaches files and pipes as it is."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Sequence

import pytest

from tests.conftest import ROOT

HARM = "\x1b[2J\x1b]0;x\x07\x9b31m\u202eabc\u2066\r\x7f\t"
SQL = "SELECT {} AS x".format(" || ".join(f"chr({ord(c)})" for c in HARM))
WB6 = [sys.executable, "-m", "pipeline.cli"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}


def at_terminal(arguments: Sequence[str], typed: bytes = b"") -> str:
    """What a terminal is given to show."""
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [*WB6, *arguments], env=ENVIRONMENT, cwd=ROOT, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    assert run.stdin
    run.stdin.write(typed)
    run.stdin.close()
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(ours)
    run.wait(60)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("style", ["table", "csv", "json", "markdown"])
def test_a_terminal_is_given_nothing_to_obey(style: str) -> None:
    for shown in (
        at_terminal(["query", "--format", style, SQL]),
        at_terminal(["sql", "--format", style], f"{SQL};".encode()),
    ):
        assert "abc" in shown
        assert {c for c in shown if not c.isprintable()} <= {"\n", "\t"}, shown


def test_what_is_shown_for_it_is_its_number() -> None:
    shown = at_terminal(["query", "--format", "csv", SQL]).split("\n")[1]

    assert shown.strip('"') == "\\u001b[2J\\u001b]0;x\\u0007\\u009b31m\\u202eabc\\u2066\\u000d\\u007f\t"


def test_an_error_is_shown_so_too() -> None:
    shown = at_terminal(["query", f'SELECT 1 FROM "{HARM}"'])

    assert "there is no table" in shown
    assert {c for c in shown if not c.isprintable()} <= {"\n", "\t"}, shown


def test_a_pipe_is_given_all_of_it_as_it_is() -> None:
    done = subprocess.run(
        [*WB6, "query", "--format", "csv", SQL], env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=True
    )

    assert done.stdout.decode() == f"x\n{HARM}\n"
