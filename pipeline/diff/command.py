"""Comparing two releases of a store, for the command line."""

from __future__ import annotations

import json
from dataclasses import asdict

from pipeline.answer import rendered
from pipeline.damaged import told_where_damaged
from pipeline.diff.page import LISTED, as_page
from pipeline.diff.side import attach
from pipeline.diff.story import Story, compare
from pipeline.diff.told import SHOWN, as_text
from pipeline.engine import Connection, connect
from pipeline.project import Project
from pipeline.query import release_folder


def diff(project: Project, old: str, new: str, style: str) -> str:
    """What changed from one release to another. Raises PipelineError where there is no such release."""
    folders = [release_folder(project, None if name == "latest" else name) for name in (old, new)]
    with told_where_damaged(*folders), connect(project.build) as con:
        one, other = (attach(con, folder, schema) for folder, schema in zip(folders, ("old", "new"), strict=True))
        return _rendered(con, compare(con, one, other, LISTED if style == "html" else SHOWN), style)


def _rendered(con: Connection, story: Story, style: str) -> str:
    if style == "text":
        return as_text(story)
    if style == "html":
        return as_page(story).rstrip("\n")
    answer = con.sql("SELECT * FROM change ORDER BY ALL")
    if style == "csv":
        return rendered(con, answer, style).decode().rstrip("\n")
    changes = [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]
    said = {"from": story.old, "to": story.new, "reasons": [asdict(r) for r in story.reasons], "changes": changes}
    return json.dumps(said, ensure_ascii=False, indent=2)
