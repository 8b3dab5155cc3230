"""Whether the days that two dates can mean lie apart, in Python."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pipeline.plausible.warn import DAYS_APART


def dates_apart(a: str, b: str) -> bool:
    """Whether two EDTF cells lie two months and more apart, by the days that they can mean; open ends are near anything."""
    (first, last), (begin, end) = _bounds(a), _bounds(b)
    return bool(
        (last and begin and begin - last > timedelta(DAYS_APART))
        or (end and first and first - end > timedelta(DAYS_APART))
    )


def _bounds(cell: str) -> tuple[date | None, date | None]:
    """The first and the last day that an EDTF cell can mean; None where open. As `pipeline.expand` has it in SQL."""
    start, _, end = cell.partition("/")
    low, high = start.strip("?~%."), (end or start).strip("?~%.")
    first = date.fromisoformat((low.replace("X", "0") + "-01-01")[:10]) if low else None
    if not high:
        return first, None
    if len(high) == 10:
        return first, date.fromisoformat(high)
    year, month = int(high[:4].replace("X", "9")), int(high[5:7] or 12)
    return first, date(year, month, monthrange(year, month)[1])
