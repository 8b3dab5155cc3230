"""What verifying found, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.problems import counted
from pipeline.verify.run import Verified


def render(done: Sequence[Verified], style: str) -> str:
    """The outcome of each check as `text`, a line each with its faults below it, or as `json`."""
    return _json(done) if style == "json" else "\n".join(_text(done))


def _text(done: Sequence[Verified]) -> list[str]:
    lines = []
    for one in done:
        lines.append(f"release {one.version}" if one.version else "the store")
        for check in one.checks:
            if check.faults:
                lines += [f"  fault  {check.name}: {counted(len(check.faults), 'fault')}", *map(str, check.faults)]
            else:
                lines.append(f"  ok     {check.name}: {check.note or check.proves}")
    return [*lines, _tally(done)]


def _tally(done: Sequence[Verified]) -> str:
    checks, found = sum(len(one.checks) for one in done), sum(len(one.faults) for one in done)
    releases = counted(sum(bool(one.version) for one in done), "release")
    return f"{releases}, {counted(checks, 'check')}: {counted(found, 'fault') if found else 'no faults'}"


def _json(done: Sequence[Verified]) -> str:
    said = {
        "ok": not any(one.faults for one in done),
        "releases": [
            {
                "version": one.version or None,
                "checks": [
                    {
                        "name": c.name,
                        "ok": not c.faults,
                        "proves": c.proves,
                        "note": c.note or None,
                        "faults": [asdict(f) for f in c.faults],
                    }
                    for c in one.checks
                ],
            }
            for one in done
        ],
    }
    return json.dumps(said, ensure_ascii=True, indent=2)
