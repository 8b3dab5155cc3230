"""`make bench`: ours, the limit and the peers on scaled sources, in turn, and the small real ones; the table of what they took.

    python -m tests.bench.run [--rounds N] [--real N] [--capped] [SIZE ...]

Writes docs/bench.json and docs/bench.md. What was measured before stays in them, but for the sizes measured now, as long as code,
machine and versions are the same. With --only nothing is written: a ratio is of those who ran in turn.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.contenders import CONTENDERS, OURS, Contender, Place, ours, peer
from tests.bench.edit import edit_row
from tests.bench.measure import FailedError, Took, how_limited, python, said, took
from tests.bench.peers.dbt_project import write_dbt_project
from tests.bench.peers.described import describe_sources
from tests.bench.real import measure_real
from tests.bench.scale import write_scaled
from tests.bench.surroundings import code, machine, versions
from tests.bench.table import RESULTS, write_page
from tests.conftest import ROOT

CAP, ENGINE_CAP, CAPPED_ROWS = 1 << 30, "400MB", 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 5_000_000)


def prepare(place: Place, rows: int) -> dict[str, Any]:
    """Write the sources of a size and what the peers need of them; how much it is."""
    project = write_scaled(place.project.root, rows)
    write_dbt_project(project, place.dbt)
    describe_sources(project, place.described)
    size = sum(path.stat().st_size for path in project.sources.iterdir())
    return {"rows": rows, "megabytes_of_sources": round(size / 1e6, 1)}


def measure_size(place: Place, rows: int, rounds: int, only: Sequence[str]) -> dict[str, Any]:
    """Run everyone who can in turn, `rounds` times; those that fail say why and are not asked again."""
    about = prepare(place, rows) | {"rounds": rounds}
    asked = [c for c in CONTENDERS if rows <= c.largest and c.is_here and (not only or c.name in only)]
    runs: dict[str, list[Took]] = {c.name: [] for c in asked}
    failed: dict[str, str] = {}
    for number in range(rounds):
        for contender in asked:
            if contender.name not in failed:
                _measure(contender, place, runs, failed, warm=number == 0 and contender.tool == "dbt")
    return about | {
        "runs": {name: [t.plain() for t in times] for name, times in runs.items() if times},
        "failed": failed,
    }


def measure_parts(place: Place) -> dict[str, Any]:
    """Where the time of our release goes, and what the next one takes, after one edited row; or why that failed."""
    place.clear()
    try:
        parts = json.loads(said(ROOT, python("-m", "tests.bench.profile", str(place.project.root))))
        edit_row(place.project)
        return {"parts": parts, "after_edit": took(ROOT, ours("release", "--quiet")(place)).plain()}
    except FailedError as error:
        return {"failed_after": str(error)}


def _measure(
    contender: Contender, place: Place, runs: dict[str, list[Took]], failed: dict[str, str], warm: bool
) -> None:
    try:
        if warm:  # what dbt keeps of its parsing it keeps from here on
            took(ROOT, (peer("dbt"), "parse", "--project-dir", str(place.dbt), "--profiles-dir", str(place.dbt)))
        place.clear()
        runs[contender.name].append(took(ROOT, contender.command(place)))
    except FailedError as error:
        failed[contender.name] = str(error)
    print(f"{contender.name}: {runs[contender.name][-1:] or failed}", flush=True)  # noqa: T201


def measure_capped(place: Place) -> dict[str, Any]:
    """Ours once with a limit of memory; what it took, or that it failed."""
    prepare(place, CAPPED_ROWS)
    command = next(c for c in CONTENDERS if c.name == OURS).command(place)
    about = {"rows": CAPPED_ROWS, "bytes": CAP, "by": how_limited(), "WB6_MEMORY": ENGINE_CAP}
    try:
        return about | took(ROOT, command, limit=CAP, WB6_MEMORY=ENGINE_CAP).plain()
    except FailedError as error:
        return about | {"failed": str(error)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=lambda text: int(float(text)), help="rows of deployment, such as 1e5")
    parser.add_argument("--rounds", type=int, default=3, help="how often each runs; sizes above 1e6 run once")
    parser.add_argument("--real", type=int, default=None, help="rounds on the real sources; 0 for none")
    parser.add_argument("--capped", action="store_true", help="only a run at 1e6 rows with a gigabyte of memory")
    parser.add_argument(
        "--only", action="append", default=[], help="only this contender, shown and not kept; may be given again"
    )
    parser.add_argument("--space", type=Path, help="where scaled sources are written; by default the system's")
    asked = parser.parse_args(arguments)
    everything = not asked.sizes and asked.real is None and not asked.capped
    known = _known({"code": code(), "machine": machine(), "versions": versions()})
    for rows in SIZES if everything else asked.sizes:
        with _space(asked.space) as folder:
            rounds = asked.rounds if rows <= CAPPED_ROWS else 1
            place = Place(Path(folder))
            known["sizes"][str(rows)] = measure_size(place, rows, rounds, asked.only)
            if asked.only:
                return
            _keep(known)
            known["sizes"][str(rows)] |= measure_parts(place)
        _keep(known)
    if asked.real or everything:
        known["real"] = measure_real(asked.real or asked.rounds)
        _keep(known)
    if asked.capped or everything:
        with _space(asked.space) as folder:
            known["capped"] = measure_capped(Place(Path(folder)))
        _keep(known)


def _space(under: Path | None) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wb6-bench-", dir=under, ignore_cleanup_errors=True)


def _known(here: dict[str, Any]) -> dict[str, Any]:
    """What was measured before of the same code, on the same machine, with the same versions."""
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    return known if {name: known.get(name) for name in here} == here else {**here, "sizes": {}}


def _keep(known: dict[str, Any]) -> None:
    known["sizes"] = dict(sorted(known["sizes"].items(), key=lambda pair: int(pair[0])))
    RESULTS.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    write_page()


if __name__ == "__main__":
    main()
