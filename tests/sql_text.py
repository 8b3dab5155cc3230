"""SQL as the code composes it: every f-string that is SQL, with each thing put into it, read from the source and never run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SQL = re.compile(
    r"\b(SELECT|FROM|JOIN|WHERE|CREATE|COPY|SET|ATTACH|DETACH|DROP|ALTER|INSERT INTO|DELETE|DESCRIBE|COMMENT ON|UNION"
    r"|GROUP BY|ORDER BY|USE|CASE|WHEN|FILTER|IS NULL|IS NOT NULL|IS DISTINCT|CAST)\b"
)
"""Words that make a text SQL here: they are written in capitals, and messages for people are not."""

_HOLE = "\0"

QUOTING = ("quoted", "literal", "as_text", "shares", "_text", "range", "enumerate")
"""What makes of a text an identifier or a value of SQL, or gives numbers."""

CALLED = frozenset(
    ("column", "document", "field", "iso3", "key", "n", "name", "path", "schema", "table", "title", "version")
)
"""What variables are called here that hold a text as it is, and not SQL."""


@dataclass(frozen=True)
class Put:
    """One thing put into a piece of SQL: where, what, the text around it, a hole for each thing, and what was quoted before."""

    file: str
    line: int
    what: ast.expr
    before: str
    after: str
    made: frozenset[str]

    @property
    def code(self) -> str:
        """It as it is written."""
        return ast.unparse(self.what)

    @property
    def raw(self) -> bool:
        """Whether it is a name or a part of something that nobody has quoted on the way here."""
        if isinstance(self.what, ast.Attribute | ast.Subscript):
            return True
        return isinstance(self.what, ast.Name) and self.what.id in CALLED and self.what.id not in self.made

    @property
    def hand_quoted(self) -> bool:
        """Whether quotes stand around it in the text, where what it holds may end them."""
        return self.before[-1:] in ("'", '"') and self.after[:1] == self.before[-1:]


def put_into_sql(folder: Path) -> Iterator[Put]:
    """Everything that the code below a folder puts into SQL."""
    for path in sorted(folder.rglob("*.py")):
        yield from _of(ast.parse(path.read_text("utf-8")), path.relative_to(folder.parent).as_posix(), frozenset())


def _of(node: ast.AST, file: str, made: frozenset[str]) -> Iterator[Put]:
    if isinstance(node, ast.FunctionDef):
        made |= _made_sql(node)
    if isinstance(node, ast.JoinedStr):
        texts = [str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values]
        if _SQL.search("".join(texts)):
            for number, part in enumerate(node.values):
                if isinstance(part, ast.FormattedValue):
                    before, after = "".join(texts[:number]), "".join(texts[number + 1 :])
                    yield Put(file, node.lineno, part.value, before, after, made)
    for child in ast.iter_child_nodes(node):
        yield from _of(child, file, made)


def _made_sql(function: ast.FunctionDef) -> frozenset[str]:
    """The names that a function gives to what it has quoted, or composed of such."""
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.comprehension | ast.For):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            source = node.value if isinstance(node, ast.Assign) else node.iter
            names = {part.id for part in ast.walk(source) if isinstance(part, ast.Name)}
            if names & {*QUOTING, *found} or isinstance(source, ast.JoinedStr):
                found |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return frozenset(found)
