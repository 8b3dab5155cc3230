"""Trying mistakes on a copy of the sources: is each told of, and where?"""

from __future__ import annotations

import functools
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from pipeline.check import check_sources
from pipeline.engine import Connection, connect, quoted
from pipeline.problems import Problem
from pipeline.project import Project
from pipeline.substance import LookedAt, SubstanceCheck, substance_checks, tables_looked_at
from pipeline.validate import Origin, load
from schemas.registry import Table, written
from tests.mutation import (
    mistakes_of_citations,
    mistakes_of_numbers,
    mistakes_of_rows,
    mistakes_of_things,
    mistakes_of_words,
)
from tests.mutation.mutant import MISTAKES, Mutant
from tests.mutation.oracle import Contradiction, contradictions
from tests.mutation.sheets import Sheets

FAMILIES = (mistakes_of_words, mistakes_of_numbers, mistakes_of_rows, mistakes_of_citations, mistakes_of_things)
"""The modules that enter their kinds of mistake."""


@dataclass(frozen=True)
class Tried:
    """One mistake, what the oracle knows of it, what the check told, and whether the texts told where the check was silent."""

    kind: str
    mutant: Mutant
    reasons: tuple[Contradiction, ...]
    told: tuple[Problem, ...]
    by_texts: bool

    @property
    def detectable(self) -> bool:
        """Whether the sources alone show that something is wrong."""
        return bool(self.reasons)

    @property
    def file_right(self) -> bool:
        """Whether a problem names a file that the mistake is in; of something taken away, any place that misses it will do."""
        files = {file for file, _ in self.mutant.places}
        return bool(self.told) and (not files or any(Path(p.file).name in files for p in self.told) or self.line_right)

    @property
    def line_right(self) -> bool:
        """Whether a problem is at a line of the mistake, or its message names that line."""
        places = self.mutant.places
        at = {(Path(p.file).name, p.line) for p in self.told}
        named = any(_names(p, file, line) for file, line in places for p in self.told)
        return bool(self.told) and (not places or bool(at & places) or named)

    @property
    def column_right(self) -> bool:
        """Whether a problem at its line is at its column; where the mistake is in no one column, its line is enough."""
        places, column = self.mutant.places, self.mutant.column
        at = [p for p in self.told if (Path(p.file).name, p.line) in places]
        return self.line_right if column is None else any(p.column == column for p in at)


def _names(problem: Problem, file: str, line: int) -> bool:
    """Whether a message sends its reader to another line than its own, as `already stated on line 9` does."""
    same_file = Path(problem.file).name == file and re.search(rf"on line {line}(?!\d)", problem.message)
    return bool(same_file) or re.search(rf"{re.escape(file)}:{line}(?!\d)", problem.message) is not None


