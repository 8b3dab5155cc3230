"""How a release differs from what was made anew, and which differences only the machine or its libraries explain.

Other versions of the libraries write the same tables as other Parquet bytes, and tell so in the manifest. Another zlib
packs the same workbook otherwise, and tells nothing; but then its parts are equal, in order and byte by byte.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

from pipeline.files import SUMS, sha256
from pipeline.problems import counted
from pipeline.verify.fault import RESTORE, Fault
from pipeline.verify.manifest import MANIFEST, read_json
from pipeline.verify.sums import UNLISTED, find_files


def compare(folder: Path, made: Path) -> tuple[list[Fault], str]:
    """How a release differs from what was made anew; and a note where only machine or libraries made a difference."""
    if (folder / SUMS).read_bytes() == (made / SUMS).read_bytes():
        return [], ""
    ours, theirs = (_digests(place) for place in (folder, made))
    unlike = {name for name in (ours.keys() | theirs.keys()) - UNLISTED if ours.get(name) != theirs.get(name)}
    before, now = (_read(place, MANIFEST).get("software") for place in (folder, made))
    packed = {name for name in unlike if name.endswith(".xlsx") and _same_parts(folder / name, made / name)}
    written = {n for n in unlike & ours.keys() & theirs.keys() if before != now and n.endswith((".parquet", ".xlsx"))}
    excused = packed | written
    for name in sorted(unlike - excused, key=_told_last):
        if name in ours and name in theirs and _same_but(folder, made, name, excused):
            excused.add(name)
    found = [Fault(name, _how(name, ours, theirs), RESTORE) for name in sorted(unlike - excused)]
    return found, "" if found else _note(packed, written - packed, before, now)


def _digests(folder: Path) -> dict[str, str]:
    return {name: sha256(path) for name, path in find_files(folder)[0].items()}


def _read(folder: Path, name: str) -> dict[str, Any]:
    return read_json(folder / name, name)[0]


def _same_parts(one: Path, other: Path) -> bool:
    """Whether two zips hold the same parts in the same order."""
    try:
        with zipfile.ZipFile(one) as a, zipfile.ZipFile(other) as b:
            names = a.namelist()
            return names == b.namelist() and all(_same_part(a, b, name) for name in names)
    except (OSError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False


def _same_part(one: zipfile.ZipFile, other: zipfile.ZipFile, name: str) -> bool:
    with one.open(name) as a, other.open(name) as b:
        while (chunk := a.read(1 << 20)) == b.read(1 << 20):
            if not chunk:
                return True
    return False


def _told_last(name: str) -> tuple[bool, str]:
    """The order in which JSON files are excused: the crate last, since it states the digests of all others."""
    return name.startswith("ro-crate"), name


def _same_but(folder: Path, made: Path, name: str, excused: set[str]) -> bool:
    """Whether two JSON files differ only in the libraries at work, or in size and digest of files that are excused."""
    if not name.endswith(".json"):
        return False
    one, other = (_levelled(_read(place, name), excused) for place in (folder, made))
    if name == MANIFEST:
        one, other = ({**said, "software": None} for said in (one, other))
    return bool(one) and one == other


def _levelled(said: Any, excused: set[str]) -> Any:
    """A JSON value without what it says of the size and digest of some files."""
    if isinstance(said, list):
        return [_levelled(item, excused) for item in said]
    if not isinstance(said, dict):
        return said
    dropped = ("contentSize", "sha256") if said.get("@id") in excused else ()
    return {key: _levelled(value, excused) for key, value in said.items() if key not in dropped}


def _how(name: str, ours: dict[str, str], theirs: dict[str, str]) -> str:
    if name not in theirs:
        return "is not among what the sources at its commit give"
    if name not in ours:
        return "is given by the sources at its commit, and not here"
    return f"is not what the sources at its commit give (sha256 {theirs[name]})"


def _note(packed: set[str], written: set[str], before: object, now: object) -> str:
    notes = [f"{name} holds the same parts, and zlib packed them otherwise" for name in sorted(packed)]
    if before != now:
        files = counted(len(written), "file")
        notes.append(f"{files} of other bytes (made with {_listed(before)}, rebuilt with {_listed(now)})")
    return f"all tables are the same as CSV; {'; '.join(notes)}"


def _listed(software: object) -> str:
    return ", ".join(f"{k} {v}" for k, v in software.items()) if isinstance(software, dict) else "libraries not named"
