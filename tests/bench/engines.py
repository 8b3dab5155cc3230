"""DuckDB against Spark at any size: the same tables to the byte, the same problems in the same words, and how long each took.

    python -m tests.bench.engines FOLDER ROWS [SEED]

Builds a scaled world (`tests.bench.scale`) on both engines, then again with faults sown over its deployments. Prints
a line per engine and step; exit code 1 where anything differs. WB6_SPARK_MASTER names another Spark than this machine's.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.project import Project
from tests.bench.scale import write_scaled
from tests.spark.built import Outcome, build

_FAULTS = {
    "rows at fault": (
        ("contingent", "Contingent"),
        (",2", ",2O"),
        ("mission-", "Mission-"),
        ("document-", "Document "),
    ),
    "rows that name nothing": (("mission-0", "nowhere-0"), ("document-0", "nobody-0")),
}
"""What is written instead of what, each in one row of a thousand."""

_EVERY = 997


def compare(root: Path, engines: tuple[str, ...] = ("duckdb", "spark")) -> dict[str, Outcome]:
    """Build a world on each engine, in a copy of its own so that neither finds what the other made."""
    outcomes = {}
    for engine in engines:
        copy = root.with_name(f"{root.name}-{engine}")
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        shutil.copytree(root / "sources", copy / "sources")
        outcomes[engine] = build(Project(copy), engine)
        shutil.rmtree(copy)
    return outcomes


def sow(root: Path, faults: Sequence[tuple[str, str]]) -> None:
    """Put faults into the deployments of a world, each in every so many rows."""
    path = root / "sources" / "deployment.csv"
    lines = path.read_text("utf-8").split("\n")
    for number, place in enumerate(range(_EVERY, len(lines) - 1, _EVERY)):
        lines[place] = lines[place].replace(*faults[number % len(faults)], 1)
    path.write_text("\n".join(lines), "utf-8")


def main() -> None:
    """Compare the engines on a scaled world, sound and faulty."""
    root, rows, seed = Path(sys.argv[1]).resolve(), int(float(sys.argv[2])), int(([*sys.argv[3:], "1"])[0])
    write_scaled(root, rows, seed)
    same = _tell("sound rows", compare(root))
    sound = (root / "sources" / "deployment.csv").read_bytes()
    for what, faults in _FAULTS.items():
        (root / "sources" / "deployment.csv").write_bytes(sound)
        sow(root, faults)
        same &= _tell(what, compare(root))
    sys.exit(0 if same else 1)


def _tell(what: str, outcomes: dict[str, Outcome]) -> bool:
    """Print how long each engine took and whether they agree."""
    ours, theirs = outcomes.values()
    for engine, outcome in outcomes.items():
        steps = {step: round(seconds, 1) for step, seconds in outcome.seconds.items()}
        sys.stdout.write(f"{what}, {engine}: {json.dumps(steps)}\n")
    differing = sorted(n for n in ours.digests.keys() | theirs.digests if ours.digests.get(n) != theirs.digests.get(n))
    problems = len(ours.report.splitlines())
    sys.stdout.write(f"{what}: {len(ours.digests)} tables, differing: {', '.join(differing) or 'none'}; ")
    sys.stdout.write(f"{problems} problems, {'the same' if ours.report == theirs.report else 'not the same'}\n")
    sys.stdout.flush()
    return not differing and ours.report == theirs.report


if __name__ == "__main__":
    main()
