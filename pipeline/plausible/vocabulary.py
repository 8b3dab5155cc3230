"""Free codes against sources/VOCABULARY.md, where curators explain them: a code that is not there is new, or a slip."""

from __future__ import annotations

import re

from pipeline.engine import Connection, quoted
from pipeline.plausible.warn import Loaded, warning
from pipeline.problems import Problem
from pipeline.project import Project
from pipeline.slips import meant

FILE = "VOCABULARY.md"
_NUMBER = re.compile(r"_(\d+|N)(?=_|$)")


def explained_codes(text: str) -> dict[tuple[str, str], frozenset[str]]:
    """The codes that each chapter explains in its tables, for each (table, column) that its heading names."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for chapter in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = chapter.partition("\n")
        lines = [line for line in body.split("\n") if line.startswith("| `")]
        codes = frozenset(code for line in lines for code in re.findall(r"`([^`]+)`", line))
        for table, column in re.findall(r"`([a-z_]+)\.([a-z_]+)`", heading):
            found[table, column] = codes
    return found


def unexplained_codes(con: Connection, project: Project, loaded: Loaded) -> list[Problem]:
    """Codes of a column that the vocabulary has a chapter for, and does not explain. A number in a code stands for any."""
    path = project.sources / FILE
    if not path.is_file():
        return []
    problems = []
    for (table, column), codes in explained_codes(path.read_text("utf-8", errors="replace")).items():
        if table not in loaded or column not in loaded[table][1].header:
            continue
        known = {_NUMBER.sub("_N", code) for code in codes}
        name = quoted(column)
        rows = con.execute(
            f"SELECT source_line, {name} FROM source.{quoted(table)} WHERE {name} IS NOT NULL"
        ).fetchall()
        for line, code in rows:
            if _NUMBER.sub("_N", code) not in known:
                near = meant(code, codes)
                what = f"not explained in {project.label(path)}; " + (
                    f"did you mean {near}?" if near else "explain it there"
                )
                problems.append(warning(loaded, table, line, column, code, what, "vocabulary"))
    return problems
