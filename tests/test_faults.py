"""A short run of `make faults`: a few faults of each kind, nothing lost or corrupted, and every message and next release right."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.soak.shim import lacks

PROCESSES = ("kill -9", "SIGTERM", "SIGINT")
DISKS = (
    "disk full",
    "disk fails on fsync",
    "disk fails on rename",
    "store becomes read-only",
    "store's mount stale",
)
UNNOTICED = ("short reads and writes", "interrupted reads and writes", "clock jumps", "slow store")
library = pytest.mark.skipif(lacks() is not None, reason=str(lacks()))


def tried(*arguments: str) -> dict[str, Any]:
    """The figures of some faults by kind; fails where anything was wrong with one."""
    command = [sys.executable, "-m", "tests.soak.faults", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = {told["fault"]: told for told in map(json.loads, done.stdout.splitlines())}
    for told in figures.values():
        assert told["lost"] == told["corrupted"] == told["misled"] == told["next failed"] == 0, told
    return figures


def test_publishers_stopped_at_random_moments_lose_nothing_and_say_nothing_wrong() -> None:
    assert sum(told["tried"] for told in tried("--publish", "--times", "3", *PROCESSES).values()) >= 3


@library
def test_disks_that_refuse_at_some_call_are_told_of_and_lose_nothing() -> None:
    for kind, told in tried("--publish", "--times", "2", *DISKS).items():
        assert told["tried"] >= 1, kind


@library
def test_disks_that_are_slow_or_stutter_and_clocks_that_jump_change_no_byte() -> None:
    for kind, told in tried("--publish", "--times", "1", *UNNOTICED).items():
        assert told["published all the same"] >= 1, kind


@library
def test_a_store_that_vanishes_is_told_of_and_not_begun_anew() -> None:
    assert tried("--times", "2", "store vanishes")["store vanishes"]["tried"] == 2


def test_whatever_is_edited_during_a_build_no_release_mixes_sources() -> None:
    figures = tried("--times", "2", "source edited", "source edited and taken back", "drawing killed")

    assert figures["source edited and taken back"]["tried"] == 2
    assert figures["drawing killed"]["told"] >= 1
