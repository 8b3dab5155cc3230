"""Signatures of releases: none, one that holds, and each way in which one does not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.files import SUMS
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.verify.equality import compare
from pipeline.verify.run import Checked, verify
from pipeline.verify.signature import NAMESPACE, SIGNERS
from pipeline.verify.sums import SIGNATURE, sum_faults
from tests.signing import allow, checked, make_keys, needs_openssh, sign
from tests.small import add, released, row

pytestmark = needs_openssh


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a project with one release; not to be written to."""
    root = tmp_path_factory.mktemp("signed")
    released(root)
    return root


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """The outputs of a project with one release of its own."""
    shutil.copytree(made, tmp_path / "project", symlinks=True)
    return tmp_path / "project" / "outputs"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two key pairs without a passphrase."""
    return make_keys(tmp_path_factory.mktemp("keys"))


def fault(store: Path) -> str:
    """The one thing wrong with the signature of the latest release."""
    (found,) = checked(store).faults
    assert found.file == f"outputs/releases/0.1.0/{SIGNATURE}"
    return found.what


def test_a_release_without_a_signature_is_whole(store: Path, keys: dict[str, Path]) -> None:
    assert checked(store) == Checked("signature", "the signature holds", (), "not signed")

    allow(store, keys["ours"])
    assert checked(store).note == "not signed"


def test_a_signature_is_added_to_a_published_release_and_changes_nothing_else(
    store: Path, keys: dict[str, Path]
) -> None:
    before = {p: p.read_bytes() for p in (store / "latest").resolve().rglob("*") if p.is_file()}

    signature = sign(store, keys["ours"])

    after = {p: p.read_bytes() for p in (store / "latest").resolve().rglob("*") if p.is_file()}
    assert after == {**before, signature: signature.read_bytes()}
    assert sum_faults(signature.parent) == []
    assert not [f for one in verify(Project(store.parent)) for f in one.faults]


def test_the_same_key_gives_the_same_signature(store: Path, keys: dict[str, Path]) -> None:
    signature = sign(store, keys["ours"])
    first = signature.read_bytes()
    signature.unlink()

    assert sign(store, keys["ours"]).read_bytes() == first


def test_without_a_list_of_signers_a_sound_signature_is_told_with_its_key(store: Path, keys: dict[str, Path]) -> None:
    sign(store, keys["ours"])

    found = checked(store)
    assert not found.faults
    assert re.fullmatch(
        r"signed with the ED25519 key SHA256:\S+; there is no outputs/allowed_signers that would say whose it is",
        found.note,
    )


@pytest.mark.parametrize("name", ["release-team", "team@example.org,*@example.org"])
def test_a_signature_by_a_listed_key_says_whose_it_is(store: Path, keys: dict[str, Path], name: str) -> None:
    sign(store, keys["ours"])
    allow(store, keys["strange"], "another-team")
    allow(store, keys["ours"], name)

    found = checked(store)
    assert not found.faults
    assert found.note.startswith(f"signed by {name.split(',')[0]}")
    assert " with the ED25519 key SHA256:" in found.note


def test_a_signature_with_another_key_is_a_fault(store: Path, keys: dict[str, Path]) -> None:
    sign(store, keys["strange"])
    allow(store, keys["ours"])

    assert re.fullmatch(
        r"made with the ED25519 key SHA256:\S+, which outputs/allowed_signers does not allow: No principal matched",
        fault(store),
    )


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ('namespaces="git" ', "line 1: key is not permitted for use in signature namespace"),
        (f'valid-before="20200101",namespaces="{NAMESPACE}" ', "line 1: key has expired"),
    ],
)
def test_a_listed_key_that_may_not_sign_this_is_a_fault(
    store: Path, keys: dict[str, Path], options: str, why: str
) -> None:
    sign(store, keys["ours"])
    allow(store, keys["ours"], options=options)

    assert f"outputs/allowed_signers does not allow: {why}" in fault(store)
    assert str(store) not in str(checked(store).faults[0])


@pytest.mark.parametrize("listed", [True, False], ids=["signers listed", "no list"])
def test_sums_changed_after_signing_are_a_fault(store: Path, keys: dict[str, Path], listed: bool) -> None:
    folder = sign(store, keys["ours"]).parent
    if listed:
        allow(store, keys["ours"])
    (folder / "README.md").write_text("changed", "utf-8")
    sums = (folder / SUMS).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in sums if not line.endswith("README.md\n")]
    (folder / "README.md").unlink()
    (folder / SUMS).write_text("".join(kept), "utf-8")

    assert sum_faults(folder) == []  # the list itself tells nothing: only its signature does
    assert fault(store).startswith(f"no signature of this {SUMS} for {NAMESPACE}: Signature verification failed")


@pytest.mark.parametrize("listed", [True, False], ids=["signers listed", "no list"])
def test_a_signature_for_something_else_is_a_fault(store: Path, keys: dict[str, Path], listed: bool) -> None:
    sign(store, keys["ours"], namespace="file")
    if listed:
        allow(store, keys["ours"], options="")

    assert "namespace does not match" in fault(store)


@pytest.mark.parametrize("listed", [True, False], ids=["signers listed", "no list"])
@pytest.mark.parametrize("content", [b"", b"garbage\n", b"\xff\x00" * 4000])
def test_garbage_is_no_signature(store: Path, keys: dict[str, Path], listed: bool, content: bytes) -> None:
    ((store / "latest").resolve() / SIGNATURE).write_bytes(content)
    if listed:
        allow(store, keys["ours"])

    assert "Couldn't parse signature" in fault(store)


def test_a_list_of_signers_that_lists_none_allows_no_signature(store: Path, keys: dict[str, Path]) -> None:
    sign(store, keys["ours"])
    (store / SIGNERS).write_text("no list of signers\n", "utf-8")

    assert "outputs/allowed_signers does not allow: line 1: invalid key" in fault(store)


def test_a_signature_of_a_list_that_is_gone_is_a_fault(store: Path, keys: dict[str, Path]) -> None:
    (sign(store, keys["ours"]).parent / SUMS).unlink()

    assert fault(store) == f"signs {SUMS}, which is missing"


def test_a_machine_without_openssh_says_so_and_fails_nothing(
    store: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert checked(store).note == "not signed"
    monkeypatch.undo()
    sign(store, keys["ours"])
    monkeypatch.setenv("PATH", str(tmp_path))

    found = checked(store)
    assert not found.faults
    assert found.note == "signed, and not checked: there is no ssh-keygen here; install OpenSSH 8.2 or later"


def test_an_ssh_keygen_too_old_says_so_and_fails_nothing(
    store: Path, keys: dict[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sign(store, keys["ours"])
    old = tmp_path / "ssh-keygen"
    old.write_text("#!/bin/sh\necho 'unknown option -- Y' >&2\nexit 1\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert checked(store).note == "signed, and not checked: this ssh-keygen is too old; install OpenSSH 8.2 or later"


def test_the_command_tells_who_signed_and_fails_where_nobody_known_did(store: Path, keys: dict[str, Path]) -> None:
    signature = sign(store, keys["ours"])
    allow(store, keys["ours"])
    run = CliRunner()

    good = run.invoke(cli, ["--project", str(store.parent), "verify"])
    signature.unlink()
    sign(store, keys["strange"])
    bad = run.invoke(cli, ["--project", str(store.parent), "verify"])

    assert good.exit_code == 0
    assert "ok     signature: signed by release-team with the ED25519 key" in good.output
    assert bad.exit_code == 1
    assert "fault  signature: 1 fault" in bad.output
    assert str(store) not in bad.output


def test_the_release_after_a_signed_one_is_published_and_not_signed_by_it(store: Path, keys: dict[str, Path]) -> None:
    sign(store, keys["ours"])
    allow(store, keys["ours"])
    project = Project(store.parent)
    add(project, "milestone", row("milestone", iso3="SRB", organisation_id="eu", milestone="candidate_status", date="2012-03-01", cite="web2023"))  # fmt: skip

    outcome = rebuild_once(project)

    assert (outcome.published, outcome.version) == (True, "0.2.0"), outcome.failures
    notes = [c.note for one in verify(project, every=True) for c in one.checks if c.name == "signature"]
    assert [note.split(" with ")[0] for note in notes] == ["signed by release-team", "not signed"]


def test_a_rebuild_does_not_miss_the_signature(store: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    folder = (store / "latest").resolve()
    shutil.copytree(folder, tmp_path / "rebuilt")
    sign(store, keys["ours"])
    (tmp_path / "rebuilt" / SUMS).write_text("", "utf-8")  # as where a library wrote other bytes

    assert compare(folder, tmp_path / "rebuilt")[0] == []
