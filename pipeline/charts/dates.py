"""Dates in words."""

from __future__ import annotations

import datetime

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""In English whatever the user's language, which Python's own names of months follow."""

_HEDGES = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


def day(date: datetime.date) -> str:
    """A day: 31 December 2025."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def in_words(edtf: str) -> str:
    """A date as it is written: `2024-01?/2024-06?` is January 2024 to June 2024 (uncertain)."""
    hedge = next((words for sign, words in _HEDGES.items() if sign in edtf), None)
    first, _, last = edtf.translate({ord(sign): None for sign in _HEDGES}).partition("/")
    if first == "..":
        said = f"up to {_one(last)}"
    elif last == "..":
        said = f"from {_one(first)} on"
    else:
        said = f"{_one(first, last)} to {_one(last)}" if last else _one(first)
    return f"{said} ({hedge})" if hedge else said


def _one(date: str, until: str = "") -> str:
    """A date without hedges; a month of the year in which an interval ends needs no year."""
    if "X" in date:
        return f"{date.replace('X', '0')}s"
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return date
    if len(parts) == 3:
        return day(datetime.date(*parts))
    month = _MONTHS[parts[1] - 1]
    return month if len(until) == 7 and date[:4] == until[:4] else f"{month} {parts[0]}"
