"""Where columns come from, as manifest.json lists it: every column is there, and every origin is one that exists."""

from __future__ import annotations

from pathlib import PurePosixPath

from pipeline.metadata import LINEAGE
from pipeline.record import RECORD
from pipeline.standards.compare import listed
from pipeline.verify.opened import Opened


def origins_disagree(release: Opened) -> list[str]:
    """What the manifest says of the origins of columns that is not so."""
    if LINEAGE not in release.manifest.said:
        return []
    said, tables = release.manifest.said[LINEAGE], release.manifest.tables
    files = {RECORD, *(str(PurePosixPath(file).with_suffix("")) for file in release.manifest.said["sources"])}
    known = {name: {column.name for column in one.table.columns} for name, one in tables.items()}
    found = listed("table in its lineage", said, tables)
    for name in sorted(said.keys() & known.keys()):
        found += listed(f"column in the lineage of {name}", said[name], known[name])
        for column, origins in said[name].items():
            for origin in origins:
                place, _, part = origin.partition(".")
                if not (part in known[place] if place in known else place in files):
                    found.append(f"says that {name}.{column} comes from {origin}, which there is not")
    return found
