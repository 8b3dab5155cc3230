"""Random small edits that leave the sources valid, of the kinds that curators make: a wording, a figure, a row or a document more or less.

Derived from the schemas, so that they fit any sources. What was edited is told in a line.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable

from pipeline.project import Project
from pipeline.whole import write_whole
from schemas.registry import Table, sources
from tests.small import document

Rows = list[dict[str, str]]
_COPY = "-copy-"
_DOCUMENT = "soak"
_NUMBER = re.compile(r"\d+")


class Editor:
    """Edits one project, each time otherwise; the same seed makes the same edits."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project = project
        self.random = random.Random(seed)  # noqa: S311
        self.number = 0
        self.kinds: tuple[Callable[[], str | None], ...] = (self._word, self._figure, self._add, self._drop, self._cite)

    def edit(self) -> str:
        """Make one edit, and tell which."""
        self.number += 1
        while True:
            done = self.random.choice(self.kinds)()
            if done:
                return done

    def _rows(self, table: Table) -> Rows:
        text = (self.project.sources / table.file).read_text("utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def _write(self, table: Table, rows: Rows) -> None:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, [f.name for f in table.fields], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_whole(self.project.sources / table.file, out.getvalue().encode())

    def _cell(self, kind: str, is_fit: Callable[[str], object]) -> tuple[Table, Rows, int, str] | None:
        """A filled cell of a kind, chosen at random, that is neither key nor reference."""
        found = []
        for table in sources().values():
            names = [f.name for f in table.claimed if f.cell.kind == kind and not f.cell.references]
            rows = self._rows(table) if names else []
            found += [(table, rows, n, name) for n, row in enumerate(rows) for name in names if is_fit(row[name])]
        return self.random.choice(found) if found else None

    def _word(self) -> str | None:
        """Another wording of a text: its last word is numbered, or numbered anew."""
        chosen = self._cell("text", lambda text: len(text) > 6)
        if not chosen:
            return None
        table, rows, n, name = chosen
        rows[n][name] = f"{re.sub(r' no[.] [0-9]+$', '', rows[n][name])} no. {self.number}"
        self._write(table, rows)
        return f"{table.file}:{n + 2} {name}: {rows[n][name]}"

    def _figure(self) -> str | None:
        """A figure that is a little higher or lower, never back at what it was just now."""
        chosen = self._cell("quantity", lambda text: re.fullmatch(r"[~<>]?=?\d+", text))
        if not chosen:
            return None
        table, rows, n, name = chosen
        by = self.random.choice((-2, -1, 1, 2))
        rows[n][name] = _NUMBER.sub(lambda found: str(max(int(found[0]) + by, 5)), rows[n][name])
        self._write(table, rows)
        return f"{table.file}:{n + 2} {name}: {rows[n][name]}"

    def _add(self) -> str | None:
        """A row like another, of a table whose rows have an id of their own."""
        found = [(t, rows) for t in sources().values() if _has_ids(t) and (rows := self._rows(t))]
        table, rows = self.random.choice(found)
        (key,) = table.key
        like = self.random.choice(rows)
        more = {**like, key: f"{like[key].split(_COPY)[0]}{_COPY}{self.number}"}
        self._write(table, sorted([*rows, more], key=lambda row: row[key]))
        return f"{table.file}: {more[key]} is new"

    def _drop(self) -> str | None:
        """One of the rows that were added, away."""
        rows_of = {t.name: self._rows(t) for t in sources().values() if _has_ids(t)}
        added = [(name, row) for name, rows in rows_of.items() for row in rows if _COPY in row[sources()[name].key[0]]]
        if not added:
            return None
        name, row = self.random.choice(added)
        self._write(sources()[name], [other for other in rows_of[name] if other != row])
        return f"{name}.csv: {row[sources()[name].key[0]]} is gone"

    def _cite(self) -> str:
        """A document more in the bibliography or, where there are five of these, the first of them away."""
        path = self.project.sources / "references.json"
        items = json.loads(path.read_text("utf-8"))
        ours = [item for item in items if item["id"].startswith(_DOCUMENT)]
        if len(ours) >= 5:
            items.remove(ours[0])
        items.append(document(f"{_DOCUMENT}{self.number}"))
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
        write_whole(path, f"[\n{lines}\n]\n".encode())
        return f"references.json: {_DOCUMENT}{self.number} is new"


def _has_ids(table: Table) -> bool:
    return len(table.key) == 1 and table.field(table.key[0]).cell.kind == "id"
