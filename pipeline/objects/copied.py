"""Copies of releases in the build folder, of which everything is read that is said of them.

A copy is made aside and takes its place whole. One whose bytes are not those of the list of releases is made again.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pipeline.files import SUMS, sha256
from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import Entry
from pipeline.problems import PipelineError
from pipeline.verify.sums import SIGNATURE, UNLISTED, check_sums, inside, read_sums

AT_ONCE = 8
"""How many objects are sent or fetched at once."""


def is_copy(folder: Path, of: Entry) -> bool:
    """Whether a folder holds a release to the byte."""
    sums = folder / SUMS
    return sums.is_file() and sha256(sums) == of.sums and not check_sums(folder).faults


def copy_release(bucket: Bucket, of: Entry, folder: Path) -> None:
    """Make a folder a copy of a release. Raises PipelineError where what is stored is not what was published."""
    with _aside(folder) as aside:
        _fetch(bucket, of, aside, [SUMS])
        if sha256(aside / SUMS) != of.sums:
            raise _damaged(bucket, of, f"{SUMS} is not the one that was published")
        stated, wrong = read_sums(aside / SUMS)
        if wrong:
            raise _damaged(bucket, of, str(wrong[0]))
        signature = bucket.read(f"{of.folder}/{SIGNATURE}")
        if signature:
            (aside / SIGNATURE).write_bytes(signature[0])
        _fetch(bucket, of, aside, stated)
        faults = check_sums(aside).faults
        if faults:
            raise _damaged(bucket, of, str(faults[0]))


def copy_as_stored(bucket: Bucket, of: Entry, folder: Path) -> None:
    """Make a folder a copy of a release's objects as they are, right or wrong, so that they can be proved."""
    stored = [one.name.removeprefix(f"{of.folder}/") for one in bucket.listed(of.folder)]
    with _aside(folder) as aside:
        _fetch(bucket, of, aside, filter(inside, stored))


def _fetch(bucket: Bucket, of: Entry, folder: Path, names: Iterable[str]) -> None:
    def one(name: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        bucket.download(f"{of.folder}/{name}", path)

    in_parallel(one, [name for name in names if name not in UNLISTED or not (folder / name).exists()])


def in_parallel(work: Callable[[str], object], names: Iterable[str]) -> None:
    """Do some work for every name, several at once; the first failure ends it."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            list(pool.map(work, names))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _damaged(bucket: Bucket, of: Entry, what: str) -> PipelineError:
    return PipelineError(f"{bucket.url}/{of.folder} is not as it was published: {what}; restore it in the bucket")


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder that takes the place of another one in the end. One process at a time; what a killed one left is cleared away."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name(".fetching")
    with folder.with_name(".fetching.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        try:
            yield aside
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
