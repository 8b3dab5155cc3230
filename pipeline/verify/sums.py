"""SHA256SUMS: the list of a release's files and their digests, as sha256sum writes and reads it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.files import SUMS, sha256
from pipeline.verify.fault import RESTORE, WITHDRAW, Fault
from pipeline.verify.unchecked import raise_if_unchecked, unchecked_where_lacking

SIGNATURE = f"{SUMS}.sig"
"""The file beside it that may sign it."""

UNLISTED = {SUMS, SIGNATURE}
"""What the list cannot hold: itself, and a signature of it."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def write_sums(folder: Path) -> None:
    """List the SHA-256 of every file of a release, in name order, as sha256sum does."""
    files, _ = find_files(folder)
    lines = [f"{sha256(path)}  {name}\n" for name, path in files.items() if name not in UNLISTED]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def find_files(folder: Path) -> tuple[dict[str, Path], list[Fault]]:
    """The plain files of a release by name, and a fault for all that is neither file nor folder. Follows no link."""
    files, found = {}, []
    for parent, folders, names in os.walk(folder):
        for name in [*names, *folders]:
            path = Path(parent, name)
            label = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found.append(Fault(label, "a link, and a release holds its files itself", f"remove it, and {RESTORE}"))
            elif path.is_file():
                files[label] = path
            elif not path.is_dir():
                found.append(Fault(label, "neither a file nor a folder", "remove it"))
    return dict(sorted(files.items(), key=lambda item: PurePosixPath(item[0]))), found


@dataclass(frozen=True)
class Sums:
    """A release's plain files by name, the digest that SHA256SUMS states for each, and what is wrong with either."""

    files: Mapping[str, Path]
    stated: Mapping[str, str]
    faults: tuple[Fault, ...]

    @property
    def names(self) -> frozenset[str]:
        """The files that the release should have or, where it lacks the list, has."""
        return frozenset(self.stated or self.files.keys() - UNLISTED)

    def digest(self, name: str) -> str:
        """The digest that the list states for a file or, where it states none, that of the file."""
        if name in self.stated:
            return self.stated[name]
        return sha256(self.files[name]) if name in self.files else ""

    @property
    def intact(self) -> frozenset[str]:
        """The files whose bytes are those that the list states."""
        return frozenset(self.stated.keys() & self.files.keys()) - {fault.file for fault in self.faults}


def sum_faults(folder: Path) -> list[str]:
    """The files of a release that are missing, strange, or not the bytes that its SHA256SUMS states, a line each."""
    return list(map(str, check_sums(folder).faults))


@unchecked_where_lacking()
def check_sums(folder: Path) -> Sums:
    """Read every file of a release once, and compare it with the list. Raises UncheckedError where they cannot be read here."""
    files, found = find_files(folder)
    if SUMS not in files:
        return Sums(files, {}, (Fault(SUMS, "missing", RESTORE), *found))
    stated, misread = read_sums(files[SUMS])
    if misread and not stated:  # then no file can be told from a stranger
        return Sums(files, {}, tuple(sorted({*found, *misread})))
    links = {fault.file for fault in found}
    found += misread
    found += [Fault(name, "missing", RESTORE) for name in stated.keys() - files.keys() - links]
    found += [Fault(name, f"not listed in {SUMS}", "remove it") for name in files.keys() - stated.keys() - UNLISTED]
    for name in stated.keys() & files.keys():
        try:
            same = sha256(files[name]) == stated[name]
        except OSError as error:
            raise_if_unchecked(error)
            found.append(Fault(name, f"cannot be read: {error.strerror}", RESTORE))
        else:
            found += [] if same else [Fault(name, f"not the bytes that {SUMS} states", RESTORE)]
    return Sums(files, stated, tuple(sorted(set(found))))


def read_sums(path: Path) -> tuple[dict[str, str], list[Fault]]:
    """The digest that the list states for each file inside the release, and what is wrong with its lines."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise_if_unchecked(error)
        return {}, [Fault(SUMS, "cannot be read as text", RESTORE)]
    digests, found = {}, []
    if lines.pop() != "":
        found.append(Fault(SUMS, "its last line does not end", RESTORE))
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            found.append(Fault(SUMS, f"line {number} is no digest and name", RESTORE))
        elif not inside(match[2]):
            found.append(Fault(SUMS, f"line {number} names {match[2]}, which is no place in the release", RESTORE))
        else:
            digests[match[2]] = match[1]
    names = Counter(match[2] for line in lines if (match := _LINE.fullmatch(line)))
    found += [Fault(SUMS, f"lists {name} {n} times", RESTORE) for name, n in names.items() if n > 1]
    found += [Fault(SUMS, f"lists {name}, which it cannot", WITHDRAW) for name in UNLISTED & digests.keys()]
    return {name: digest for name, digest in digests.items() if name not in UNLISTED}, found


def inside(name: str) -> bool:
    """Whether a name is the plain way to a place below the release's folder."""
    plain = PurePosixPath(name).as_posix() == name and "\\" not in name and name.isprintable()
    return plain and not name.startswith("/") and ".." not in name.split("/") and name != "."
