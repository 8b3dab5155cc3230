"""The release store: one publisher at a time, each release moved in whole, `latest` moved last."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.engine import Connection
from pipeline.files import SUMS
from pipeline.problems import PipelineError
from pipeline.verify import faults


@contextmanager
def alone(outputs: Path) -> Iterator[None]:
    """Hold the store's lock, which the system frees when its holder dies. Raises PipelineError where it is held."""
    outputs.mkdir(parents=True, exist_ok=True)
    with (outputs / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PipelineError(
                "another release is being published to this store; run wb6 release again after it"
            ) from None
        yield


def move_in(con: Connection, outputs: Path, staging: Path, version: str) -> Path:
    """Give a staged release its name, then point `latest` at it; each step is whole or not at all.

    Where a killed run left the very same release under that name, only `latest` is moved. Raises PipelineError where
    another one is there: a release is never written again.
    """
    folder = outputs / "releases" / version
    if folder.exists():
        same = (folder / SUMS).is_file() and (folder / SUMS).read_bytes() == (staging / SUMS).read_bytes()
        if not same or faults(con, folder):
            what = f"outputs/releases/{version} is there already and a release is never written again"
            raise PipelineError(f"{what}; move it away, or point outputs/latest at it")
    else:
        for path in [*staging.rglob("*"), staging]:
            _sync(path)
        staging.rename(folder)
        _sync(folder.parent)
    link = outputs / ".latest"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / version, target_is_directory=True)
    link.replace(outputs / "latest")
    _sync(outputs)
    return folder


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
