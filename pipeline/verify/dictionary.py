"""README.md agrees with the data: its heading, and what its dictionary says of each table and column."""

from __future__ import annotations

import re

from pipeline.dictionary import comes_from
from pipeline.metadata import LINEAGE
from pipeline.standards.compare import differ, opens
from pipeline.verify.opened import Opened
from schemas.fields import STATUS_NOTE

_ROW = re.compile(r"\| ([a-z][a-z0-9_]*) \| ([A-Z]+(?:\[\])?) \| (.*) \|")


def dictionary_disagrees(release: Opened) -> list[str]:
    """What the data dictionary says that is not so."""
    text, about = release.files["README.md"].read_text("utf-8"), release.manifest.about
    heading, *rest = text.split("\n", 1)
    found = differ("the heading", heading, f"# {about['title']}, version {release.version}")
    found += [] if f"so on {about['as_of']}" in "".join(rest) else [f"does not name {about['as_of']}, the cut-off date"]
    sections = {part.split("\n", 1)[0].strip(): part for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]}
    for name, listed in release.manifest.tables.items():
        if name in sections:
            key = ", ".join(listed.table.key) or "none"
            stated = f"{listed.description} Rows: {listed.rows}. Key: {key}."
            found += differ(f"what is said of {name}", sections[name].split("\n")[2], stated)
            found += _columns(release, name, sections[name])
        else:
            found.append(f"does not say what the table {name} holds")
    return found


def _columns(release: Opened, name: str, section: str) -> list[str]:
    said = [match.groups() for line in section.split("\n") if (match := _ROW.fullmatch(line))]
    true = release.manifest.tables[name].table.columns
    traced = LINEAGE in release.manifest.said
    if traced is not ("| comes from |" in section):
        return [
            f"does {'not ' * traced}say where the columns of {name} come from, and manifest.json does{'' if traced else ' not'}"
        ]
    shape = differ(f"the columns of {name}", [row[:2] for row in said], [(c.name, c.type) for c in true])
    if shape or name not in release.tables:
        return shape
    # The dictionary says the note on status once, and goes on with units, codes and examples.
    meanings = [c.description.replace(f" {STATUS_NOTE}", "").replace("|", "\\|") for c in release.tables[name].columns]
    found = []
    for (column, _, rest), meaning in zip(said, meanings, strict=True):
        if traced:
            rest, _, origins = rest.rpartition(" | ")
            stated = comes_from(release.manifest.said[LINEAGE][name][column])
            found += differ(f"what {name}.{column} comes from", origins, stated)
        found += opens(f"the meaning of {name}.{column}", rest, meaning)
    return found
