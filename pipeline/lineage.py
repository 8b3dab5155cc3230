"""Where every published column comes from: of joins as their SQL says, of all else as the steps before them make it.

An origin is a column whose values go into those of another; columns that only choose rows are none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.blueprint import LINEAGE, Blueprint, blueprint, kept_in
from pipeline.project import Project
from pipeline.record import RECORD
from pipeline.sqlfiles import DATASET, sql_files
from pipeline.whole import keep_if_possible
from schemas.registry import Table


@dataclass(frozen=True, order=True)
class Origin:
    """A column that another comes from, of a table or of a file that people write (`sources/membership`)."""

    place: str
    column: str

    def __str__(self) -> str:
        return f"{self.place}.{self.column}"


Lineage = Mapping[str, tuple[Origin, ...]]
"""The origins of each column of one table, in order; none where nothing that is written goes into it."""

_CLAIM: Mapping[str, tuple[str, ...]] = {
    "claim_id": ("<key>", "<claimed>", "cite"),
    "row_key": ("<key>",),
    "value": ("<claimed>",),
    "document_id": ("cite",),
    "locator": ("cite",),
    "origin_document_id": ("cite", "sources/reference.cited_document_id"),
    "rank": ("rank",),
    "rank_reason": ("rank_reason",),
    "note": ("note",),
    "is_published": ("rank", "cite", "<claimed>", "document.reliability", "document.issued"),
    "corroboration": ("<claimed>", "cite"),
    "evidence": (f"{RECORD}.evidence",),
}
"""What the columns of `claim` are made from: columns of every file of claims, or of one place that is named.

`<key>` are the columns of a key, `<claimed>` those whose filled cells are claims. The other columns say where a claim
is written, not what.
"""

_CHANGE: Mapping[str, tuple[str, ...]] = {
    "key": ("<key>",),
    "old": ("<fact>",),
    "new": ("<fact>",),
    "change_class": ("claim.document_id", "claim.rank", "claim.value"),
    "class": ("claim.document_id", "claim.rank", "claim.value"),
    "claims": ("claim.claim_id",),
}
"""What the columns of `change` are made from: columns of every table that people write, or of `claim`."""


def lineage(project: Project, plan: Blueprint) -> dict[str, Lineage]:
    """The lineage of every table of a blueprint."""
    return {name: table_lineage(project, plan, name) for name in plan.tables}


def listed_lineage(project: Project) -> dict[str, dict[str, list[str]]]:
    """The lineage of every table as releases list it: `table.column`, or `sources/file.column`."""
    found = lineage(project, blueprint(project))
    return {name: {column: list(map(str, origins)) for column, origins in of.items()} for name, of in found.items()}


def table_lineage(project: Project, plan: Blueprint, name: str) -> Lineage:
    """The lineage of one table. That of a join is kept beside the blueprint, since reading its SQL takes a while."""
    table = plan.tables[name]
    if name in plan.joins:
        return _kept(kept_in(project) / LINEAGE, name, plan)
    if name in ("claim", "change"):
        return _of_all(table, plan)
    return {c.name: _of_file(table, c.name, c.field) for c in table.columns}


def _of_file(table: Table, column: str, field: str) -> tuple[Origin, ...]:
    """The origins of a column of a table that people write; of those that count claims, all that is claimed."""
    place = f"sources/{table.file.split('.')[0]}"
    counted = {"n_claims": "cite", "disputed": "rank"}
    names = [field] if field else [*(f.name for f in table.claimed), counted[column]]
    return tuple(Origin(place, name) for name in sorted(names))


def _of_all(table: Table, plan: Blueprint) -> Lineage:
    """The origins of the columns of `claim` or `change`."""
    made_from = _CLAIM if table.name == "claim" else _CHANGE
    claims = [t for t in plan.written.values() if t.layer == "source"]
    origins = {c.name: made_from.get(c.name, ()) for c in table.columns}
    return {
        name: tuple(sorted({o for w in what for o in _resolved(w, claims, table.name == "claim")}))
        for name, what in origins.items()
    }


def _resolved(what: str, tables: Iterable[Table], as_written: bool) -> Iterable[Origin]:
    if "." in what:
        place, column = what.split(".")
        return [Origin(place, column)]
    found = []
    for table in tables:
        names: Iterable[str] = {
            "<key>": table.key,
            "<claimed>": tuple(f.name for f in table.claimed),
            "<fact>": tuple(c.name for c in table.columns if c.field),
        }.get(what, (what,))
        found += [Origin(f"sources/{table.name}" if as_written else table.name, name) for name in names]
    return found


def _sql_lineage(name: str, sql: str, columns: Mapping[str, Mapping[str, str]]) -> Lineage:
    """The lineage of a join from its SQL, given the columns of every table with their types."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.lineage import lineage as trace
    from sqlglot.optimizer import build_scope
    from sqlglot.optimizer.qualify import qualify

    schema: dict[str, object] = {**columns, DATASET: {"as_of": "DATE"}}
    query = sqlglot.parse_one(sql, dialect="duckdb")
    query = qualify(query, schema=schema, dialect="duckdb", quote_identifiers=False, identify=False)
    scope = build_scope(query)
    found = {}
    for column in columns[name]:
        nodes = trace(column, query, schema, dialect="duckdb", scope=scope, trim_selects=False).walk()
        leaves = [n for n in nodes if not n.downstream and isinstance(n.source, exp.Table)]
        named = {(leaf.source.name, leaf.name.rsplit(".", 1)[-1].strip('"')) for leaf in leaves}
        found[column] = tuple(sorted(Origin(*pair) for pair in named if pair[0] != DATASET))
    return found


def _kept(path: Path, name: str, plan: Blueprint) -> Lineage:
    """The lineage of a join: the one kept for this code or, where there is none, found anew."""
    sql, kept = sql_files(Project.here().joins)[name].read_text("utf-8"), _read(path, plan.code)
    with suppress(TypeError, KeyError, AttributeError):
        if kept[name]["sql"] == sql:  # which may change while a process runs
            return {
                column: tuple(Origin(*pair) for pair in origins) for column, origins in kept[name]["columns"].items()
            }
    columns = {t.name: {c.name: c.type for c in t.columns} for t in plan.tables.values()}
    found = _sql_lineage(name, sql, columns)
    listed = {column: [[o.place, o.column] for o in origins] for column, origins in found.items()}
    keep_if_possible(path, json.dumps({"code": plan.code, "joins": {**kept, name: {"sql": sql, "columns": listed}}}))
    return found


def _read(path: Path, code: str) -> dict[str, Any]:
    """What is kept for some code, by join."""
    try:
        said = json.loads(path.read_text("utf-8"))
        return dict(said["joins"]) if said["code"] == code else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
