"""What a study found, as docs/mistakes.md and docs/mistakes.json have it: the same for the same sources, seed and code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.mutation.mutant import MISTAKES
from tests.mutation.sheets import Sheets
from tests.mutation.study import Tried
from tests.mutation.table import counts, slips, summary
from tests.mutation.unknowable import why

COLUMNS = ("tried", "detectable", "caught", "file", "line", "column", "beyond")


def digest(sheets: Sheets) -> str:
    """The SHA-256 of all that a study reads: tables, bibliography, vocabulary, dataset.yaml, and the record of evidence."""
    read = {name: data for name, data in sheets.files.items() if name not in ("README.md", "LICENSE")}
    listed = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(read.items())]
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()


def as_data(tried: Sequence[Tried], sheets: Sheets, seed: int, each: int) -> dict[str, Any]:
    """The figures of every kind, what they were measured on, and each detectable mistake that slipped through or was misplaced."""
    by_kind = {kind: [t for t in tried if t.kind == kind] for kind in MISTAKES}
    return {
        "sources": digest(sheets),
        "seed": seed,
        "each": each,
        "kinds": {kind: dict(zip(COLUMNS, counts(some), strict=False)) for kind, some in by_kind.items()},
        "all": dict(zip(COLUMNS, counts(tried), strict=False)),
        "slipped": [[t.kind, t.mutant.what, t.reasons[0].what] for t in slips(tried)],
        "misplaced": [
            [t.kind, t.mutant.what, str(t.told[0])] for t in tried if t.detectable and t.told and not t.line_right
        ],
    }


def as_page(data: dict[str, Any], said: str) -> str:
    """The same as a page: the table, what slipped through, and why the rest can be caught by no check of the sources."""
    rows = [[kind, *figures.values()] for kind, figures in [*data["kinds"].items(), ("**all**", data["all"])]]
    table = "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
    left = [
        f"| {kind} | {figures['tried'] - figures['detectable']} | {why(kind)} |"
        for kind, figures in data["kinds"].items()
        if figures["tried"] > figures["detectable"]
    ]
    return _PAGE.format(
        **{name: data[name] for name in ("sources", "seed", "each")},
        said=said,
        table=table,
        slipped=_listed(data["slipped"]),
        misplaced=_listed(data["misplaced"]),
        left="\n".join(left),
    )


def write(folder: Path, tried: Sequence[Tried], sheets: Sheets, seed: int, each: int) -> None:
    """Write both files into a folder."""
    data = as_data(tried, sheets, seed, each)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / "mistakes.json").write_text(text + "\n", "utf-8")
    (folder / "mistakes.md").write_text(as_page(data, summary(tried, texts=False)), "utf-8")


def _listed(found: Sequence[Sequence[str]]) -> str:
    def code(text: str) -> str:
        short = text if len(text) <= 150 else text[:147] + "..."
        return "`" + short.replace("`", "'").replace("\n", " ").replace("|", "/") + "`"

    return "\n".join(f"- {kind}: {code(what)}: {code(why)}" for kind, what, why in found) or "None."


_PAGE = """\
# Mistakes

How many of the mistakes that people make in `sources/` the checks tell of, and whether at the right place. Written by
`make mutants`, which puts {each} mistakes of each kind into a copy of the real sources, one at a time, each at a random place
(seed {seed}), and looks at what `wb6 check` tells. The same sources, seed and code give the same table
(`python -m tests.mutation --each {each} --seed {seed} --write`); another seed tries others. The figures are also in
[mistakes.json](mistakes.json). Tables with their notes had the digest `{sources}`.

{said}

A mistake is *detectable* where the sources, as they are after it, contradict themselves or the rules of the curator's guide. An
oracle decides that, `tests/mutation/oracle.py`: plain Python that shares no code with the checks. What is not detectable yields
another plausible statement, which only the cited text can tell from the right one.

- **tried**: mistakes made; **detectable**: of those; **caught**: of those, told of by an error or a warning that was not there before;
- **file**, **line**, **column**: of those caught, told of in the right place, or in a message that names it;
- **beyond**: caught though the oracle knows no reason.

| kind of mistake | tried | detectable | caught | file | line | column | beyond |
| --- | --- | --- | --- | --- | --- | --- | --- |
{table}

## What slipped through

Each detectable mistake that no check told of, with what the oracle holds against it:

{slipped}

Told of, but neither at its line nor in a message that names it:

{misplaced}

## What no check of the sources can know

Kinds of which some yield another plausible statement, how many, and why. With the texts (`WB6_DOCUMENTS`), figures, years and
countries are looked for in the passages cited, which tells of many of these.

| kind of mistake | not detectable | why |
| --- | --- | --- |
{left}
"""
