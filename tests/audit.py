"""Ask the advisory database about every locked package: `make audit`, on a machine with a network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from tests.materials import LOCKS, ROOT

COMMAND = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off")


def audit(command: Sequence[str] = COMMAND, locks: Sequence[str] = tuple(LOCKS)) -> tuple[int, str]:
    """The exit status, and what is to be said: the weaknesses known of, none, or that nobody could be asked."""
    asked = [part for lock in locks for part in ("--requirement", str(ROOT / lock))]
    done = subprocess.run([*command, "--format", "json", *asked], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        return (
            1,
            f"Nothing was audited: the advisory database could not be asked ({why[:200]}). Try again with a network.",
        )
    found = [
        f"{package['name']} {package['version']}: {known['id']}; mended in {', '.join(known['fix_versions']) or 'no version'}"
        for package in packages
        for known in package.get("vulns", ())
    ]
    lacking = [package["name"] for package in packages if "skip_reason" in package]
    if len(lacking) == len(packages):
        return 1, "Nothing was audited: what answered here knows of no package. Try again with a network."
    told = [f"Not audited, since the database does not know them: {', '.join(lacking)}."] if lacking else []
    whole = (
        f"{len(packages) - len(lacking)} packages of {', '.join(locks)} audited: {len(found) or 'no'} known weaknesses"
    )
    return (1 if found or lacking else 0), "\n".join([*found, *told, whole])


if __name__ == "__main__":
    status, said = audit()
    print(said)  # noqa: T201
    sys.exit(status)
