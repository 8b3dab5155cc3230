"""Sources in object storage: a copy in the build folder, brought up to date by what a listing says has changed."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.objects.bucket import Bucket, Stored
from pipeline.objects.copied import in_parallel
from pipeline.problems import PipelineError
from pipeline.whole import write_whole

_INDEX = "sources.json"


def copy_sources(url: str, folder: Path) -> None:
    """Make a folder hold the objects that lie at an address, and no others; fetched is what differs in ETag or size.

    What is below further folders is not looked at. Raises PipelineError where nothing is there.
    """
    bucket = Bucket(url)
    stored = {one.name: one for one in bucket.listed() if "/" not in one.name and not one.name.startswith(".")}
    if not stored:
        raise PipelineError(f"{url} holds no sources; name the place that holds dataset.yaml and the tables' files")
    index = folder.with_name(_INDEX)
    known = _read(index)
    folder.mkdir(parents=True, exist_ok=True)

    def fetch(name: str) -> None:
        copied = bucket.copy(name, folder / name)
        if copied is not None:  # else it was removed since it was listed: the next look says so
            stored[name] = copied

    in_parallel(fetch, [name for name, one in stored.items() if known.get(name) != _state(one, folder / name)])
    for path in folder.iterdir():
        if path.name not in stored and not path.name.startswith("."):
            path.unlink()
    now = {name: _state(one, folder / name) for name, one in stored.items()}
    if now != known:
        write_whole(index, json.dumps(now, indent=1).encode())


def _state(one: Stored, path: Path) -> list[object]:
    """What tells that a copy is the one that was made of an object, and still as it was made."""
    copied = path.stat() if path.is_file() else None
    return [one.etag, one.size, copied.st_size if copied else None, copied.st_mtime_ns if copied else None]


def _read(index: Path) -> dict[str, list[object]]:
    try:
        return dict(json.loads(index.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
