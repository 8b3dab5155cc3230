"""The commands that the reader's guide gives for proving and signing a release do what it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.files import SUMS
from tests.conftest import ROOT
from tests.signing import allow, checked, make_keys, needs_openssh, sign
from tests.small import released

pytestmark = needs_openssh


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The outputs of a project with one release."""
    return released(tmp_path / "project").parent.parent


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two key pairs without a passphrase."""
    return make_keys(tmp_path_factory.mktemp("keys"))


def test_the_reader_s_commands_of_the_guide_prove_a_signed_release(store: Path, keys: dict[str, Path]) -> None:
    sign(store, keys["ours"])
    allow(store, keys["ours"], "NAME")

    assert run_guide(store, 0) == 0
    with ((store / "latest").resolve() / SUMS).open("a") as stream:
        stream.write("\n")
    assert run_guide(store, 0) != 0


def test_the_maintainer_s_commands_of_the_guide_make_a_signature_that_holds(store: Path, keys: dict[str, Path]) -> None:
    assert run_guide(store, 2, **{"~/.ssh/wb6-release": str(keys["ours"])}) == 0
    assert run_guide(store, 3, **{"~/.ssh/wb6-release": str(keys["ours"]), "wb6 verify 0.2.0 && ": "", "0.2.0": "0.1.0"}) == 0  # fmt: skip

    assert checked(store).note.startswith("signed by NAME with the ED25519 key")


def run_guide(store: Path, number: int, **said: str) -> int:
    """Run one block of the guide's section on signatures in the folder that holds `outputs`; its exit status."""
    guide = (ROOT / "outputs" / "README.md").read_text("utf-8")
    section = guide.partition("## Signatures")[2].partition("\n## ")[0]
    block = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[number]
    for old, new in said.items():
        assert old in block
        block = block.replace(old, new)
    command = ["sh", "-e", "-c", block]
    return subprocess.run(
        command, cwd=store.parent, stdin=subprocess.DEVNULL, capture_output=True, check=False
    ).returncode
