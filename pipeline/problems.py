"""What a curator is told: one problem a line, with its place and its remedy. Expected failures are data."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from pipeline.hidden import plain

Severity = Literal["error", "warning"]
"""An error keeps a release from being made; a warning asks a curator to look."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place.

    `line` counts from 1 with the header as line 1; `column` is the number of the field in its row, from 1
    (in JSON and YAML, the character in its line). `rule` names the check that found it.
    """

    file: str
    line: int
    column: int
    message: str
    rule: str
    severity: Severity = "error"

    def __str__(self) -> str:
        what = f"{'warning: ' if self.severity == 'warning' else ''}{self.message}"
        return plain(f"{self.file}:{self.line}:{self.column}: {what}")


@dataclass(frozen=True)
class Told:
    """A problem's message in its parts: what it is about, the value found there, what is wrong with it and the remedy.

    What a message lacks is empty.
    """

    subject: str
    value: str
    what: str
    remedy: str


_MESSAGE = re.compile(r'(?P<subject>[^:"]*?)(?: (?P<value>"(?:[^"\\]|\\.)*"))?: (?P<what>.*)', re.DOTALL)


def in_parts(problem: Problem) -> Told:
    """The parts of a problem's message, which reads `subject "value": what; remedy`."""
    found = _MESSAGE.fullmatch(problem.message)
    subject, value, rest = (found["subject"], found["value"], found["what"]) if found else ("", None, problem.message)
    what, _, remedy = rest.partition("; ")
    return Told(subject, json.loads(value) if value else "", what, remedy)


class SourceError(Exception):
    """Sources that cannot be published. Carries every problem found, at least one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("a refusal without a reason")
        super().__init__(f"{len(self.problems)} problems:\n" + "\n".join(map(str, self.problems)))


class PipelineError(Exception):
    """Something an operator must mend; the message says what and how."""


def render(problems: Iterable[Problem], style: str) -> str:
    """The problems in a stable order as `text` (a clickable line each), `json`, or `github` annotations."""
    ordered = sorted(set(problems))
    if style == "json":
        listed = json.dumps([asdict(p) for p in ordered], ensure_ascii=False, indent=2)
        return _HALF.sub(lambda half: f"\\u{ord(half.group()):04x}", listed)
    if style == "github":
        return "\n".join(_annotation(p) for p in ordered)
    return "\n".join(map(str, ordered))


_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which no encoding has: JSON can name it, and so can the bytes of a file's name."""


def _annotation(problem: Problem) -> str:
    message = plain(problem.message).replace("%", "%25")
    file = plain(problem.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    place = f"file={file},line={problem.line},col={problem.column},title={problem.rule}"
    return f"::{problem.severity} {place}::{message}"


def first_of_each_place(problems: Iterable[Problem]) -> list[Problem]:
    """The first problem of each cell: what else is said of it only follows."""
    kept: dict[tuple[str, int, int], Problem] = {}
    for problem in problems:
        kept.setdefault((problem.file, problem.line, problem.column), problem)
    return list(kept.values())


MOST = 100_000
"""Most problems that are told of one file: nobody mends more by hand, and a hostile file has one for each of its bytes."""


def enough(found: Iterable[Problem]) -> list[Problem]:
    """The problems of a file, as they are found, but no more than are worth telling; then the last says so."""
    kept = list(itertools.islice(found, MOST))
    if len(kept) == MOST:
        last = kept[-1]
        what = f"{MOST} problems were found up to here; mend those, and check again for more"
        kept.append(Problem(last.file, last.line, last.column, what, "file"))
    return kept


ALIKE = 20
"""Most problems that are told of one file in the same words about the same thing: who mends that mends all."""


def told_once(found: Iterable[tuple[str, Problem]]) -> list[Problem]:
    """The first problems of each file that are alike, by what is named beside each; the last says how many more there are.

    They are found in the order of their lines, and no more are kept of a file than are worth telling.
    """
    counts: Counter[tuple[str, str]] = Counter()
    kept: dict[str, list[Problem]] = defaultdict(list)
    last: dict[tuple[str, str], int] = {}
    for alike, problem in found:
        group, of_file = (problem.file, alike), kept[problem.file]
        if len(of_file) > MOST and group not in counts:
            continue
        counts[group] += 1
        if counts[group] <= ALIKE + 1:
            last[group] = len(of_file)
            of_file.append(problem)
    for group, place in last.items():
        if counts[group] > ALIKE:
            one = kept[group[0]][place]
            more = f"{one.message}; the same holds of {counted(counts[group] - ALIKE, 'cell')} from here on"
            kept[group[0]][place] = replace(one, message=more)
    return [problem for of_file in kept.values() for problem in enough(of_file)]


def only_errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep a release from being made."""
    return [problem for problem in problems if problem.severity == "error"]


def tally(problems: Collection[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    errors = len(only_errors(problems))
    warnings = len(problems) - errors
    parts = [counted(errors, "problem")] * bool(errors) + [counted(warnings, "warning")] * bool(warnings)
    return ", ".join(parts) or "no problems"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def shown(value: str, limit: int = 60) -> str:
    """A value in quotes, fit for one line of a report."""
    short = value if len(value) <= limit else value[: limit - 3] + "..."
    return json.dumps(short, ensure_ascii=False)
