"""Where things are. Paths are passed on from here, never read from globals."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import PipelineError


@dataclass(frozen=True)
class Project:
    """One checkout: the folders that the pipeline reads and writes. `documents` holds texts for the evidence check."""

    root: Path
    documents: Path | None = None

    @property
    def sources(self) -> Path:
        """What people write."""
        return self.root / "sources"

    @property
    def outputs(self) -> Path:
        """The release store."""
        return self.root / "outputs"

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
        """A path as it is named in messages and in the claim table."""
        return path.relative_to(self.root).as_posix()

    @classmethod
    def here(cls, root: str | Path | None = None) -> Project:
        """The project at `root`, else at WB6_PROJECT, else the one this code lies in.

        Raises PipelineError where WB6_DOCUMENTS names no folder.
        """
        chosen = root or os.environ.get("WB6_PROJECT") or Path(__file__).parent.parent
        named = os.environ.get("WB6_DOCUMENTS")
        documents = Path(named).resolve() if named else None
        if documents and not documents.is_dir():
            raise PipelineError(
                f"WB6_DOCUMENTS names {named}, which is no folder; name the folder that holds the texts"
            )
        return cls(Path(chosen).resolve(), documents)
