"""Publishing to object storage: sent, read back, then added to the list of releases in one conditional put.

A release lies in a folder named by its content. So what a killed publisher leaves is harmless, the next one of the same
release goes on where it ended, and two publishers never write other bytes to the same object. Nothing is published until
`latest.json` names it, and that is replaced only if it is still the one that the release was planned from.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import SUMS, sha256
from pipeline.objects.bucket import Bucket, Stored
from pipeline.objects.catalogue import NAME, Catalogue, Entry, entry, read
from pipeline.objects.copied import in_parallel
from pipeline.objects.failure import ObjectError
from pipeline.problems import PipelineError
from pipeline.verify.sums import find_files

PROBE = "conditional-put-probe"
"""An object that is there to be refused: a server that replaces it in spite of a condition is no place to publish to."""

_KEPT_FOR = datetime.timedelta(days=1)
_TRIES = 3


@dataclass(frozen=True)
class Seen:
    """The list of releases as it was read, None where there was none, with the ETag to replace it by."""

    catalogue: Catalogue | None
    etag: str | None


def look(bucket: Bucket) -> Seen:
    """The list of releases as it is now."""
    found = bucket.read(NAME)
    return Seen(read(found[0], bucket.url), found[1].etag) if found else Seen(None, None)


def publish_objects(bucket: Bucket, staged: Path, version: str, seen: Seen) -> Catalogue:
    """Make a staged release the latest, if the list of releases is still as it was seen; the list with it.

    Raises PipelineError where it is not, where the server cannot refuse a put, or where what is stored is not what was
    sent; then nothing is published.
    """
    new = entry(version, sha256(staged / SUMS))
    before = seen.catalogue.releases if seen.catalogue else ()
    if seen.catalogue and seen.catalogue.find(version):
        what = f"{bucket.url} has a release {version} already and a release is never written again"
        raise PipelineError(f"{what}; restore {NAME} to the state that names it last")
    _refuse_without_conditions(bucket)
    _send(bucket, staged, new)
    after = Catalogue((*before, new))
    _commit(bucket, after, seen)
    with suppress(ObjectError):  # who may not remove leaves what is harmless
        _tidy(bucket, after)
    return after


def _refuse_without_conditions(bucket: Bucket) -> None:
    """Raise PipelineError where the server replaces an object in spite of If-None-Match or If-Match."""
    try:
        refused = not bucket.write_if(PROBE, b"", None) or not bucket.write_if(PROBE, b"", None)
        refused = refused and not bucket.write_if(PROBE, b"", f'"{"0" * 32}"')
    except ObjectError as error:
        if not error.unsupported:
            raise
        refused = False
    if not refused:
        raise PipelineError(
            f"{bucket.url}: the server does not honour conditional puts (If-None-Match, If-Match), so that two publishers "
            "could undo each other's work; nothing was published: use a server that does, or publish to a folder"
        )


def _send(bucket: Bucket, staged: Path, new: Entry) -> None:
    """Have every file of a release stored, and read each back. What is there with the same bytes is not sent again."""
    files, _ = find_files(staged)
    stored = {one.name: one for one in bucket.listed(new.folder)}

    def one(name: str) -> None:
        path, key = files[name], f"{new.folder}/{name}"
        meant = sha256(path)
        if key in stored and stored[key].size == path.stat().st_size and _digest(bucket, key) == meant:
            return
        bucket.write(key, path)
        if _digest(bucket, key) != meant:
            raise PipelineError(f"{bucket.url}/{key} was not stored as it was sent; nothing was published: try again")

    in_parallel(one, files)


def _digest(bucket: Bucket, key: str) -> str:
    whole = hashlib.sha256()
    for piece in bucket.pieces(key):
        whole.update(piece)
    return whole.hexdigest()


def _commit(bucket: Bucket, after: Catalogue, seen: Seen) -> None:
    """Replace the list of releases, if it is still the one that was seen.

    A put whose answer was lost is found refused when it is tried again, though it was carried out: what is there now
    tells. So does it where somebody stored the same list anew, under another ETag.
    """
    etag = seen.etag
    for _ in range(_TRIES):
        broken: ObjectError | None = None
        try:
            if bucket.write_if(NAME, after.content(), etag):
                return
        except ObjectError as error:
            broken = error
        now = look(bucket)
        if now.catalogue and after.latest in now.catalogue.releases:
            return
        if now.catalogue != seen.catalogue:
            other = now.catalogue.latest.version if now.catalogue else "none, the list was removed"
            raise PipelineError(f"another release was published meanwhile: {other}; run wb6 release again")
        if broken:
            raise broken
        etag = now.etag
    raise PipelineError(f"{bucket.url}/{NAME} was refused {_TRIES} times, and nobody changed it; run wb6 release again")


def _tidy(bucket: Bucket, now: Catalogue) -> None:
    """Remove folders that no release is in and nothing was added to for a day, by the server's clock.

    Whoever could still be filling such a folder planned before the list was replaced, and cannot publish any more.
    """
    found = bucket.read(NAME)
    if found is None:
        return
    named = {one.folder for one in now.releases}
    for folder, objects in _folders(bucket).items():
        newest = max(one.modified for one in objects.values())
        if folder not in named and newest < found[1].modified - _KEPT_FOR:
            bucket.remove(list(objects))


def _folders(bucket: Bucket) -> dict[str, Mapping[str, Stored]]:
    """The objects below releases/ by the folder that they lie in."""
    by_folder = itertools.groupby(bucket.listed("releases"), lambda one: "/".join(one.name.split("/")[:2]))
    return {folder: {one.name: one for one in objects} for folder, objects in by_folder}
