"""A short run of `make soak` against object storage: publishers killed at a few moments, every release whole for readers after each."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.stored import lacks


def test_publishers_to_object_storage_killed_at_random_moments_lose_and_corrupt_nothing() -> None:
    if why := lacks():
        pytest.skip(why)
    command = [sys.executable, "-m", "tests.soak.object_kill", "--kills", "2", "--aimed", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    counts = {" ".join(line[1:]): int(line[0]) for line in lines}
    assert (counts["killed by the clock"], counts["killed by the request"]) == (2, 3)
    assert counts["killed before latest had moved"] >= 1
    assert counts["killed after latest had moved"] >= 1
    assert counts["lost"] == counts["corrupted"] == counts["next publishes that failed or left something"] == 0
