"""Deriving the blueprint: what is made from what, read off the models, the SQL and the imports of the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.blueprint import EXPLORER, RELEASE, Blueprint, Part, Rule
from pipeline.code import digest, reached
from pipeline.engine import Connection, connect
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.rules import ACROSS
from pipeline.sqlfiles import named, reads_dataset, sql_files, tables_read
from pipeline.substance import substance_checks, tables_looked_at
from pipeline.undecided import MEANING
from schemas.registry import Table, models, tables

_DATASET = "sources/dataset.yaml"

_APART = tuple(f"pipeline/{folder}/" for folder in ("joins", "plots", "checks"))
"""Where each file belongs to one table or check; all else that is not Python goes into the release."""

_MODULES = "pipeline/orchestration"
"""Where each kind of part has a module: what that imports is the code that makes the part."""


def derive(code: str, known: Mapping[str, str]) -> Blueprint:
    """The blueprint of the code in some files. Raises PipelineError where models and SQL do not go together."""
    found = tables()
    files = sql_files(Project.here().joins)
    _check_pairs(found, files)
    written = [t for t in found.values() if t.layer != "published"]
    written.sort(key=lambda t: t.layer == "source")
    names = tuple(t.name for t in written)
    with connect() as con:
        joins = {name: _reads(con, found, path) for name, path in files.items()}
        dated = {name: [_DATASET] * reads_dataset(con, path) for name, path in files.items()}
        rules = (*_across(written, known), *_substance(con, known), _conflicts(known))
        _check_plots(con, found)

    def part(module: str, name: str, deps: Iterable[str], *read: str, shapes: Iterable[str]) -> Part:
        own = {f for f in known if not f.endswith(".py") and not f.startswith(_APART)} if name == RELEASE else set()
        if name in found:
            own = {_model(name), f"pipeline/joins/{name}.sql", f"pipeline/plots/{name}.sql"}
        code = reached(f"{_MODULES}/{module}.py", known).union(*(reached(_model(n), known) for n in shapes))
        own &= known.keys()
        return Part(name, tuple(deps), read, tuple(sorted(own)), digest(code | own, known))

    parts = [
        *(part("tables", t.name, _first(t), f"sources/{t.file}", shapes=[t.name]) for t in written),
        part("evidence", "evidence", names, shapes=[]),
        part("evidence", "claim", ("evidence", *names), shapes=["claim"]),
        *(part("joins", name, joins[name], *dated[name], shapes=[name]) for name in _in_order(joins)),
    ]
    made = [p.name for p in parts if p.name in found]
    release = part(RELEASE, RELEASE, made, _DATASET, "sources/LICENSE", shapes=found.keys() - made)
    page = part(EXPLORER, EXPLORER, [RELEASE], shapes=[])
    return Blueprint(code, found, {p.name: p for p in (*parts, release, page)}, rules)


def _model(name: str) -> str:
    """The file of a table's model."""
    return f"{models()[name].__module__.replace('.', '/')}.py"


def _first(table: Table) -> tuple[str, ...]:
    """What a table that people write is made from besides its file: claims are weighed by their documents."""
    return () if table.layer == "bibliography" else ("document",)


def _across(written: Iterable[Table], known: Mapping[str, str]) -> list[Rule]:
    code = digest(reached(f"{_MODULES}/across.py", known), known)
    rules = []
    for table in written:
        referred = {reference.split(".")[0] for f in table.fields for reference in f.cell.references}
        reads = tuple(sorted(referred | {"document", "reference", table.name}))
        rules += [
            Rule("across", n, table.name, reads, "error", m, code) for n, m in ACROSS.items() if table.layer == "source"
        ]
    return rules


def _substance(con: Connection, known: Mapping[str, str]) -> list[Rule]:
    shared, rules = reached(f"{_MODULES}/substance.py", known), []
    for check in substance_checks(Project.here().checks):
        code = digest({*shared, f"pipeline/checks/{check.name}.sql"}, known)
        seen = set(tables_looked_at(con, [check]).names)
        rules += [
            Rule("substance", check.name, table, tuple(sorted(seen | {table})), check.severity, check.meaning, code)
            for table in check.tables
        ]
    return rules


def _conflicts(known: Mapping[str, str]) -> Rule:
    code = digest(reached(f"{_MODULES}/conflicts.py", known), known)
    return Rule("conflicts", "decided", "conflict", ("claim", "conflict"), "warning", MEANING, code)


def _check_pairs(known: Mapping[str, Table], files: Mapping[str, Path]) -> None:
    """Raise PipelineError for a join without a model, or a published model without a join."""
    computed = {name for name, t in known.items() if t.layer == "published"} - {"claim", "change"}
    lacking = [f"pipeline/joins/{n}.sql has no model; add a class to schemas/{n}.py" for n in files.keys() - computed]
    lacking += [f"schemas/{n}.py has no join; add pipeline/joins/{n}.sql" for n in computed - files.keys()]
    if lacking:
        raise PipelineError("\n".join(sorted(lacking)))


def _check_plots(con: Connection, known: Mapping[str, Table]) -> None:
    """Raise PipelineError for a plot that reads another table than the one it is named by."""
    for name, path in sql_files(Project.here().plots).items():
        if name not in known or tables_read(con, path) != {name}:
            raise PipelineError(
                f"{named(path)} does not read {name} alone, the table that it is named by; mend the SQL"
            )


def _reads(con: Connection, known: Mapping[str, Table], path: Path) -> tuple[str, ...]:
    """The tables that a join reads. Raises PipelineError where one of them is no table."""
    reads = sorted(tables_read(con, path))
    strangers = [name for name in reads if name not in known]
    if strangers:
        raise PipelineError(f"{named(path)} reads {', '.join(strangers)}, which is no table; mend the SQL")
    return tuple(reads)


def _in_order(joins: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The joins, each after those it reads. Raises PipelineError where some read each other in a circle."""
    from graphlib import CycleError, TopologicalSorter

    try:
        return [n for n in TopologicalSorter(dict(sorted(joins.items()))).static_order() if n in joins]
    except CycleError as error:
        circle = ", ".join(f"pipeline/joins/{name}.sql" for name in sorted(set(error.args[1])))
        raise PipelineError(f"{circle} read each other in a circle; mend the SQL") from None
