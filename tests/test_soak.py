"""A short run of `make soak`: publishers killed at a few moments, the store whole after each."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def test_publishers_killed_at_random_moments_lose_and_corrupt_nothing() -> None:
    command = [sys.executable, "-m", "tests.soak.kill", "--kills", "4", "--aimed", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    counts = {" ".join(line[1:]): line[0] for line in lines}
    assert counts["killed by the clock"] == counts["killed by the line"] == "4"
    assert int(counts["killed with the release moved in, latest not yet"]) >= 1
    assert counts["lost"] == counts["corrupted"] == counts["next publishes that failed or left something"] == "0"
