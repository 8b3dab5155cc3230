"""Files that are there whole or not at all: written aside, brought to the disk, then renamed."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_LEFT = 3600
"""Seconds after which a file aside is taken for one whose writer was killed."""


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that a reader or a crash meets the old content or the new."""
    _replace(path, [content], lasting=True)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The same with content that comes piece by piece, and is not held as a whole."""
    _replace(path, pieces, lasting=True)


def keep_if_possible(path: Path, content: str | bytes) -> None:
    """Replace a file that only saves time. One that the disk does not take is missed by nobody: what it holds is made again."""
    with suppress(OSError):
        _replace(path, [content.encode() if isinstance(content, str) else content], lasting=False)


def _replace(path: Path, pieces: Iterable[bytes], *, lasting: bool) -> None:
    """Write a file aside, under a name that nobody foresees and nothing has yet, and have it take its place or be gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    start = f".{path.name[:40]}."  # so that any name that the disk takes has room for the rest
    _sweep(path.parent, start)
    aside = path.with_name(f"{start}{secrets.token_hex(8)}.partial")
    file = aside.open("xb")  # what has that name is neither opened nor, where it is a link, followed
    try:
        with file:
            file.writelines(pieces)
        if lasting:
            sync(aside)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def _sweep(folder: Path, start: str) -> None:
    """Remove what writers that were killed have left of files whose names begin alike."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and entry.name.endswith(".partial"):
                with suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _LEFT:
                        Path(entry.path).unlink()


def sync(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk and outlives a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
