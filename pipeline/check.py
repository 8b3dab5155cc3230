"""Checking the sources as a whole: every problem of every file in one report, without Dagster."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from pipeline.dataset import read_dataset
from pipeline.engine import Connection, connect, quoted
from pipeline.problems import Problem, SourceError, only_errors
from pipeline.project import Project
from pipeline.record import read_record
from pipeline.rules import RULES, check_cells, group_by_table
from pipeline.substance import faults, state, substance_checks, tables_looked_at
from pipeline.validate import Origin, load
from pipeline.weigh import create_claims, publish_weighed
from schemas.registry import sources, written


@dataclass(frozen=True)
class Report:
    """What a check found, and how much it looked at."""

    problems: tuple[Problem, ...]
    files: int
    rows: int


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
    problems += _check_substance(con, project, origins, sound)
    counts = " + ".join(f"(SELECT count(*) FROM source.{quoted(name)})" for name in written())
    rows = con.execute(f"SELECT {counts}").fetchall()[0][0]
    if not only_errors(problems) and (
        project.documents or any(result == "not_found" for _, _, result in read_record(project))
    ):
        from pipeline.evidence import look

        problems += look(con, project).problems
    return Report(tuple(sorted(set(problems))), len(written()) + 1, rows)


def _check_substance(
    con: Connection, project: Project, origins: Mapping[str, Origin], sound: Set[str]
) -> list[Problem]:
    """The faults of substance in the tables that are sound, by the checks that read no other."""
    looked_at = {check: tables_looked_at(con, [check]) for check in substance_checks(project.checks)}
    checks = [check for check, seen in looked_at.items() if {"document", *seen.names} <= sound]
    if not checks:
        return []
    published = [sources()[name] for name in sorted({n for c in checks for n in looked_at[c].published})]
    create_claims(con, published)
    for table in published:
        publish_weighed(con, table)
    state(con, sorted({name for check in checks for name in looked_at[check].stated}))
    return [problem for check in checks for problem in faults(con, check, origins)]


def stray_files(project: Project, known_tables: Iterable[str]) -> list[Problem]:
    """Files in the sources folder that no table reads."""
    known = {name for name in known_tables if name != "document"}
    found = []
    for path in sorted(project.sources.glob("*.csv")):
        if path.stem not in known:
            near = difflib.get_close_matches(path.stem, known, 1)
            hint = f"did you mean {near[0]}.csv?" if near else f"add a model schemas/{path.stem}.py, or delete the file"
            what = f"no table is called {path.stem}; {hint}"
            found.append(Problem(project.label(path), 1, 1, what, "file"))
    return found
