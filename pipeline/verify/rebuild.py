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

from pipeline.files import SUMS, sha256
from pipeline.project import Project
from pipeline.verify.fault import RESTORE, Fault, one_line
from pipeline.verify.manifest import MANIFEST, read_json
from pipeline.verify.succession import order_of, versions
from pipeline.verify.sums import SIGNATURE, find_files

_PATIENCE = 1800
"""Seconds after which a rebuild is given up."""

_OURS = ("DAGSTER_HOME", "WB6_DOCUMENTS", "WB6_PROJECT", "PYTHONHOME", "PYTHONSTARTUP")


class _UnbuiltError(Exception):
    """Why there is nothing to compare with."""

    def __init__(self, file: str, what: str, remedy: str) -> None:
        self.fault = Fault(file, what, remedy)


def rebuilt(project: Project, version: str) -> tuple[list[Fault], str]:
    """What a rebuild of a release gives otherwise; and, where only libraries made a difference, what it is."""
    folder = project.outputs / "releases" / version
    try:
        with tempfile.TemporaryDirectory(prefix="wb6-") as space:
            copy = Path(space).resolve() / "checkout"
            commit = _commit(project, folder)
            _unpack(project, commit, copy)
            _lay_out_store(project, copy, version)
            made = _build(copy, version)
            found, note = compare(folder, made)
            return found, note or (f"the sources at commit {commit[:12]} give the same release" if not found else "")
    except _UnbuiltError as reason:
        return [reason.fault], ""
    except (OSError, tarfile.TarError, subprocess.SubprocessError) as error:
        what = f"could not be rebuilt: {one_line(str(error)).replace(str(project.root), '.')}"
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


def _commit(project: Project, folder: Path) -> str:
    """The commit that gave the release the bytes it has."""
    sums = folder / SUMS
    label = project.label(sums)
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
    whole = _git(project, "archive", "--format=tar", f"{commit}:{prefix}")
    copy.mkdir()
    with tarfile.open(fileobj=io.BytesIO(whole)) as archive:
        kept = [m for m in archive.getmembers() if not m.name.startswith(("outputs/releases", "outputs/latest"))]
        archive.extractall(copy, kept, filter="data")


def _lay_out_store(project: Project, copy: Path, version: str) -> None:
    """Put the older releases beside it, so that the version comes out as it did."""
    releases = copy / "outputs" / "releases"
    releases.mkdir(parents=True)
    earlier = [v for v in versions(project.outputs / "releases") if order_of(v) < order_of(version)]
    for name in earlier:
        shutil.copytree(project.outputs / "releases" / name, releases / name, symlinks=True)
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


def compare(folder: Path, made: Path) -> tuple[list[Fault], str]:
    """How a release differs from what was made anew; and a note where only the libraries at work did.

    Other versions of the libraries write the same tables as other Parquet bytes, and tell so in the metadata.
    """
    if (folder / SUMS).read_bytes() == (made / SUMS).read_bytes():
        return [], ""
    ours, theirs = (_digests(place) for place in (folder, made))
    unlike = sorted(
        name for name in (ours.keys() | theirs.keys()) - {SUMS, SIGNATURE} if ours.get(name) != theirs.get(name)
    )
    before, now = (read_json(place / MANIFEST, MANIFEST)[0].pop("software", None) for place in (folder, made))
    excused = [name for name in unlike if before != now and _of_libraries(folder, made, name)]
    found = [Fault(name, _how(name, ours, theirs), RESTORE) for name in unlike if name not in excused]
    libraries = f"made with {_listed(before)}, rebuilt with {_listed(now)}"
    note = f"all tables are the same as CSV; {len(excused)} files differ in bytes ({libraries})" if excused else ""
    return found, "" if found else note


def _digests(folder: Path) -> dict[str, str]:
    return {name: sha256(path) for name, path in find_files(folder)[0].items()}


def _of_libraries(folder: Path, made: Path, name: str) -> bool:
    """Whether a file may differ by the libraries at work: Parquet and workbooks do, and so do digests of them."""
    if name == MANIFEST:
        one, other = (read_json(place / name, name)[0] for place in (folder, made))
        return {**one, "software": None} == {**other, "software": None}
    both = (folder / name).is_file() and (made / name).is_file()
    return both and name.endswith((".parquet", ".xlsx", ".json"))


def _how(name: str, ours: dict[str, str], theirs: dict[str, str]) -> str:
    if name not in theirs:
        return "is not among what the sources at its commit give"
    if name not in ours:
        return "is given by the sources at its commit, and not here"
    return f"is not what the sources at its commit give (sha256 {theirs[name]})"


def _listed(software: object) -> str:
    return ", ".join(f"{k} {v}" for k, v in software.items()) if isinstance(software, dict) else "libraries not named"
