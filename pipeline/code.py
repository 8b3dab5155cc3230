"""Which code makes what: digests of the code at work, so that a change of it marks what it affects, and nothing else.

Code is every file in pipeline/ and schemas/, the version of Python, and the packages installed. A folder with a package.json
is none: what is at work of it is what make assets builds from it.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pipeline
import schemas

_PACKAGES = {module.__name__: module.__path__[0] for module in (pipeline, schemas)}


def code_files() -> Mapping[str, str]:
    """Where every file of the code is, by its name from the root, in name order."""
    found = {}
    for package, folder in _PACKAGES.items():
        for parent, folders, names in os.walk(folder):
            if "package.json" in names:
                folders.clear()
                continue
            folders[:] = [name for name in folders if name != "__pycache__"]
            within = f"{package}{parent.removeprefix(folder)}"
            found.update({f"{within}/{name}": f"{parent}/{name}" for name in names if name[0] not in ".#"})
    return dict(sorted(found.items()))


def digest(names: Iterable[str], known: Mapping[str, str]) -> str:
    """One digest of some of the known files of the code, of Python and of the packages installed."""
    whole = hashlib.sha256(environment().encode())
    for name in sorted(names):
        whole.update(f"\n{name} ".encode())
        whole.update(hashlib.sha256(_read(known[name])).digest())
    return whole.hexdigest()


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def stamps(known: Mapping[str, str]) -> tuple[tuple[str, int, int], ...]:
    """The size and time of every file: where no stamp differs within a process, no file was written."""
    found = ((name, os.stat(path)) for name, path in known.items())  # noqa: PTH116
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in found)


@functools.cache
def environment() -> str:
    """The version of Python, and every package installed with its version."""
    installed = {p.name for place in map(Path, sys.path) if place.is_dir() for p in place.glob("*.dist-info")}
    return " ".join([sys.version.split()[0], *sorted(installed)])


@functools.cache
def _named(module: bytes) -> frozenset[str]:
    """The files that hold what a module imports, wherever in it, if there are such files in the code."""
    found = {f for place in _modules(ast.parse(module)) for f in (f"{place}.py", f"{place}/__init__.py")}
    return frozenset(found | {f"{parent.as_posix()}/__init__.py" for f in found for parent in Path(f).parents})


def _modules(tree: ast.AST) -> Iterator[str]:
    """The modules that some code names in imports, as paths; of `from a import b`, a and a/b, since b may be one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.replace(".", "/") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            place = node.module.replace(".", "/")
            yield from (place, *(f"{place}/{alias.name}" for alias in node.names))


def reached(start: str, known: Mapping[str, str]) -> frozenset[str]:
    """A module with all that it imports, directly or not, and what else lies in the folders of those packages.

    Models, joins and checks are found by name and never imported: they are counted to their tables.
    """
    found, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _named(_read(known[name])) & known.keys()
    folders = {Path(name).parent.as_posix() for name in found}
    own = {name for name in known if not name.endswith(".py") and Path(name).parent.as_posix() in folders}
    below = tuple(f"{folder}/" for folder in folders - _PACKAGES.keys())
    return frozenset(found | own | {name for name in known if not name.endswith(".py") and name.startswith(below)})
