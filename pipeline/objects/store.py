"""A release store in object storage, of which what is read lies as a copy in the build folder, laid out as a store is."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.engine import Connection
from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import NAME, Catalogue, Entry, read
from pipeline.objects.copied import copy_as_stored, copy_release, is_copy
from pipeline.objects.publish import Seen, look, publish_objects
from pipeline.problems import PipelineError
from pipeline.record import RECORD_FILE
from pipeline.store import Faults, move_in, point
from pipeline.whole import write_whole


class ObjectStore:
    """The releases at an address, and their copy. What is published is looked up once, when it is first asked for."""

    def __init__(self, url: str, copy: Path) -> None:
        self.url = url
        self.outputs = copy
        self._opened: Bucket | None = None
        self._seen: Seen | None = None
        self._proved: set[str] = set()

    @property
    def _bucket(self) -> Bucket:
        if self._opened is None:
            self._opened = Bucket(self.url)
        return self._opened

    def _look(self) -> Seen:
        if self._seen is None:
            self._seen = look(self._bucket)
            if self._seen.catalogue:
                self._note(self._seen.catalogue)
            else:
                for name in (NAME, "latest"):
                    (self.outputs / name).unlink(missing_ok=True)
        return self._seen

    def _note(self, catalogue: Catalogue) -> None:
        """Keep the list of releases beside the copies, for who needs no more than that."""
        write_whole(self.outputs / NAME, catalogue.content())

    def _noted(self) -> Catalogue | None:
        path = self.outputs / NAME
        return read(path.read_bytes(), str(self.outputs)) if path.is_file() else None

    def refresh(self) -> None:
        """Look up anew what is published, and copy the record of evidence."""
        self._seen = None
        self._look()
        found, path = self._bucket.read(RECORD_FILE), self.outputs / RECORD_FILE
        if found is None:
            path.unlink(missing_ok=True)
        elif not path.is_file() or path.read_bytes() != found[0]:
            write_whole(path, found[0])

    def versions(self) -> list[str]:
        """The releases, oldest first."""
        catalogue = self._look().catalogue
        return [one.version for one in catalogue.releases] if catalogue else []

    def beside(self) -> list[str]:
        """What else tells one state of the store from another: the list of releases as it was last seen."""
        noted = self._noted()
        return [f"{one.version} {one.sums}" for one in noted.releases] if noted else []

    def folder(self, version: str | None = None) -> Path:
        """A copy of a release, by default of the latest, to the byte; of none where there is none yet."""
        catalogue = self._look().catalogue
        if catalogue is None:
            return self.outputs / "latest"
        one = self._entry(version) if version else catalogue.latest
        folder = self.outputs / "releases" / one.version
        if not is_copy(folder, one):
            copy_release(self._bucket, one, folder)
        if one == catalogue.latest:
            point(self.outputs, one.version)
        return folder

    def proof(self, version: str) -> Path:
        """A copy of what is stored now of a release, right or wrong, beside one of the release before it."""
        have = self.versions()
        proofs = self.outputs.with_name("proof")
        if not self._proved:
            shutil.rmtree(proofs, ignore_errors=True)
        for name in have[max(have.index(version) - 1, 0) : have.index(version) + 1]:
            if name not in self._proved:
                copy_as_stored(self._bucket, self._entry(name), proofs / name)
                self._proved.add(name)
        return proofs / version

    def mend(self, _con: Connection, _faults: Faults) -> bool:
        """Nothing: a killed publisher leaves the list of releases as it was, or as it was to be."""
        return False

    def move_in(self, staged: Path, version: str) -> Path:
        """Publish a staged release, if nobody has published since the store was looked up; its copy."""
        after = publish_objects(self._bucket, staged, version, self._look())
        self._note(after)
        folder = self.outputs / "releases" / version
        if folder.exists():  # a copy of a release that is no more
            shutil.rmtree(folder)
        return move_in(self.outputs, staged, version)

    def keep(self, name: str, content: bytes) -> None:
        """Store a file of the store's own. Raises PipelineError where another publisher has changed it since it was copied."""
        found, path = self._bucket.read(name), self.outputs / name
        copied = path.read_bytes() if path.is_file() else None
        same = (found[0] if found else None) == copied
        if not same or not self._bucket.write_if(name, content, found[1].etag if found else None):
            raise PipelineError(f"{self.url}/{name} was changed meanwhile, by another publisher; run wb6 release again")
        write_whole(path, content)

    def place(self, version: str) -> str:
        """Where a release is, as messages name it."""
        noted = self._noted()
        one = noted.find(version) if noted else None
        return f"{self.url}/{one.folder}" if one else self.url

    def _entry(self, version: str) -> Entry:
        catalogue = self._look().catalogue
        one = catalogue.find(version) if catalogue else None
        if one is None:
            raise PipelineError(f"there is no release {version} in {self.url}")
        return one
