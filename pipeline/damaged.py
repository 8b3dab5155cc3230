"""A release that does not let itself be read: told as that, in place of what its reader stumbled over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.hidden import plain
from pipeline.problems import PipelineError
from pipeline.verify.unchecked import raise_if_unchecked


@contextmanager
def told_where_damaged(*folders: Path) -> Iterator[None]:
    """Raise PipelineError where what is done here fails on a release: in DuckDB or Arrow, or since a file is not as published.

    Any other failure is one of this code, and raised as it is.
    """
    try:
        yield
    except PipelineError:
        raise
    except Exception as error:
        raise_if_unchecked(error)
        if type(error).__module__.partition(".")[0] in _READERS:
            raise PipelineError(_told(folders, str(error).strip().split("\n")[0])) from None
        faults = _faults(folders)
        if not faults:
            raise
        raise PipelineError(_told(folders, faults[0])) from error


def refuse_damaged(folder: Path, but: str) -> None:
    """Raise PipelineError where a file of a release, other than one, is not as it was published."""
    faults = [fault for fault in _faults((folder,)) if not fault.startswith(f"{but}:")]
    if faults:
        raise PipelineError(_told((folder,), faults[0]))


_READERS = ("_duckdb", "duckdb", "pyarrow")


def _faults(folders: tuple[Path, ...]) -> list[str]:
    from pipeline.verify.sums import sum_faults

    return [fault for folder in folders for fault in sum_faults(folder)]


def _told(folders: tuple[Path, ...], what: str) -> str:
    names = " or ".join(folder.name for folder in folders)
    for folder in folders:
        what = what.replace(f"{folder}/", "")
    return f"release {names} does not let itself be read: {plain(what)}; see wb6 verify"
