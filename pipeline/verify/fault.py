"""One thing wrong with a release, on one line: the file, what is wrong, and how to mend it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipeline.hidden import plain

RESTORE = "restore it from the repository's history"
"""The remedy where a file is not as it was published."""

WITHDRAW = "restore the release from the repository's history; if it was published so, withdraw it"
"""The remedy where a release contradicts itself: it is never written again."""

_SHOWN = 20


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with one file, and the remedy. `file` is relative to the release."""

    file: str
    what: str
    remedy: str = WITHDRAW

    def __str__(self) -> str:
        return plain(f"{self.file}: {self.what}; {self.remedy}")

    def within(self, folder: str) -> Fault:
        """The same, its file named from further up."""
        return replace(self, file=f"{folder}/{self.file}")


def told(error: BaseException, folder: Path) -> str:
    """The first line of an error, without the path of this machine."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].replace(f"{folder}/", "").rstrip(".")


def some(faults: Iterable[Fault]) -> list[Fault]:
    """The first of many faults of one kind in one file, and how many more there are; those are not kept."""
    found = iter(faults)
    first = list(islice(found, _SHOWN))
    left = deque(enumerate(found, 1), maxlen=1)
    return [*first, *(replace(fault, what=f"and {number} more of the kind") for number, fault in left)]


def contradictions(file: str, whats: Iterable[str]) -> list[Fault]:
    """Faults of one file that says what the rest of its release does not."""
    return some(Fault(file, what) for what in whats)
