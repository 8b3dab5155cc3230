"""Every check of plausibility by name: each a function from the loaded tables to warnings."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.engine import Connection
from pipeline.plausible.agreement import check_agreement, check_ranks
from pipeline.plausible.dates import check_dates, later_dates
from pipeline.plausible.ids import check_documents, check_ids
from pipeline.plausible.passages import check_passages, check_sections
from pipeline.plausible.vocabulary import unexplained_codes
from pipeline.plausible.warn import Loaded
from pipeline.plausible.words import check_words
from pipeline.problems import Problem
from pipeline.project import Project
from pipeline.stray import unended_files
from schemas.registry import sources

Check = Callable[[Connection, Project, Loaded], list[Problem]]


def _of_tables(check: Callable[[Connection, Loaded], list[Problem]]) -> Check:
    """A check that needs nothing but the tables."""
    return lambda con, _, loaded: check(con, loaded)


PLAUSIBLE: dict[str, Check] = {
    "agreement": _of_tables(check_agreement),
    "ranks": _of_tables(check_ranks),
    "dates": _of_tables(check_dates),
    "edition": later_dates,
    "ids": _of_tables(check_ids),
    "words": _of_tables(check_words),
    "vocabulary": unexplained_codes,
    "passages": _of_tables(check_passages),
    "sections": _of_tables(check_sections),
    "documents": _of_tables(check_documents),
    "ends": lambda _, project, loaded: unended_files(project, loaded.keys() & sources().keys()),
}
"""In no order: what they find is sorted by where it stands."""
