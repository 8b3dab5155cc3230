"""What a release of the build folder would change: shown before anything is published."""

from __future__ import annotations

from pipeline.diff.story import tell
from pipeline.diff.told import SHOWN, as_text
from pipeline.project import Project
from pipeline.publish import rehearsed


def rehearsal(project: Project) -> str:
    """The version that a release would be, and what it would change. Raises PipelineError as publishing does."""
    with rehearsed(project) as (con, plan):
        if plan.old is None:
            return f"The first release would be {plan.new.version}."
        if not plan.publishes:
            return f"Nothing changed since release {plan.old.version}."
        return as_text(tell(con, plan.old, plan.new, plan.reasons, SHOWN))
