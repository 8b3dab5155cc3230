"""Where things are. Paths are passed on from here, never read from globals."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.place import folder_of, is_remote, named
from pipeline.problems import PipelineError


@dataclass(frozen=True)
class Project:
    """One checkout: the folders that the pipeline reads and writes. `documents` holds texts for the evidence check.

    `sources_at` and `outputs_at` are where those are if not in the checkout: another folder, or an address as
    s3://bucket/prefix, of which the pipeline works on a copy.
    """

    root: Path
    documents: Path | None = None
    sources_at: str = ""
    outputs_at: str = ""

    @property
    def sources(self) -> Path:
        """What people write."""
        return folder_of(self.sources_at, self.root / "sources", self.build)

    @property
    def outputs(self) -> Path:
        """The release store."""
        return folder_of(self.outputs_at, self.root / "outputs", self.build)

    @property
    def build(self) -> Path:
        """Working files, safe to delete."""
        return self.root / "build"

    @property
    def joins(self) -> Path:
        """One SQL file per published join; they lie with the code, whatever the checkout."""
        return Path(__file__).parent / "joins"

    @property
    def checks(self) -> Path:
        """One SQL file per check of substance; they lie with the code, too."""
        return Path(__file__).parent / "checks"

    @property
    def plots(self) -> Path:
        """One SQL file per plot; they lie with the code, too."""
        return Path(__file__).parent / "plots"

    def label(self, path: Path) -> str:
        """A path as it is named in messages and in the claim table, wherever sources and outputs are."""
        for name, folder in self._own.items():
            if path.is_relative_to(folder):
                return (Path(name) / path.relative_to(folder)).as_posix()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def path(self, label: str) -> Path:
        """The path that a label names."""
        first, _, rest = label.partition("/")
        return self._own.get(first, self.root / first) / rest

    @property
    def _own(self) -> dict[str, Path]:
        return {"sources": self.sources, "outputs": self.outputs}

    @classmethod
    def here(cls, root: str | Path | None = None) -> Project:
        """The project at `root`, else at WB6_PROJECT, else the one this code lies in.

        Raises PipelineError where WB6_DOCUMENTS or WB6_SOURCES names no folder, or where that or WB6_OUTPUTS names no
        place in object storage.
        """
        chosen = root or os.environ.get("WB6_PROJECT") or Path(__file__).parent.parent
        texts = os.environ.get("WB6_DOCUMENTS")
        documents = Path(texts).resolve() if texts else None
        if documents and not documents.is_dir():
            raise PipelineError(
                f"WB6_DOCUMENTS names {texts}, which is no folder; name the folder that holds the texts"
            )
        sources, outputs = named("WB6_SOURCES"), named("WB6_OUTPUTS")
        if sources and not is_remote(sources) and not Path(sources).is_dir():
            raise PipelineError(
                f"WB6_SOURCES names {sources}, which is no folder; name the folder that holds dataset.yaml"
            )
        return cls(Path(chosen).resolve(), documents, sources, outputs)
