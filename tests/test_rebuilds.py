"""A short run of the soak: rebuilds after random edits, in one process and by the command, while readers ask `latest`."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import ROOT


def test_rebuilds_in_a_row_stay_small_and_no_reader_meets_a_mixed_or_missing_release() -> None:
    command = [sys.executable, "-m", "tests.soak.rebuilds", "--rebuilds", "4", "--readers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["rebuilds"] == told["published"] + told["unchanged"] == 4
    assert told["published"] >= 2
    assert told["verified"] >= told["published"]
    assert told["readers"]["mixed"] == told["readers"]["missing"] == told["readers"]["readers that died"] == 0
    assert told["readers"]["reads"]["whole_release"] > 0
    assert told["readers"]["reads"]["file_by_link"] > 0
    assert told["readers"]["reads"]["query_by_link"] > 0
