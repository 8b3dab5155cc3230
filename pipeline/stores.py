"""Where releases are kept: in a folder or in object storage, behind one interface; and sources with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.engine import Connection
from pipeline.place import is_remote
from pipeline.project import Project
from pipeline.store import Faults


class Store(Protocol):
    """The releases and the record of evidence, as the pipeline and readers need them."""

    def refresh(self) -> None:
        """Have the record of evidence, and the list of releases, as they are now."""

    def versions(self) -> list[str]:
        """The releases, oldest first."""

    def beside(self) -> list[str]:
        """What tells one state of the store from another, the latest release aside; asks nobody, as `refresh` left it."""

    def folder(self, version: str | None = None) -> Path:
        """The files of a release, by default of the latest. It need not be there where there is no such release."""

    def proof(self, version: str) -> Path:
        """What is stored of a release, right or wrong, in a folder beside the release before it."""

    def mend(self, con: Connection, faults: Faults) -> bool:
        """Finish what a killed publisher began, if it has no faults; tell whether that made another release the latest."""

    def move_in(self, staged: Path, version: str) -> Path:
        """Make a staged and verified release the latest, whole or not at all; its folder.

        Raises PipelineError where that version is there or another publisher was first.
        """

    def keep(self, name: str, content: bytes) -> None:
        """Replace a file that is of no release."""

    def place(self, version: str) -> str:
        """Where a release is, as messages name it."""


@dataclass(frozen=True)
class FolderStore:
    """The releases in a folder: its files are the releases themselves. `name` is what messages call it."""

    outputs: Path
    name: str = "outputs"

    def refresh(self) -> None:
        """Nothing: they are at hand."""

    def versions(self) -> list[str]:
        """The releases, oldest first."""
        from pipeline.releases import versions

        return versions(self.outputs / "releases")

    def beside(self) -> list[str]:
        """Every name beside the releases, and the link that a killed publisher may leave."""
        left = [name for name in (".latest",) if (self.outputs / name).is_symlink()]
        return sorted([*(path.name for path in (self.outputs / "releases").iterdir()), *left])

    def folder(self, version: str | None = None) -> Path:
        """The release itself."""
        return self.outputs / "releases" / version if version else self.outputs / "latest"

    def proof(self, version: str) -> Path:
        """The release itself."""
        return self.folder(version)

    def mend(self, con: Connection, faults: Faults) -> bool:
        """Clear away what a killed publisher left, and complete a release that lacks the link."""
        from pipeline.store import mend

        return mend(con, self.outputs, faults)

    def move_in(self, staged: Path, version: str) -> Path:
        """Rename it, then point `latest` at it."""
        from pipeline.store import move_in

        return move_in(self.outputs, staged, version)

    def keep(self, name: str, content: bytes) -> None:
        """Write it whole."""
        from pipeline.whole import write_whole

        write_whole(self.outputs / name, content)

    def place(self, version: str) -> str:
        """The folder."""
        return f"{self.name}/releases/{version}"


def store_of(project: Project) -> Store:
    """The store that a project publishes to."""
    if is_remote(project.outputs_at):
        from pipeline.objects.store import ObjectStore

        return ObjectStore(project.outputs_at, project.outputs)
    return FolderStore(project.outputs, project.outputs_at or "outputs")


def fetch_sources(project: Project) -> None:
    """Have the sources at hand as they are now. Raises PipelineError where they are in object storage that does not give them."""
    if is_remote(project.sources_at):
        from pipeline.objects.sources import copy_sources

        copy_sources(project.sources_at, project.sources)


def have_at_hand(project: Project, *, latest: bool = True) -> None:
    """Have at hand what a rebuild begins from: sources, the record of evidence and, unless it is not asked for, the latest release."""
    fetch_sources(project)
    store = store_of(project)
    store.refresh()
    if latest:
        store.folder()
