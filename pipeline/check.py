"""Checking the sources as a whole: every problem of every file in one report, without Dagster."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from functools import partial

from pipeline.dataset import read_dataset
from pipeline.engine import Connection, connect, quoted
from pipeline.plausible.listed import PLAUSIBLE
from pipeline.plausible.warn import Loaded
from pipeline.problems import Problem, SourceError, only_errors
from pipeline.project import Project
from pipeline.record import read_record
from pipeline.rules import RULES, check_cells, group_by_table
from pipeline.stray import stray_files
from pipeline.substance import LookedAt, SubstanceCheck, find_faults, substance_checks, tables_looked_at
from pipeline.unchecked import unchecked_claims
from pipeline.validate import Origin, load
from pipeline.weigh import create_claims, publish_weighed
from schemas.registry import sources, written


@dataclass(frozen=True)
class Report:
    """What a check found, and how much it looked at.

    `waiting` are the checks of substance that wait for broken tables to be mended, `too_long` the tables that were not looked at
    for what can hardly be meant.
    """

    problems: tuple[Problem, ...]
    files: int
    rows: int
    waiting: tuple[str, ...] = ()
    too_long: tuple[str, ...] = ()


MOST_BY_HAND = 4_000
"""Up to how many rows a table is taken for written by hand: slips of hands are not looked for in longer ones."""


def check_sources(project: Project) -> Report:
    """Validate every source file, and the claims against their texts where those are at hand."""
    with connect(project.build) as con:
        return check_into(con, project)


def check_into(con: Connection, project: Project) -> Report:
    """The same in a given engine, which then holds every `source.<table>`."""
    problems = stray_files(project, written())
    try:
        read_dataset(project)
    except SourceError as error:
        problems += error.problems
    origins: dict[str, Origin] = {}
    malformed, unread = set(), set()
    for name, table in written().items():
        origins[name], found = load(con, project, table)
        problems += found
        malformed |= {name} if found else set()
        unread |= {name} if any(p.rule not in ("row", "rank", "cell") for p in found) else set()
    marked = {(p.file, p.line, p.column) for p in problems}
    loaded = {name: (table, origins[name]) for name, table in written().items()}
    cells = check_cells(con, {name: pair for name, pair in loaded.items() if name not in malformed})
    problems += cells
    for rule in RULES.values():
        found = rule(con, loaded, frozenset(unread))
        problems += [p for p in found if (p.file, p.line, p.column) not in marked]
    sound = written().keys() - malformed - group_by_table(cells).keys()
    looked_at = {check: tables_looked_at(con, [check]) for check in substance_checks(project.checks)}
    able = {check: seen for check, seen in looked_at.items() if {"document", *seen.names} <= sound}
    counts = ", ".join(f"(SELECT count(*) FROM source.{quoted(name)})" for name in written())
    rows = dict(zip(written(), con.execute(f"SELECT {counts}").fetchall()[0], strict=True))
    by_hand = {name: pair for name, pair in loaded.items() if rows[name] <= MOST_BY_HAND}
    weighed = {name for seen in able.values() for name in seen.published} | (sound & by_hand.keys())
    weighable = [table for name, table in sources().items() if name in weighed and "document" in sound]
    if weighable:
        create_claims(con, weighable)
        problems += _check_substance(con, able, origins)
        problems += _check_plausibility(con, project, by_hand, group_by_table(only_errors(problems)).keys())
    if not only_errors(problems):
        problems += unchecked_claims(con, project, origins)
    if not only_errors(problems) and (
        project.documents or any(result == "not_found" for _, _, result in read_record(project))
    ):
        from pipeline.evidence import look

        problems += look(con, project, partial(_weigh_all, con, weighed)).problems
    waiting = tuple(check.name for check in looked_at if check not in able)
    too_long = tuple(sorted(rows.keys() - by_hand.keys()))
    return Report(tuple(sorted(set(problems))), len(written()) + 1, sum(rows.values()), waiting, too_long)


def _weigh_all(con: Connection, weighed: Collection[str]) -> None:
    """Weigh the claims of every table, unless all were."""
    if sources().keys() - weighed:
        create_claims(con, sources().values())


def _check_plausibility(con: Connection, project: Project, loaded: Loaded, faulty: Container[str]) -> list[Problem]:
    """What can hardly be meant in tables without errors; in the others most of it would follow from those."""
    believed = {name: pair for name, pair in loaded.items() if name not in faulty}
    if not believed.keys() & sources().keys():
        return []
    return [problem for check in PLAUSIBLE.values() for problem in check(con, project, believed)]


def _check_substance(
    con: Connection, looked_at: Mapping[SubstanceCheck, LookedAt], origins: Mapping[str, Origin]
) -> list[Problem]:
    """The faults of substance that some checks find in the tables they look at, weighed for them."""
    published = [sources()[name] for name in sorted({n for seen in looked_at.values() for n in seen.published})]
    for table in published:
        publish_weighed(con, table)
    return find_faults(con, looked_at, origins)
