"""The SQL of the steps, which is DuckDB's, as Spark's: sqlglot translates it, and what it leaves is done or refused here.

Refused is what Spark would take and answer otherwise, so that nobody finds out from a table. Such SQL can be written in a
way that both understand; each message says how.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipeline.problems import PipelineError

SCHEMAS = ("source", "claims", "stated")
"""The schemas of an engine. Spark's views know none, so `claims.event` is the view `claims__event`."""


@dataclass(frozen=True)
class Statement:
    """One statement in Spark's SQL: a query, what becomes of its answer, and of which view; before it, what it is made of."""

    kind: Literal["query", "table", "view", "describe"]
    sql: str = ""
    view: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Part:
    """A common table expression as a view. It is `kept` where it is read more than once: Spark would compute it each time."""

    view: str
    sql: str
    kept: bool


def view_name(schema: str, name: str) -> str:
    """What a table of a schema is called in Spark; one without a schema keeps its name."""
    return f"{schema}__{name}" if schema else name


@functools.lru_cache(maxsize=512)
def translated(query: str) -> Statement:
    """A statement as Spark takes it. Raises PipelineError where Spark would not do the same."""
    try:
        tree = sqlglot.parse_one(query, read="duckdb")
    except SqlglotError as error:
        raise PipelineError(f"not SQL that Spark can be given: {str(error).splitlines()[0]}") from None
    if isinstance(tree, exp.Describe):
        return Statement("describe", view=_view_of(tree.this))
    if isinstance(tree, exp.Create):
        kind: Literal["table", "view"] = "view" if tree.kind == "VIEW" else "table"
        view = _view_of(tree.this)
        parts = _parts(tree.args["expression"], view)
        return Statement(kind, _as_spark(tree.args["expression"]), view, parts)
    return Statement("query", _as_spark(tree))


def _parts(query: exp.Expr, view: str) -> tuple[Part, ...]:
    """Take the common table expressions out of a query, as views of its own that no other statement sees."""
    with_ = query.args.get("with_")
    if with_ is None:
        return ()
    names = {cte.alias: view_name(view, cte.alias) for cte in with_.expressions}
    uses = dict.fromkeys(names, 0)
    for table in list(query.find_all(exp.Table)):
        if not table.args.get("db") and table.name in names:
            uses[table.name] += 1
            table.replace(exp.table_(names[table.name], quoted=True, alias=table.alias or table.name))
    parts = tuple(Part(names[cte.alias], _as_spark(cte.this), uses[cte.alias] > 1) for cte in with_.expressions)
    query.set("with_", None)
    return parts


def _view_of(table: exp.Expr) -> str:
    return view_name(table.args["db"].name if table.args.get("db") else "", table.name)


def _as_spark(tree: exp.Expr) -> str:
    for refused, why in _REFUSED:
        for node in tree.find_all(exp.Expr):
            if refused(node):
                raise PipelineError(f"{node.sql('duckdb')}: {why}")
    for table in tree.find_all(exp.Table):
        if table.args.get("db") and table.args["db"].name in SCHEMAS:
            table.replace(exp.table_(_view_of(table), quoted=True, alias=table.alias or table.name))
    for read in tree.find_all(exp.ReadParquet):
        read.set("expressions", [exp.Literal.string(f"file:{path.this}") for path in read.expressions])
    for select in tree.find_all(exp.Select):
        _one_generator(select)
    for pattern in tree.find_all(exp.RegexpLike, exp.RegexpExtract, exp.RegexpReplace):
        if isinstance(pattern.expression, exp.Literal):
            pattern.set("expression", exp.Literal.string(at_the_very_end(pattern.expression.this)))
    return tree.sql(dialect="spark")


def _one_generator(select: exp.Select) -> None:
    """Put lists unnested side by side into one generator, since Spark allows a SELECT one: the shorter end in nulls."""
    items = select.expressions
    places = [n for n, item in enumerate(items) if isinstance(item.unalias(), exp.Explode)]
    if len(places) < 2:
        return
    first, last = places[0], places[-1]
    if last - first >= len(places):
        raise PipelineError(f"{select.sql('duckdb')}: write the columns that unnest lists beside each other")
    lists = [items[n].unalias().this for n in places]
    names = [exp.to_identifier(items[n].alias, quoted=True) for n in places]
    together = exp.Aliases(this=exp.func("inline", exp.func("arrays_zip", *lists)), expressions=names)
    select.set("expressions", [*items[:first], together, *items[last + 1 :]])


def at_the_very_end(pattern: str) -> str:
    r"""A regular expression whose `$` is the end of the text: Java's is also before a last line break. `\z` says it to both."""
    return re.sub(
        r"\\.|\[\^?\]?[^\]]*\]|\$",
        lambda found: r"\z" if found[0] == "$" else found[0],
        pattern,
        flags=re.DOTALL,
    )


def _likes_a_column(node: exp.Expr) -> bool:
    escaped = isinstance(node.parent, exp.Escape)
    constant = isinstance(node.expression, exp.Literal) and "\\" not in node.expression.this
    return isinstance(node, exp.Like | exp.ILike) and not escaped and not constant


def _ordered_list(node: exp.Expr) -> bool:
    return isinstance(node, exp.ArrayAgg | exp.GroupConcat) and node.find(exp.Order) is not None


def _replaces_first(node: exp.Expr) -> bool:
    if not isinstance(node, exp.RegexpReplace):
        return False
    anchored = isinstance(node.expression, exp.Literal) and node.expression.this.endswith("$")
    return not anchored and "g" not in str(node.args.get("modifiers") or "")


_REFUSED: tuple[tuple[Callable[[exp.Expr], bool], str], ...] = (
    (_likes_a_column, r"a backslash in it escapes in Spark, and not in DuckDB; use starts_with, or say ESCAPE '\'"),
    (_ordered_list, "Spark keeps no order in it; write list_sort(list(...))"),
    (_replaces_first, "DuckDB replaces the first place and Spark all of them; end the pattern with $"),
    (lambda node: isinstance(node, exp.Qualify), "its aliases mean other columns in Spark; number rows in a CTE"),
    (
        lambda node: isinstance(node, exp.Round) and bool(node.args.get("decimals")),
        "it rounds decimals in Spark; write round(x * 10000) / 10000",
    ),
)
