"""Time as the browser of this machine has it now: measured by work, so that what else runs slows both alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_WORK = """() => {
  const started = performance.now();
  const rows = Array.from({length: 300000}, (_, i) => ({id: `${(i * 7919) % 300007}`, n: i}));
  JSON.parse(JSON.stringify(rows)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return performance.now() - started;
}"""
_AT_REST = 0.3
"""Seconds that a browser takes for it where two cores have nothing else to do."""


def seconds(tab: Any, measured: Callable[[], float]) -> float:
    """What was measured, in seconds of a machine at rest: by the work that a page does before and after."""
    before = float(tab.evaluate(_WORK))
    took = measured()
    return took * _AT_REST / ((before + float(tab.evaluate(_WORK))) / 2000)
