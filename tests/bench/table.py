"""The results of the benchmark as a page: medians, ratios to what ran beside, memory, growth, and what each does and does not do.

python -m tests.bench.table     writes docs/bench.md from docs/bench.json anew
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from statistics import linear_regression, median
from typing import Any

from tests.bench.contenders import ALONE, CHECK, CONTENDERS, LIMIT, OURS, Contender
from tests.conftest import ROOT

RESULTS = ROOT / "docs" / "bench.json"

Runs = Mapping[str, Sequence[Mapping[str, float]]]

_INTRODUCTION = """# How fast, beside what

`make bench` writes this page and [bench.json](bench.json). Sources of any size are generated from the real schemas: so many rows of
`deployment` with about four claims each, a seventh of them about a key that others state, too, and missions, documents, events, threats and
the other tables in proportion. The contenders run in turn, each in a process of its own; a ratio is the median of those of each
round, so that what else the machine did weighs on both, and below 1 where we are faster. Seconds are of the clock, and in brackets of the
processors; memory is what was resident at the peak in the largest process of each. After a release, one row is edited and the
next release timed, which compares with the first: that is ours alone."""


def render(known: Mapping[str, Any]) -> str:
    """The page, from what was measured."""
    parts = [
        _INTRODUCTION,
        _machine(known),
        _sizes(known),
        _growth(known),
        _parts(known),
        _capped(known),
        _real(known),
        _who(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_page() -> None:
    """Write the page of the results that are kept."""
    RESULTS.with_suffix(".md").write_text(render(json.loads(RESULTS.read_text("utf-8"))), "utf-8")


def ratio(runs: Runs, name: str, to: str, of: str = "wall") -> float | None:
    """The median over the rounds of one contender's time to another's; None where either is missing."""
    pairs = list(zip(runs.get(name, ()), runs.get(to, ()), strict=False))
    return float(median(a[of] / b[of] for a, b in pairs)) if pairs else None


def _beside(runs: Runs, ours: str, name: str) -> str:
    """Our time to another's, in two cells: of the clock, and of the processors."""
    found = [None if name == ours else ratio(runs, ours, name, of) for of in ("wall", "cpu")]
    return " | ".join("" if one is None else f"{one:.2f}" for one in found)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the line through the logarithms, by least squares: 1 where time grows as rows do."""
    rows, times = zip(*points, strict=True)
    return linear_regression([math.log(x) for x in rows], [math.log(y) for y in times]).slope


def _machine(known: Mapping[str, Any]) -> str:
    machine, versions = known["machine"], known["versions"]
    libraries = {f"{n} {v}" for of in versions.values() for n, v in of.items()}
    return (
        f"Code of {known['code']}; {machine['cores']} cores ({machine['processor']}), {machine['memory_gb']} GB, {machine['system']}, "
        f"Python {machine['python']}; {', '.join(sorted(libraries))}."
    )


_HEAD = "| {} | who | seconds | ours to it, clock | processors | peak memory |\n| --- | --- | --- | --- | --- | --- |"


_NEXT = f"{OURS}, after one edit"


def _row(label: str, runs: Runs, ours: str, name: str) -> str:
    return f"| {label} | {name} | {_seconds(runs[name])} | {_beside(runs, ours, name)} | {_memory(runs[name])} |"


def _sizes(known: Mapping[str, Any]) -> str:
    lines = ["## Scaled sources", "", _HEAD.format("rows")]
    for size in known["sizes"].values():
        for contender in CONTENDERS:
            label = f"{size['rows']:,}"
            if contender.name in size["runs"] and contender.name not in size["failed"]:
                lines.append(_row(label, size["runs"], OURS if contender.work == "whole" else ALONE, contender.name))
            else:
                lines.append(f"| {label} | {contender.name} | {_why_not(size, contender)} | | | |")
        if "after_edit" in size:
            lines.append(_row(f"{size['rows']:,}", {_NEXT: [size["after_edit"]]}, _NEXT, _NEXT))
        if "failed_after" in size:
            lines.append(f"| {size['rows']:,} | {_NEXT} | {_failure(size['failed_after'])} | | | |")
    return "\n".join(lines)


def _why_not(size: Mapping[str, Any], contender: Contender) -> str:
    if contender.name in size["failed"]:
        return _failure(size["failed"][contender.name])
    return "not asked for so many rows" if size["rows"] > contender.largest else "not measured"


def _failure(said: str) -> str:
    return f"failed: {said.splitlines()[-1][:200]}".replace("|", "/")


def _seconds(times: Sequence[Mapping[str, float]]) -> str:
    return f"{median(t['wall'] for t in times):.2f} ({median(t['cpu'] for t in times):.2f})"


def _memory(times: Sequence[Mapping[str, float]]) -> str:
    return f"{median(t['memory'] for t in times):,.0f} MB"


def _growth(known: Mapping[str, Any]) -> str:
    lines = ["## Growth", "", "Time as a power of the number of rows, by least squares over the sizes measured:", ""]
    lines += ["| who | of the clock | of the processors | sizes |", "| --- | --- | --- | --- |"]
    for name in (OURS, LIMIT, CHECK, ALONE):
        sizes = [s for s in known["sizes"].values() if name in s["runs"] and name not in s["failed"]]
        if len(sizes) > 1:
            slopes = [
                exponent([(s["rows"], median(t[of] for t in s["runs"][name])) for s in sizes]) for of in ("wall", "cpu")
            ]
            lines.append(f"| {name} | {slopes[0]:.2f} | {slopes[1]:.2f} | {len(sizes)} |")
    peaks = {
        s["rows"]: median(t["memory"] for t in s["runs"][OURS])
        for s in known["sizes"].values()
        if OURS in s["runs"] and OURS not in s["failed"]
    }
    if {1_000_000, 5_000_000} <= peaks.keys():
        times = peaks[5_000_000] / peaks[1_000_000]
        lines += ["", f"Peak memory of {OURS} at 5,000,000 rows is {times:.2f} times that at 1,000,000."]
    return "\n".join(lines)


def _parts(known: Mapping[str, Any]) -> str:
    """Where our time goes, by size."""
    sizes = {size["rows"]: size["parts"] for size in known["sizes"].values() if "parts" in size}
    if not sizes:
        return ""
    lines = [
        "## Where the time goes",
        "",
        f"Seconds of the clock in {OURS}, by `python -m tests.bench.profile`, each without those of parts within it. What is done",
        "beside takes processors meanwhile, and the clock only where it is waited for.",
        "",
        "| part | " + " | ".join(f"{rows:,} rows" for rows in sizes) + " |",
        "| --- |" + " --- |" * len(sizes),
    ]
    last = next(reversed(sizes.values()))
    for part in sorted({part for parts in sizes.values() for part in parts}, key=lambda part: -last.get(part, 0)):
        lines.append(f"| {part} | " + " | ".join(f"{parts.get(part, 0):.1f}" for parts in sizes.values()) + " |")
    return "\n".join(lines)


def _capped(known: Mapping[str, Any]) -> str:
    if not (capped := known.get("capped")):
        return ""
    under = f"{OURS} at {capped['rows']:,} rows under {capped['bytes'] / 2**30:.0f} GB of memory, by {capped['by']}, with WB6_MEMORY={capped['WB6_MEMORY']}"
    if "failed" in capped:
        return f"## Little memory\n\n{under}: {_failure(capped['failed'])}"
    return f"## Little memory\n\n{under}: completes in {capped['wall']:.1f} s, with {capped['memory']:,.0f} MB resident at the peak."


def _real(known: Mapping[str, Any]) -> str:
    if not (real := known.get("real")):
        return ""
    lines = [
        "## The small real sources",
        "",
        "Everything anew; after one edited cell, with what an earlier run keeps at hand (dbt is told by hand which source was",
        "edited); and with nothing to do, which is what starting takes (dbt lists its models).",
        "",
    ]
    lines += [_HEAD.format("asked")]
    for asked, runs in real["runs"].items():
        lines += [_row(asked, runs, CHECK if name == CHECK else OURS, name) for name in runs]
    return "\n".join(lines)


def _who() -> str:
    lines = ["## Is it equal work?", "", "| who | what it does and does not do |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {c.name} | {c.does} |" for c in CONTENDERS)])


if __name__ == "__main__":
    write_page()
