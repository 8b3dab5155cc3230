"""Pieces of releases, kept in the build folder from one to the next, since most are in the next as they were in the last.

Each is kept under its state: a digest of all that it is made from, the code included. One of another state, one that is not
as it was kept and one that cannot be read count as none, and are made anew.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipeline.code import code_files, digest, reached
from pipeline.whole import keep_if_possible


def state_of(*made_from: Any) -> str:
    """One digest of what a piece is made from, which is anything that JSON can say."""
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def code_of(module: str) -> str:
    """A digest of the code of a module, of all that it imports and of the packages installed."""
    known = code_files()
    return digest(reached(module, known), known)


def keep(path: Path, state: str, piece: bytes, about: Any = None) -> None:
    """Keep a piece, and a word about it, where the disk takes it."""
    head = {"state": state, "about": about, "sha256": _digest(about, piece)}
    keep_if_possible(path, json.dumps(head).encode() + b"\n" + piece)


def find(path: Path, state: str) -> tuple[bytes, Any] | None:
    """The piece that was kept in a state and what was said about it, if both are as they were kept."""
    try:
        first, _, piece = path.read_bytes().partition(b"\n")
        head = json.loads(first)
        if head["state"] == state and head["sha256"] == _digest(head["about"], piece):
            return piece, head["about"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _digest(about: Any, piece: bytes) -> str:
    return hashlib.sha256(json.dumps(about).encode() + b"\n" + piece).hexdigest()
