"""Proofs that could not be made: what this machine or its user is the reason of says nothing about a release."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.disk import number_of
from pipeline.problems import PipelineError

_MEMORY = "give more with WB6_MEMORY, such as 4GB"
_FILES = "close files or raise the limit (ulimit -n)"
_REMEDIES = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room or have the quota raised",
    errno.ENOMEM: _MEMORY,
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.EIO: "check the disk",
}
"""What this machine may lack, and how to mend it."""


class UncheckedError(PipelineError):
    """A proof that could not be made, for a reason that says nothing about the release."""


def raise_if_unchecked(error: BaseException) -> None:
    """Raise UncheckedError or KeyboardInterrupt where an error is of this machine or its user, and no fault of a file."""
    import duckdb

    # DuckDB makes this of Ctrl-C; its InterruptException may also come of a damaged file, so that is a fault.
    if type(error) is RuntimeError and "interrupted" in str(error).lower():
        raise KeyboardInterrupt from None
    if isinstance(error, (MemoryError, duckdb.OutOfMemoryException)):
        raise UncheckedError(f"the release could not be checked: out of memory; {_MEMORY}") from None
    number = number_of(error, _REMEDIES)
    if number is not None:
        what = f"{os.strerror(number)}; {_REMEDIES[number]}, and verify again"
        raise UncheckedError(f"the release could not be checked: {what}") from None


@contextmanager
def unchecked_where_lacking() -> Iterator[None]:
    """Tell what a proof lacked, where it could not be made: see raise_if_unchecked."""
    try:
        yield
    except Exception as error:
        raise_if_unchecked(error)
        raise
