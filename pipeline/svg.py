"""Drawing a plot as SVG: small enough to travel inside the metadata of a run, and the same for the same points."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from html import escape

from pipeline.plot import Plot, Point

_WIDTH, _HEIGHT, _BAR = 760, 300, 20
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 40, 28
_LABELS = 250
_INKS = ("#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2")
_GREY, _PALE = "#475569", "#e2e8f0"


def draw(plot: Plot) -> str:
    """The plot as one SVG image, on white, so that it can be read on a dark page too."""
    height, drawn = _line(plot) if plot.kind == "line" else _bars(plot)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{_GREY}"><rect width="100%" height="100%" fill="#fff"/>'
        f"{_text(12, 20, plot.title, style='font-size:14px;font-weight:600')}{''.join(drawn)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start", style: str = "") -> str:
    styled = f' style="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{styled}>{escape(text)}</text>'


def _line(plot: Plot) -> tuple[int, list[str]]:
    days = [_number(point) for point in plot.points]
    first, last = min(days), max(days)
    steps = _steps(max(point.y for point in plot.points))

    def across(day: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * ((day - first) / (last - first) if last > first else 0.5)

    def up(value: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / steps[-1]

    drawn = [_level(up(step), f"{step:,g}") for step in steps]
    for year in _years(first, last):
        x = across(datetime.date(year, 1, 1).toordinal())
        drawn.append(_text(x, _HEIGHT - 10, str(year), "middle"))
    names = list(dict.fromkeys(point.series for point in plot.points))
    for number, name in enumerate(names):
        ink = _INKS[number % len(_INKS)]
        of_series = [point for point in plot.points if point.series == name]
        places = [(across(_number(point)), up(point.y)) for point in of_series]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{ink}" stroke-width="1.5"/>')
        drawn += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{ink}"/>' for x, y in places]
        if len(names) > 1:
            x = _WIDTH - _RIGHT - 96 * (len(names) - number)
            drawn.append(f'<rect x="{x}" y="26" width="10" height="10" fill="{ink}"/>{_text(x + 14, 35, name)}')
    return _HEIGHT, drawn


def _level(y: float, label: str) -> str:
    rule = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_PALE}"/>'
    return rule + _text(_LEFT - 8, y + 4, label, "end")


def _bars(plot: Plot) -> tuple[int, list[str]]:
    most = max(point.y for point in plot.points) or 1
    room = _WIDTH - _LABELS - _RIGHT - 48
    drawn = []
    for number, point in enumerate(plot.points):
        y, width = _TOP + _BAR * number, room * point.y / most
        drawn.append(_text(_LABELS - 8, y + 14, str(point.x), "end"))
        drawn.append(f'<rect x="{_LABELS}" y="{y + 3}" width="{width:.1f}" height="{_BAR - 6}" fill="{_INKS[0]}"/>')
        drawn.append(_text(_LABELS + width + 6, y + 14, f"{point.y:,g}"))
    return _TOP + _BAR * len(plot.points) + 12, drawn


def _number(point: Point) -> int:
    return point.x.toordinal() if isinstance(point.x, datetime.date) else 0


def _steps(most: float) -> list[float]:
    """Round levels from zero to no less than the greatest value, some five of them."""
    rough = (most or 1) / 5
    unit = 10 ** math.floor(math.log10(rough))
    step = next(unit * by for by in (1, 2, 5, 10) if unit * by >= rough)
    return [step * number for number in range(math.ceil((most or 1) / step - 1e-9) + 1)]


def _years(first: int, last: int) -> Iterable[int]:
    """The years to name below an axis of days, ten or so."""
    begin, end = datetime.date.fromordinal(first).year, datetime.date.fromordinal(last).year
    step = next(by for by in (1, 2, 5, 10, 20, 50, 100) if (end - begin) / by <= 12)
    years = range(-(-begin // step) * step, end + 1, step)
    return [year for year in years if first <= datetime.date(year, 1, 1).toordinal() <= last]
