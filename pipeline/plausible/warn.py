"""What checks of plausibility share: how they warn, and how a curator answers them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.problems import Problem, shown
from pipeline.validate import Origin
from schemas.registry import Table

Loaded = Mapping[str, tuple[Table, Origin]]
"""The tables looked at, by name, each with where its rows came from."""

ANSWERED = "lower(coalesce(note, '')) LIKE '%outlier: ___%'"
"""Condition for a row whose note says why it stands."""


def is_answered(note: str | None) -> bool:
    """The same of a note in Python."""
    return re.search(r"outlier: ...", note or "", re.IGNORECASE | re.DOTALL) is not None


SAY_WHY = "say in note why it stands, after the word Outlier:"
"""How a warning is answered."""

DAYS_APART = 60
"""Days by which what documents say of a date may differ: the day of a thing, and the day for which it was announced.

`member_since_its_step.sql` has the same number."""


def warning(loaded: Loaded, table: str, line: int, field: str, value: str, what: str, rule: str) -> Problem:
    """A warning on one cell."""
    origin = loaded[table][1]
    return Problem(
        origin.label, line, origin.column_of(field), f"{field} {shown(value)}: {what}", rule, severity="warning"
    )
