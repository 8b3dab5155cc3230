"""The signature of a release, where it has one: that it is of SHA256SUMS as it stands, and whose it is.

Signing and proving are OpenSSH's: `ssh-keygen -Y`. A release without a signature is whole all the same.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from pipeline.files import SUMS
from pipeline.hidden import plain
from pipeline.verify.fault import RESTORE, Fault
from pipeline.verify.sums import SIGNATURE

NAMESPACE = "wb6-release"
"""What a signature is for: one made for anything else, such as a commit or a message, is none of a release."""

SIGNERS = "allowed_signers"
"""The file of the store that lists whose signatures count, in the form that ssh-keygen(1) describes."""

_AGAIN = f"remove it, and sign {SUMS} again"

_PATIENCE = 60
"""Seconds after which ssh-keygen is given up."""


class _UncheckedError(Exception):
    """Why nothing can be said of a signature on this machine."""


def signature_faults(folder: Path) -> tuple[list[Fault], str]:
    """What is wrong with the signature of a release; and a note on who signed it, or that nobody did."""
    signature = folder / SIGNATURE
    if signature.is_symlink() or not signature.is_file():
        return [], "not signed"
    if not (folder / SUMS).is_file():
        return [Fault(SIGNATURE, f"signs {SUMS}, which is missing", RESTORE)], ""
    try:
        return _checked(folder, folder.parent.parent)
    except _UncheckedError as reason:
        return [], f"signed, and not checked: {reason}"


def _checked(folder: Path, store: Path) -> tuple[list[Fault], str]:
    whole, said, why = _ask(folder, "check-novalidate", "-n", NAMESPACE, "-s", SIGNATURE)
    if not whole:
        return [Fault(SIGNATURE, f"no signature of this {SUMS} for {NAMESPACE}: {why}", f"{RESTORE}, or {_AGAIN}")], ""
    stated = re.search(r"with (\S+ key \S+)", said)
    key = f"the {stated[1]}" if stated else "a key that ssh-keygen does not name"
    signers = store / SIGNERS
    if not signers.is_file():
        return [], f"signed with {key}; there is no {store.name}/{SIGNERS} that would say whose it is"
    listed = ["-f", str(signers.resolve())]
    _, names, why = _ask(folder, "find-principals", *listed, "-s", SIGNATURE)
    for name in names.splitlines():
        holds, _, why = _ask(folder, "verify", *listed, "-I", name, "-n", NAMESPACE, "-s", SIGNATURE)
        if holds:
            return [], f"signed by {plain(name)} with {key}"
    why = why.replace(f"{signers.resolve()}:", "line ")
    what = f"made with {key}, which {store.name}/{SIGNERS} does not allow: {why}"
    return [Fault(SIGNATURE, what, f"list the key there if you trust it; if not, {_AGAIN} with one that is listed")], ""


def _ask(folder: Path, *question: str) -> tuple[bool, str, str]:
    """What ssh-keygen says of SHA256SUMS: whether it agrees, its answer, and the reason where it does not.

    Raises _UncheckedError where there is none that can say.
    """
    command = ["ssh-keygen", "-Y", *question]
    try:
        with (folder / SUMS).open("rb") as sums:
            done = subprocess.run(  # noqa: S603
                command, cwd=folder, stdin=sums, capture_output=True, check=False, timeout=_PATIENCE
            )
    except FileNotFoundError:
        raise _UncheckedError("there is no ssh-keygen here; install OpenSSH 8.2 or later") from None
    except subprocess.TimeoutExpired:
        raise _UncheckedError("ssh-keygen does not answer") from None
    except OSError as error:
        raise _UncheckedError(f"{SUMS} or ssh-keygen cannot be opened: {error.strerror}") from None
    answer, reasons = (stream.decode("utf-8", "replace").strip() for stream in (done.stdout, done.stderr))
    if re.search(r"(illegal|unknown|invalid) option|unsupported operation", reasons, re.IGNORECASE):
        raise _UncheckedError("this ssh-keygen is too old; install OpenSSH 8.2 or later")
    return done.returncode == 0, answer, plain((reasons or "no reason given").splitlines()[0]).rstrip(".")
