"""A short run of `make faults`: a fault of each kind, nothing lost or corrupted, and every message and next release right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.soak.shim import lacks

STOPPED = ("kill -9", "SIGTERM")
REFUSED = ("disk full", "disk fails on fsync", "store's mount stale")
UNNOTICED = ("short reads and writes", "clock jumps")
EDITED = ("source edited and taken back", "drawing killed")
GONE = ("store vanishes",)

Figures = Mapping[str, Mapping[str, Any]]

library = pytest.mark.skipif(lacks() is not None, reason=str(lacks()))


def tried(*arguments: str) -> Figures:
    """The figures of some faults by kind, each tried once; fails where anything was wrong with one."""
    command = [sys.executable, "-m", "tests.soak.faults", "--times", "1", "--allow-skip", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {told["fault"]: told for told in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def publishing() -> Figures:
    """What became of faults while only publishing."""
    return tried("--publish", *STOPPED, *REFUSED, *UNNOTICED)


@pytest.fixture(scope="module")
def releasing() -> Figures:
    """What became of faults while `wb6 release` ran."""
    return tried("SIGINT", *GONE, *EDITED)


def test_publishers_that_are_stopped_lose_nothing(publishing: Figures) -> None:
    assert all(publishing[kind]["tried"] for kind in STOPPED)


@library
def test_disks_that_refuse_are_told_of_and_lose_nothing(publishing: Figures) -> None:
    assert all(publishing[kind]["tried"] for kind in REFUSED)


@library
def test_disks_that_stutter_and_clocks_that_jump_change_no_byte(publishing: Figures) -> None:
    assert all(publishing[kind]["published all the same"] for kind in UNNOTICED)


@library
def test_a_store_that_vanishes_is_told_of_and_not_begun_anew(releasing: Figures) -> None:
    assert all(releasing[kind]["tried"] for kind in GONE)


def test_whatever_happens_during_a_build_no_release_mixes_sources_and_every_end_is_told(releasing: Figures) -> None:
    assert all(releasing[kind]["tried"] for kind in ("SIGINT", *EDITED))
    assert releasing["drawing killed"]["told"]
