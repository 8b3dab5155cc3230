"""A release rebuilt from the sources at its commit, by that commit's own code, has the same digests."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from pipeline.files import SUMS
from pipeline.hidden import plain
from pipeline.project import Project
from pipeline.releases import order_of
from pipeline.stores import Store, store_of
from pipeline.verify.equality import compare
from pipeline.verify.fault import RESTORE, Fault

_PATIENCE = 1800
"""Seconds after which a rebuild is given up."""

_OURS = ("DAGSTER_HOME", "WB6_DOCUMENTS", "WB6_OUTPUTS", "WB6_PROJECT", "WB6_SOURCES", "PYTHONHOME", "PYTHONSTARTUP")


class _UnbuiltError(Exception):
    """Why there is nothing to compare with."""

    def __init__(self, file: str, what: str, remedy: str) -> None:
        self.fault = Fault(file, what, remedy)


def rebuilt(project: Project, version: str) -> tuple[list[Fault], str]:
    """What a rebuild of a release gives otherwise; and, where only libraries made a difference, what it is."""
    store = store_of(project)
    folder = store.folder(version)
    try:
        with tempfile.TemporaryDirectory(prefix="wb6-") as space:
            copy = Path(space).resolve() / "checkout"
            commit = _commit(project, folder, version)
            _unpack(project, commit, copy)
            _lay_out_store(store, copy, version)
            made = _build(copy, version)
            found, note = compare(folder, made)
            return found, note or (f"the sources at commit {commit[:12]} give the same release" if not found else "")
    except _UnbuiltError as reason:
        return [reason.fault], ""
    except (OSError, tarfile.TarError, subprocess.SubprocessError) as error:
        what = f"could not be rebuilt: {plain(str(error)).replace(str(project.root), '.')}"
        return [Fault(SUMS, what, "make room, or mend the checkout, and try again")], ""


def _git(project: Project, *arguments: str) -> bytes:
    """What git says of the project's checkout. Raises _UnbuiltError where it does not know."""
    command = ["git", "-C", str(project.root), "-c", "core.autocrlf=false", *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}  # a hook's would mislead
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise _UnbuiltError(SUMS, "cannot be rebuilt: there is no git", "install git") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        what = f"cannot be rebuilt: {said[-1] if said else 'git fails'}".replace(str(project.root), ".")
        raise _UnbuiltError(SUMS, what, "verify in a clone of the repository")
    return done.stdout


def _commit(project: Project, folder: Path, version: str) -> str:
    """The commit that gave the release the bytes it has."""
    sums = folder / SUMS
    label = f"outputs/releases/{version}/{SUMS}"
    commit = _git(project, "rev-list", "-1", "HEAD", "--", label).decode().strip()
    if not commit:
        raise _UnbuiltError(
            SUMS, "was never committed, so its sources are not known", "commit the release with its sources"
        )
    if (
        sums.is_symlink()
        or not sums.is_file()
        or _git(project, "cat-file", "blob", f"{commit}:./{label}") != sums.read_bytes()
    ):
        raise _UnbuiltError(SUMS, f"is not as commit {commit[:12]} has it", RESTORE)
    shallow = _git(project, "rev-parse", "--is-shallow-repository").strip() == b"true"
    if shallow and len(_git(project, "rev-list", "--parents", "-1", commit).split()) == 1:
        raise _UnbuiltError(SUMS, "lies before the history of this shallow clone", "run git fetch --unshallow")
    return commit


def _unpack(project: Project, commit: str, copy: Path) -> None:
    """Lay out the project as the commit has it, releases left out."""
    prefix = _git(project, "rev-parse", "--show-prefix").decode().strip()
    left_out = (f":(exclude)outputs/{name}" for name in ("releases", "latest"))
    whole = _git(project, "archive", "--format=tar", f"{commit}:{prefix}", "--", ".", *left_out)
    copy.mkdir()
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        archive.extractall(copy, filter="data")


def _lay_out_store(store: Store, copy: Path, version: str) -> None:
    """Put the older releases beside it, so that the version comes out as it did."""
    releases = copy / "outputs" / "releases"
    releases.mkdir(parents=True)
    earlier = [v for v in store.versions() if order_of(v) < order_of(version)]
    for name in earlier:
        shutil.copytree(store.folder(name), releases / name, symlinks=True)
    if earlier:
        (copy / "outputs" / "latest").symlink_to(Path("releases") / earlier[-1])


def _build(copy: Path, version: str) -> Path:
    """Run the release command that the commit has; the folder of what it made."""
    command = [sys.executable, "-m", "pipeline.cli", "--project", str(copy), "release", "--quiet"]
    environment = {k: v for k, v in os.environ.items() if k not in _OURS}
    environment |= {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603
        command, cwd=copy, env=environment, capture_output=True, check=False, timeout=_PATIENCE
    )
    made = copy / "outputs" / "releases" / version
    if done.returncode or not (made / SUMS).is_file():
        said = (done.stdout + done.stderr).decode("utf-8", "replace").replace(f"{copy}/", "").strip().splitlines()
        what = f"the sources at its commit do not give release {version}: {said[0] if said else 'nothing was said'}"
        raise _UnbuiltError(SUMS, what, "verify with the libraries of requirements.lock at that commit")
    return made
