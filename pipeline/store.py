"""The release store: one publisher at a time, each release moved in whole, `latest` moved last.

What a killed publisher can leave, and what the next one does about it (`mend`): a folder `.staging` and a link
`.latest`, which are cleared away; and a whole release that `latest` does not lead to yet, to which it is moved.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.engine import Connection
from pipeline.problems import PipelineError
from pipeline.releases import order_of
from pipeline.whole import sync


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


@contextmanager
def staging(outputs: Path) -> Iterator[Path]:
    """An empty folder beside the releases, gone afterwards whatever happens; nothing of an earlier run is in it."""
    folder = outputs / "releases" / ".staging"
    _clear(folder)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        with suppress(OSError):  # what cannot be cleared away now is cleared away by the next run
            _clear(folder)


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


Faults = Callable[[Connection, Path], Sequence[str]]
"""What is wrong with a release in a folder."""


def mend(con: Connection, outputs: Path, faults: Faults) -> bool:
    """Finish what a killed publisher began; tell whether `latest` was moved.

    A release is moved in only once it is verified and on the disk, so one that follows the latest is as good as
    published: it lacks the link. Where there is none, or where it is damaged, `latest` stays.
    """
    _clear(outputs / ".latest")
    moved = False
    while (folder := _follower(outputs)) and not faults(con, folder):
        point(outputs, folder.name)
        moved = True
    return moved


def _follower(outputs: Path) -> Path | None:
    """The release that says it was made after the latest, or the first one where there is no latest."""
    link = outputs / "latest"
    if link.is_symlink() != link.exists():
        return None  # a link that leads nowhere, or no link: not what a killed run leaves
    now = link.resolve().name if link.is_symlink() else None
    after = [
        folder
        for folder in (outputs / "releases").iterdir()
        if re.fullmatch(r"\d+\.\d+\.\d+", folder.name) and _says(folder) == {"version": folder.name, "previous": now}
    ]
    return max(
        (f for f in after if now is None or order_of(f.name) > order_of(now)),
        key=lambda f: order_of(f.name),
        default=None,
    )


def _says(folder: Path) -> dict[str, str | None]:
    """The version that a release gives itself and the one before; nothing where it has no sound manifest."""
    try:
        listed = json.loads((folder / "manifest.json").read_text("utf-8"))
        return {"version": listed["version"], "previous": listed["previous"]}
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return {}


def move_in(outputs: Path, staged: Path, version: str) -> Path:
    """Give a staged release its name, then point `latest` at it; each step is whole or not at all.

    Raises PipelineError where that version is there: a release is never written again.
    """
    folder = outputs / "releases" / version
    if folder.exists() or folder.is_symlink():
        what = f"outputs/releases/{version} is there already and a release is never written again"
        raise PipelineError(f"{what}; move it away, or point outputs/latest at it")
    for path in [*staged.rglob("*"), staged]:
        sync(path)
    link = _link(outputs, version)  # made before the release is moved in: a full disk must not come between the two
    try:
        staged.rename(folder)
    except OSError:
        link.unlink()
        raise
    sync(folder.parent)
    link.replace(outputs / "latest")
    try:
        sync(outputs)
    except OSError as error:
        what = f"outputs/latest leads to release {version}, but the disk does not confirm that it keeps that ({error.strerror})"
        raise PipelineError(f"{what}; check the disk and run wb6 release again") from None
    return folder


def point(outputs: Path, version: str) -> None:
    """Point `latest` at a release, in one step."""
    _link(outputs, version).replace(outputs / "latest")
    sync(outputs)


def _link(outputs: Path, version: str) -> Path:
    link = outputs / ".latest"
    _clear(link)
    link.symlink_to(Path("releases") / version, target_is_directory=True)
    return link
