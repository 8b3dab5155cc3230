"""One place in a bucket: objects read, written, listed and removed over HTTP.

Credentials are taken from the environment by obstore, and are nowhere else. It is imported where a bucket is opened only.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.objects.failure import failure
from pipeline.problems import PipelineError
from pipeline.whole import write_pieces

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import S3Store

_FROM_ENVIRONMENT = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_SKIP_SIGNATURE",
)
"""One of these must be set: otherwise obstore asks an address that only machines of Amazon's know."""

_TYPES = MimeTypes()  # as Python has them, whatever this machine's own lists say


@dataclass(frozen=True)
class Stored:
    """An object as a listing has it: its name from the place on, and what tells its content from another."""

    name: str
    etag: str
    size: int
    modified: datetime.datetime


class Bucket:
    """A place in object storage. Every failure is an ObjectError that names the place."""

    def __init__(self, url: str) -> None:
        """Open the place that an address as s3://bucket/prefix names. Raises PipelineError where there are no credentials."""
        self.url = url
        self._store = _open(url)

    def read(self, name: str) -> tuple[bytes, Stored] | None:
        """The content of an object and what it is; None where there is none."""
        found = self._get(name)
        return (b"".join(self._streamed(name, found)), _stored(found.meta)) if found else None

    def copy(self, name: str, path: Path) -> Stored | None:
        """Replace a file by the content of an object in one step, and tell what that is; None where there is none."""
        found = self._get(name)
        if found is None:
            return None
        write_pieces(path, self._streamed(name, found))
        return _stored(found.meta)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of an object, piece by piece. Raises ObjectError where there is none."""
        import obstore

        with self._told(name, "read"):
            found = obstore.get(self._store, name)
        yield from self._streamed(name, found)

    def _get(self, name: str) -> GetResult | None:
        import obstore

        with self._told(name, "read"):
            try:
                return obstore.get(self._store, name)
            except FileNotFoundError as error:
                if failure(error, "", "").missing:
                    return None
                raise

    def _streamed(self, name: str, found: GetResult) -> Iterator[bytes]:
        with self._told(name, "read"):
            yield from map(bytes, found.stream())

    def download(self, name: str, path: Path) -> None:
        """Write the content of an object to a file."""
        with path.open("wb") as out:
            for piece in self.pieces(name):
                out.write(piece)

    def listed(self, folder: str = "") -> list[Stored]:
        """Every object below a folder, in name order."""
        import obstore

        with self._told(folder, "listed"):
            found = obstore.list(self._store, folder or None, chunk_size=1000)
            return sorted((_stored(meta) for chunk in found for meta in chunk), key=lambda one: one.name)

    def write(self, name: str, path: Path) -> None:
        """Make the content of a file an object, in place of one that is there."""
        import obstore

        kind, _ = _TYPES.guess_type(name)
        with self._told(name, "written"):
            obstore.put(self._store, name, path, attributes={"Content-Type": kind} if kind else None)

    def write_if(self, name: str, content: bytes, etag: str | None) -> bool:
        """Write an object if it is still the one of that ETag or, where that is None, if there is none; tell whether it was."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        kind, _ = _TYPES.guess_type(name)
        with self._told(name, "written"):
            try:
                obstore.put(
                    self._store,
                    name,
                    content,
                    attributes={"Content-Type": kind} if kind else None,
                    mode="create" if etag is None else {"e_tag": etag},
                )
            except (AlreadyExistsError, PreconditionError) as error:
                if "NoSuchBucket" in str(error):
                    raise
                return False
            return True

    def remove(self, names: Sequence[str]) -> None:
        """Remove objects."""
        import obstore

        with self._told(names[0] if len(names) == 1 else "", "removed from"):
            obstore.delete(self._store, list(names))

    @contextmanager
    def _told(self, name: str, verb: str) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, FileNotFoundError, PermissionError) as error:
            if isinstance(error, OSError) and error.errno is not None:  # of this machine's disk
                raise
            raise failure(error, f"{self.url}/{name}" if name else self.url, verb) from None


def _stored(meta: object) -> Stored:
    said = dict(meta)  # type: ignore[call-overload]
    return Stored(said["path"], said["e_tag"] or "", said["size"], said["last_modified"])


def _open(url: str) -> S3Store:
    from obstore.store import S3Store

    if not any(os.environ.get(variable) for variable in _FROM_ENVIRONMENT):
        raise PipelineError(
            f"{url} cannot be reached without credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the "
            "environment or, where anybody may read it, AWS_SKIP_SIGNATURE=true"
        )
    name, _, prefix = url.removeprefix("s3://").partition("/")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    try:
        return S3Store(
            name,
            prefix=prefix or None,
            config={"conditional_put": "etag"},
            client_options={
                "allow_http": endpoint.startswith("http://"),
                "connect_timeout": "5s",
                "read_timeout": "60s",
                "timeout": "30m",
            },
            retry_config={"max_retries": 4, "retry_timeout": datetime.timedelta(minutes=2)},
        )
    except Exception as error:
        raise failure(error, url, "opened") from None
