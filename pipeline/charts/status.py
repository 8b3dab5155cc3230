"""The asterisk that leads from a name to the note on status, wherever a chart names it."""

from __future__ import annotations

import re
from typing import Any

from pipeline.charts.chart import Rows
from schemas.fields import STATUS_NAME, STATUS_NOTE

_NAME = re.compile(rf"\b{STATUS_NAME}\b(?!\*)")


def starred(text: str) -> str:
    """A text with the asterisk after each name that the note is about."""
    return _NAME.sub(f"{STATUS_NAME}*", text)


def starred_in(rows: Rows) -> Rows:
    """Rows as a chart draws them, with the asterisk in their texts."""
    return [tuple(_starred(cell) for cell in row) for row in rows]


def note(drawn: str) -> str:
    """The note on status, with the asterisk that leads to it where what is drawn has one."""
    return f"* {STATUS_NOTE}" if f"{STATUS_NAME}*" in drawn else STATUS_NOTE


def _starred(cell: Any) -> Any:
    return starred(cell) if isinstance(cell, str) else cell