class Bench:
    """A copy of the sources and of the record of evidence, in which one mistake after another is made and mended.

    Files that a mistake leaves alone are read and validated once; where reading the others tells of it, that is taken, and
    else all that looks across tables runs anew.
    """

    def __init__(self, root: Path, real: Path, con: Connection, documents: Path | None) -> None:
        shutil.copytree(real / "sources", root / "sources")
        (root / "outputs").mkdir()
        shutil.copy(real / "outputs" / "evidence.csv", root / "outputs")
        self.project, self.documents, self._con = Project(root), documents, con
        self.sheets = Sheets.of(root / "sources")
        self.sound = contradictions(self.sheets)
        self.read = {name: load(con, self.project, table) for name, table in written().items()}
        self._kept = con.execute("SELECT current_database()").fetchall()[0][0]
        self.texts = {path.stem for path in documents.iterdir()} if documents else set()
        self._checks = functools.cache(substance_checks)
        self._seen: dict[tuple[SubstanceCheck, ...], LookedAt] = {}
        self.quiet = set(self._problems(None, ()))

    def tries(self, kind: str, mutant: Mutant) -> Tried:
        """Make a mistake, look, and mend it."""
        try:
            for name, content in mutant.changes.items():
                (self.project.sources / name).write_bytes(content)
            told = self._malformed(mutant) or self._told(mutant, None)
            texts = not told and self._cites_a_text(mutant) and self._told(mutant, self.documents)
        finally:
            for name in mutant.changes:
                (self.project.sources / name).write_bytes(self.sheets.files[name])
        reasons = contradictions(self.sheets.changed(mutant.changes), mutant.changes) - self.sound
        return Tried(kind, mutant, tuple(sorted(reasons, key=str)), told, bool(texts))

    def _told(self, mutant: Mutant, documents: Path | None) -> tuple[Problem, ...]:
        return tuple(p for p in self._problems(documents, mutant.changes) if p not in self.quiet)

    def _problems(self, documents: Path | None, changed: Container[str]) -> tuple[Problem, ...]:
        def load_once(con: Connection, project: Project, table: Table) -> tuple[Origin, list[Problem]]:
            if table.file in changed:
                return load(con, project, table)
            name = quoted(table.name)
            con.execute(f"CREATE VIEW source.{name} AS SELECT * FROM {self._kept}.source.{name}").fetchall()
            return self.read[table.name]

        def checks_touched(folder: Path) -> tuple[SubstanceCheck, ...]:
            return (
                tuple(c for c in self._checks(folder) if self._reads(c, changed)) if changed else self._checks(folder)
            )

        with (
            mock.patch("pipeline.check.load", load_once),
            mock.patch("pipeline.check.substance_checks", checks_touched),
            mock.patch("pipeline.check.tables_looked_at", self._looked_at),
        ):
            return check_sources(Project(self.project.root, documents)).problems

    def _malformed(self, mutant: Mutant) -> tuple[Problem, ...]:
        """What reading and validating the files of a mistake alone tells; a check tells all of it, and may tell more."""
        found: list[Problem] = []
        with connect() as con:
            for table in (table for table in written().values() if table.file in mutant.changes):
                found += load(con, self.project, table)[1]
        return tuple(found)

    def _reads(self, check: SubstanceCheck, changed: Container[str]) -> bool:
        """Whether a check reads what a mistake changed; the others find what they find in the sound sources: nothing."""
        return "references.json" in changed or any(f"{name}.csv" in changed for name in self._seen[(check,)].names)

    def _looked_at(self, con: Connection, checks: Iterable[SubstanceCheck]) -> LookedAt:
        chosen = tuple(checks)
        if chosen not in self._seen:
            self._seen[chosen] = tables_looked_at(con, chosen)
        return self._seen[chosen]

    def _cites_a_text(self, mutant: Mutant) -> bool:
        """Whether a line of the mistake cites a document whose text is at hand."""
        lines = {name: content.split(b"\n") for name, content in mutant.changes.items()}
        written_there = [lines[file][line - 1] for file, line in mutant.places if line <= len(lines.get(file, ()))]
        return any(text.encode() in row for text in self.texts for row in written_there)


def mutants(sheets: Sheets, kinds: Sequence[str], each: int, seed: int) -> Iterator[tuple[str, Mutant]]:
    """Some mistakes of each kind, all different; a kind that has fewer places gives fewer."""
    for kind in kinds:
        rng = random.Random(f"{seed} {kind}")  # noqa: S311
        made: Counter[str] = Counter()
        for _ in range(each * 20):
            mutant = MISTAKES[kind](rng, sheets)
            if mutant and not made[mutant.what]:
                made[mutant.what] += 1
                yield kind, mutant
            if made.total() == each:
                break


def try_all(chosen: Sequence[tuple[str, Mutant]], real: Path, documents: Path | None) -> list[Tried]:
    """Try some mistakes, one after another, on a copy of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        root.mkdir()
        with connect(root / "build") as con:
            bench = Bench(root, real, con, documents)
            return [bench.tries(kind, mutant) for kind, mutant in chosen]
