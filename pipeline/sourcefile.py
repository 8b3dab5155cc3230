"""Files that people write, before anything is read from them: ordinary files of the sources folder, and no larger than sense."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from pipeline.problems import Problem, SourceError, counted

_MEGABYTE = 1 << 20


def unfit(path: Path, label: str, missing: str, rule: str = "file") -> Problem | None:
    """Why a path cannot be read as a source file, `missing` where nothing is there; None where it can.

    What a link leads to outside the folder is not read: nobody who looks at the sources would see it, and whoever sends
    some could have any file of this machine printed or published.
    """
    what = _unfit(path)
    return Problem(label, 1, 1, what or missing, rule) if what is not None else None


def _unfit(path: Path) -> str | None:
    """What is wrong with it; empty where nothing is there."""
    try:
        if not path.is_symlink() and not path.exists():
            return ""
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, before Python 3.13
        if isinstance(error, RuntimeError) or error.errno == errno.ELOOP:
            return "a symbolic link that leads to itself; put the file itself here"
        if isinstance(error, FileNotFoundError):
            return "a symbolic link to nothing; put the file itself here"
        return f"cannot be read ({error.strerror}); make it a readable file"
    if not real.is_relative_to(path.parent.resolve()):
        return "a symbolic link out of the folder; put the file itself here"
    if stat.S_ISDIR(mode):
        return "a folder, not a file; put the file in its place"
    if not stat.S_ISREG(mode):
        return "a pipe or a device, not a file; put the file in its place"
    return None


def content(path: Path, label: str, missing: str, megabytes: int, rule: str = "file") -> bytes:
    """The bytes of a source file that is read whole. Raises SourceError where it cannot be, or is too large."""
    if wrong := unfit(path, label, missing, rule):
        raise SourceError([wrong])
    try:
        if path.stat().st_size > megabytes * _MEGABYTE:
            what = f"larger than {counted(megabytes, 'megabyte')}; put the right file here"
            raise SourceError([Problem(label, 1, 1, what, rule)])
        return path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror}); make it a readable file"
        raise SourceError([Problem(label, 1, 1, what, rule)]) from None
