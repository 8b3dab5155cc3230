"""The datasheet of a release: why and how it was made, what it holds and lacks, and what it is not fit for.

What people say of it stands in sources/dataset.yaml; what can be counted is counted in the release's own tables.
"""

from __future__ import annotations

from pipeline.count import Figure
from pipeline.datasheet_sections import SECTIONS
from pipeline.markdown import line
from pipeline.standards.staged import Staged

_OPENING = (
    "In the form of *Datasheets for Datasets* (Gebru and others, 2021). Every figure in it was counted in the tables of "
    "this release.\n"
)


def datasheet(staged: Staged) -> list[str]:
    """The sections that have something to say, each a part of README.md."""
    parts = ["## Datasheet\n", _OPENING]
    for section, heading in SECTIONS.items():
        said = staged.dataset.datasheet.get(section)
        figures = [figure for figure in staged.figures if figure.section == section]
        if said or figures:
            parts += [f"### {heading}\n", *([f"{said}\n"] if said else []), *map(_shown, figures)]
    return parts if len(parts) > 2 else []


def _shown(figure: Figure) -> str:
    """A figure as a table with its title; numbers stand to the right."""
    if not figure.rows:
        return f"{figure.title}: none.\n"
    numeric = [all(isinstance(cell, int | None) for cell in cells) for cells in zip(*figure.rows, strict=True)]
    lines = [
        f"{figure.title}:\n",
        line(figure.columns),
        line("---:" if number else "---" for number in numeric),
        *(line("" if cell is None else str(cell) for cell in row) for row in figure.rows),
    ]
    return "\n".join(lines) + "\n"
