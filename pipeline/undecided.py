"""Conflicts that no rule decides: where claims differ, and only the order of documents or passages chose among them."""

from __future__ import annotations

from pipeline.engine import connect
from pipeline.problems import Problem, shown
from pipeline.project import Project
from pipeline.validate import origin_of
from pipeline.workdir import Workdir
from schemas.registry import sources

MEANING = "Where claims differ, rank, grade, date or number of documents decides, and not the order of their ids."

_UNDECIDED = """
SELECT DISTINCT c.table_name, min(c.source_line) AS source_line, c.column_name, f.published_value, f.n_values
FROM conflict f
JOIN claim c ON c.table_name = f.table_name AND c.row_key = f.row_key AND c.column_name = f.column_name
WHERE f.decided_by IN ('order_of_documents', 'order_of_passages') AND c.is_published
GROUP BY c.table_name, c.row_key, c.column_name, f.published_value, f.n_values
"""


def undecided(project: Project) -> list[Problem]:
    """A warning for each such conflict, at the line that gave the published value."""
    with connect(project.build) as con:
        Workdir(project.build).attach(con, "tables", ["claim", "conflict"])
        found = con.execute(_UNDECIDED).fetchall()
    problems = []
    for table, line, column, value, n_values in found:
        origin = origin_of(project, sources()[table])
        what = f"{n_values} values are stated and nothing decides between them; prefer a claim and say why, or deprecate one"
        message = f"{column} {shown(value)}: {what}"
        problems.append(Problem(origin.label, line, origin.column_of(column), message, "undecided", "warning"))
    return problems
