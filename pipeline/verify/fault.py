"""One thing wrong with a release, on one line: the file, what is wrong, and how to mend it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.problems import PipelineError

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
        return one_line(f"{self.file}: {self.what}; {self.remedy}")

    def within(self, folder: str) -> Fault:
        """The same, its file named from further up."""
        return replace(self, file=f"{folder}/{self.file}")


def one_line(text: str) -> str:
    """A text that may hold anything, such as the name of a strange file, as one printable line."""
    plain = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in plain)


class UncheckedError(PipelineError):
    """A proof that could not be made, for a reason that says nothing about the release."""


def not_of_the_release(error: BaseException) -> None:
    """Raise UncheckedError or KeyboardInterrupt where an error is of this machine or its user, and no fault of a file."""
    import duckdb

    # DuckDB makes this of Ctrl-C; its InterruptException may also come of a damaged file, so that is a fault.
    if type(error) is RuntimeError and "interrupted" in str(error).lower():
        raise KeyboardInterrupt from None
    if isinstance(error, (MemoryError, duckdb.OutOfMemoryException)):
        raise UncheckedError(_NO_MEMORY) from None
    number = getattr(error, "errno", None)
    for lacking in _LACKING:
        if number == lacking or (isinstance(error, duckdb.Error) and os.strerror(lacking) in str(error)):
            raise UncheckedError(
                f"the release could not be checked: {os.strerror(lacking)}; make room, and verify again"
            )


_NO_MEMORY = "the release could not be checked: out of memory; give more with WB6_MEMORY, such as 4GB"
_LACKING = (errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE)


@contextmanager
def by_means() -> Iterator[None]:
    """Tell what a proof lacked, where it could not be made: see not_of_the_release."""
    try:
        yield
    except Exception as error:
        not_of_the_release(error)
        raise


def told(error: BaseException, folder: Path) -> str:
    """The first line of an error, without the path of this machine."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].replace(f"{folder}/", "").rstrip(".")


def some(faults: Sequence[Fault]) -> list[Fault]:
    """The first of many faults of one kind in one file, and how many more there are."""
    if len(faults) <= _SHOWN:
        return list(faults)
    left = len(faults) - _SHOWN
    return [*faults[:_SHOWN], replace(faults[_SHOWN], what=f"and {left} more of the kind")]


def contradictions(file: str, whats: Iterable[str]) -> list[Fault]:
    """Faults of one file that says what the rest of its release does not."""
    return some([Fault(file, what) for what in whats])
