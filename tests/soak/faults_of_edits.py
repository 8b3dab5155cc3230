"""Sources that are edited while they are built: before each of many calls that a release makes to the code that reads and builds.

A curator saves another edit: what is published then must be of the sources as they were or as they are, and never of both.
Or saves and takes it back: what is published then must be of the sources as they were.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from pipeline.project import Project
from tests.conftest import edit
from tests.soak.prepared import forked, leftovers
from tests.soak.tries import FIRST, NEXT, Files, Outcome, Tries, files_of, release

PIPELINE = str(Path(sys.modules["pipeline"].__path__[0]))
_SPARED = ("code.py", "blueprint.py", "derive.py", "cli.py", "lineage.py", "problems.py")

EDITS: dict[str, tuple[str, str, str]] = {
    "a table": ("threat.csv", "Smuggling of arms", "Arms smuggled"),
    "another table": ("country.csv", ",Kosovo,", ",Republic of Kosovo,"),
    "the bibliography": ("references.json", '"title": "book2023"', '"title": "A book"'),
    "dataset.yaml": ("dataset.yaml", "as_of: 2023-12-31", "as_of: 2013-12-31"),
    "the licence": ("LICENSE", "as before", "as ever"),
}
"""What a curator saves meanwhile."""


def at_call(project: Project, log: Path, act: Callable[[int], None]) -> None:
    """A release that tells `act` the number of each call of a function of the pipeline, before it is carried out."""
    number = 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal number
        if event == "call":
            name = frame.f_code.co_filename
            if name.startswith(PIPELINE) and not name.endswith(_SPARED):
                number += 1
                act(number)

    sys.setprofile(called)
    release(project, log)


class Edits:
    """An edit at so many calls, evenly from the first to the last."""

    def __init__(self, tries: Tries, steps: int) -> None:
        self.tries, self.steps = tries, steps
        self.whole = self.calls()
        self.after = {name: self.published_after(*change) for name, change in EDITS.items()}

    def calls(self) -> int:
        """How many calls a release makes that nothing disturbs. Raises RuntimeError where it fails."""
        count = self.tries.folder / "calls"
        project = self.tries.fresh()
        with count.open("w+b", buffering=0) as stream:

            def note(number: int) -> None:
                stream.seek(0)
                stream.write(b"%d" % number)

            code = forked(lambda: at_call(project, self.tries.log, note))
        if code != 0:
            raise RuntimeError(f"a release whose calls are counted failed: {self.tries.log.read_text('utf-8')}")
        return int(count.read_bytes())

    def published_after(self, *change: str) -> Files:
        """The release that nothing disturbs, of the sources with one more edit."""
        project = self.tries.fresh()
        edit(project, *change)
        self.tries.must(project, "a release of the second edit")
        if self.tries.latest(project) != NEXT:
            raise RuntimeError(f"the edit of {change[0]} makes {self.tries.latest(project)}, not {NEXT}")
        return files_of(project.outputs / "releases" / NEXT)

    def saved(self) -> Iterator[Outcome]:
        """Saved meanwhile, and left."""
        for _, name, at in self.moments():
            yield self.once(f"{name} edited at call {at} of {self.whole}", name, at, None)

    def taken_back(self) -> Iterator[Outcome]:
        """Saved meanwhile, and taken back some calls later."""
        for step, name, at in self.moments():
            back = at + max(self.whole // 20, 1) * (1 + step % 3)
            yield self.once(f"{name} edited at call {at} of {self.whole}, and back at {back}", name, at, back)

    def moments(self) -> Iterator[tuple[int, str, int]]:
        """What is edited, and at which call, step by step."""
        for step in range(self.steps):
            yield step, list(EDITS)[step % len(EDITS)], 1 + (2 * step + 1) * self.whole // (2 * self.steps)

    def once(self, what: str, name: str, at: int, back: int | None) -> Outcome:
        """One release during which a file is edited, and the one after, of the sources as they are then."""
        file, old, new = EDITS[name]
        project = self.tries.fresh()
        done = self.tries.folder / "done"
        done.write_bytes(b"")

        def meanwhile(number: int) -> None:
            if number in (at, back):
                replace(project, file, *((old, new) if number == at else (new, old)))
                with done.open("ab") as stream:
                    stream.write(b".")

        code = forked(lambda: at_call(project, self.tries.log, meanwhile))
        outcome = Outcome(what, code, self.tries.log.read_text("utf-8"))
        outcome.met = len(done.read_bytes()) == (1 if back is None else 2)
        is_edited = new in (project.sources / file).read_text("utf-8")
        allowed = {"as they were": self.tries.next, "as they are": self.after[name] if is_edited else self.tries.next}
        outcome.wrong += self.mixed(project, allowed) + self.tries.misled(project, outcome)
        published = self.tries.latest(project) == NEXT
        code = self.tries.run(project)
        if code:
            outcome.wrong.append(f"next: failed with {code}: {self.tries.log.read_text('utf-8')}")
        elif leftovers(project) or plain(project.outputs / "latest") != plain_of(allowed["as they are"]):
            outcome.wrong.append(
                f"next: {self.tries.latest(project)} is not of the sources as they are, after {published}"
            )
        return outcome

    def mixed(self, project: Project, allowed: dict[str, Files]) -> list[str]:
        """What is wrong with the releases: of mixed sources, damaged or lost."""
        releases = project.outputs / "releases"
        found = [] if files_of(releases / FIRST) == self.tries.first else [f"corrupted: {FIRST}"]
        now = files_of(releases / NEXT)
        if now and now not in allowed.values():
            differing = [sorted(n for n in {*now, *one} if now.get(n) != one.get(n))[:6] for one in allowed.values()]
            found.append(f"corrupted: mixed sources, {NEXT} differs in {differing}")
        if self.tries.latest(project) != (NEXT if now else FIRST):
            found.append(f"lost: latest is {self.tries.latest(project)}")
        return found


def plain(folder: Path) -> Files:
    """What a release holds whatever the releases before it: its tables, but claims and changes, and its licence."""
    return plain_of(files_of(folder.resolve()))


def plain_of(files: Files) -> Files:
    """The same of the files of a release."""
    spared = ("csv/claim.csv", "csv/change.csv")
    return {n: digest for n, digest in files.items() if (n.startswith("csv/") and n not in spared) or n == "LICENSE"}


def replace(project: Project, file: str, old: str, new: str) -> None:
    """Save a file with another text, as an editor does, in place. Raises RuntimeError where there is nothing to replace."""
    path = project.sources / file
    text = path.read_text("utf-8")
    if old not in text:
        raise RuntimeError(f"{file} does not say {old}")
    path.write_text(text.replace(old, new), "utf-8")


KINDS: dict[str, Callable[[Edits], Iterator[Outcome]]] = {
    "source edited": Edits.saved,
    "source edited and taken back": Edits.taken_back,
}
"""Faults by their names."""
