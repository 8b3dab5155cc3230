"""Signing releases with OpenSSH, by keys that a test makes and throws away. Nothing here asks for a passphrase."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.files import SUMS
from pipeline.project import Project
from pipeline.verify.run import Checked, verify
from pipeline.verify.signature import NAMESPACE, SIGNERS
from pipeline.verify.sums import SIGNATURE

needs_openssh = pytest.mark.skipif(
    not shutil.which("ssh-keygen"),
    reason="ssh-keygen is not installed: signatures are made and proved with OpenSSH",
)


def make_keys(folder: Path) -> dict[str, Path]:
    """The private keys of two pairs, `ours` and `strange`."""
    keys = {name: folder / name for name in ("ours", "strange")}
    for path in keys.values():
        keygen("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path))
    return keys


def keygen(*arguments: str) -> None:
    command = ["ssh-keygen", *arguments]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)


def sign(store: Path, key: Path, namespace: str = NAMESPACE) -> Path:
    """Sign the latest release; its signature."""
    folder = (store / "latest").resolve()
    keygen("-Y", "sign", "-f", str(key), "-n", namespace, str(folder / SUMS))
    return folder / SIGNATURE


def allow(store: Path, key: Path, name: str = "release-team", options: str = f'namespaces="{NAMESPACE}" ') -> None:
    """List a key as one whose signatures count."""
    kind, public = key.with_suffix(".pub").read_text("utf-8").split()[:2]
    with (store / SIGNERS).open("a", encoding="utf-8") as stream:
        stream.write(f"{name} {options}{kind} {public}\n")


def checked(store: Path) -> Checked:
    """The check of the signature of the latest release."""
    (release,) = (one for one in verify(Project(store.parent)) if one.version)
    return next(check for check in release.checks if check.name == "signature")
