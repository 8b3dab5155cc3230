"""CHANGES.md: what a release changes against the one before."""

from __future__ import annotations

from pipeline.diff.story import tell
from pipeline.diff.told import as_markdown
from pipeline.engine import Connection
from pipeline.plan import Plan


def changes_file(con: Connection, plan: Plan) -> str:
    """The text of CHANGES.md, from the table `change`."""
    if plan.old is None:
        return f"# Changes in {plan.new.version}\n\nThe first release: there is nothing to compare it with.\n"
    return as_markdown(tell(con, plan.old, plan.new, plan.reasons))
