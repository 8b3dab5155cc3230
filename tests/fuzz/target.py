"""What is fuzzed: a reader, what it is tried on first, and what must hold of whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.hidden import FORBIDDEN
from pipeline.problems import Problem, render


class DisagreementError(AssertionError):
    """A reader took something for what it is not, or said something that is no help."""


@dataclass
class Count:
    """How many inputs were compared so far, and how many of those the reader took.

    Where an engine is asked for thousands at once, those that still wait are not counted.
    """

    compared: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Target:
    """One reader: what tries it on some bytes, and compares what it reads with what another reads.

    `compare` compares those that still wait. `seeds` are inputs to begin with, some of which the reader must take, and each that
    is `good`. `words` are worth putting into any, `longest` is in bytes.
    """

    name: str
    attempt: Callable[[bytes], None]
    count: Count
    compare: Callable[[], None]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...]
    longest: int = 200
    good: tuple[bytes, ...] = ()


def assert_told_well(problems: Iterable[Problem]) -> None:
    """A refusal has a place, and is a line that any terminal can show and no reader can take for two."""
    problems = tuple(problems)
    if not problems:
        raise DisagreementError("a refusal without a reason")
    for problem in problems:
        if problem.line < 1 or problem.column < 1:
            raise DisagreementError(f"no place: {problem!r}")
        for style in ("text", "github"):
            line = render([problem], style)
            if len(line.splitlines()) != 1 or FORBIDDEN.search(line):
                raise DisagreementError(f"not one plain line: {line!r}")
        if "; " not in problem.message:
            raise DisagreementError(f"no remedy: {problem.message!r}")
    render(problems, "json").encode()
