"""What was made of what: a record beside each thing in the build folder, so that what is still true is not made again.

A record holds digests: of the code, of each file and part that a thing was made from, and of the thing itself. They are
of content, never of times, so that a copy of a checkout or a restored file is as good as the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.blueprint import EXPLORER, RELEASE
from pipeline.disk import tells_of_the_disk
from pipeline.explorer.place import page_of_latest
from pipeline.files import sha256_once
from pipeline.project import Project
from pipeline.record import record_path
from pipeline.stores import store_of
from pipeline.whole import keep_if_possible
from pipeline.workdir import Workdir

MISSING = "missing"
"""The digest of a file that is not there."""


@dataclass(frozen=True)
class Made:
    """One record: digests of what a thing was made from, by name, the digest of the thing, and its rows."""

    inputs: Mapping[str, str]
    product: str
    rows: int | None = None


def _path(project: Project, name: str) -> Path:
    return project.build / "made" / f"{name}.json"


def read_made(project: Project, name: str) -> Made | None:
    """The record of a thing; None where there is none that can be read."""
    try:
        said = json.loads(_path(project, name).read_text("utf-8"))
        return Made(dict(said["inputs"]), said["product"], said["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_made(project: Project, name: str, made: Made) -> None:
    """Keep the record of a thing."""
    keep_if_possible(_path(project, name), json.dumps(asdict(made)))


def forget(project: Project, names: Iterable[str]) -> None:
    """Drop the records of some things, so that they are made again."""
    for name in names:
        _path(project, name).unlink(missing_ok=True)


def content(path: Path) -> str:
    """The digest of a file's bytes, or of the files of a folder, or `missing`, as also where they cannot be read."""
    try:
        if path.is_dir():
            return hashlib.sha256("".join(map(sha256_once, sorted(path.iterdir()))).encode()).hexdigest()
        return sha256_once(path) if path.is_file() else MISSING
    except OSError:  # told where it is read
        return MISSING


@tells_of_the_disk
def product(project: Project, name: str, written: bool) -> str:
    """The digest of what is kept of a part now: of a table that people write, all its layers."""
    if name == "evidence":
        return content(record_path(project))
    if name == RELEASE:
        return store_state(project.outputs, store_of(project).beside)
    if name == EXPLORER:
        return content(page_of_latest(project.outputs, project.build))
    work = Workdir(project.build)
    return work.version(name) if written else content(work.path("tables", name))


def texts(project: Project) -> str | None:
    """A digest of every text in the folder of documents; None where none is named."""
    if project.documents is None:
        return None
    found = sorted(p for p in project.documents.iterdir() if p.suffix in (".txt", ".pdf") and p.is_file())
    return hashlib.sha256("\n".join(f"{p.name} {sha256_once(p)}" for p in found).encode()).hexdigest()


def store_state(outputs: Path, beside: Callable[[], list[str]]) -> str:
    """A digest of the latest release to the byte, of where `latest` leads, and of what is beside it.

    `missing` where `latest` leads to no release. What a killed publisher left is part of it: the next one clears it away.
    """
    link = outputs / "latest"
    if not link.is_symlink() or not (link / "manifest.json").is_file():
        return MISSING
    whole = hashlib.sha256(f"{link.readlink()} {' '.join(beside())}".encode())
    folder = link.resolve()
    for path in sorted(folder.rglob("*")):
        kind = f"link to {path.readlink()}" if path.is_symlink() else content(path) if path.is_file() else "folder"
        whole.update(f"\n{path.relative_to(folder).as_posix()} {kind}".encode())
    return whole.hexdigest()


def latest_version(project: Project) -> str:
    """The version that `latest` leads to."""
    return (project.outputs / "latest").resolve().name
