"""Where sources and outputs are, as WB6_SOURCES and WB6_OUTPUTS name it: a folder, or a place in object storage."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from pipeline.problems import PipelineError

_PLACE = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()=-]+)*/?")


def named(variable: str) -> str:
    """What a variable of the environment names: an address without a slash at its end, or a whole path; empty where it is not set.

    Raises PipelineError where it is neither. An address that may hold a password is not repeated.
    """
    said = os.environ.get(variable, "").strip()
    if "://" not in said:
        return str(Path(said).resolve()) if said else ""
    if not _PLACE.fullmatch(said) or {".", ".."} & set(said.split("/")):
        raise PipelineError(
            f"{variable} names no place in object storage; write s3://bucket/prefix, with credentials in "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY and nowhere else"
        )
    return said.rstrip("/")


def is_remote(at: str) -> bool:
    """Whether a place is in object storage."""
    return at.startswith("s3://")


def folder_of(at: str, own: Path, build: Path) -> Path:
    """The folder to work on: `own` where no place is named, that place or, of one in object storage, the copy in the build folder."""
    if not is_remote(at):
        return Path(at) if at else own
    return build / "objects" / hashlib.sha256(at.encode()).hexdigest()[:12] / own.name
