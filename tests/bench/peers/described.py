"""The sources of a checkout described for other validators: what the schemas ask of each cell, as plain JSON.

    python -m tests.bench.peers.described CHECKOUT FOLDER

Writes datapackage.json, which frictionless validates, and asked.json, which the scripts for Great Expectations and Soda read;
both beside links to the sources. They run in an environment of their own, and know nothing of this one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pipeline.project import Project
from schemas.fields import Cell, pattern_of
from schemas.registry import Table, written
from tests.bench.peers.dbt_project import lay_sources


def describe_sources(project: Project, folder: Path) -> None:
    """Write both descriptions, and lay the sources beside them."""
    lay_sources(project, folder)
    package = {"name": "sources", "resources": [_resource(table) for table in written().values()]}
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1), "utf-8")
    asked = {name: {f.name: _asked(f.cell) for f in table.fields} for name, table in written().items()}
    (folder / "asked.json").write_text(json.dumps(asked, indent=1), "utf-8")


def _asked(cell: Cell) -> dict[str, Any]:
    pattern = None if cell.codes else pattern_of(cell)
    return {"required": cell.required, "codes": list(cell.codes), "pattern": pattern}


def _resource(table: Table) -> dict[str, Any]:
    fields = []
    for field in table.fields:
        asked = _asked(field.cell)
        said = {"required": asked["required"], "enum": asked["codes"], "pattern": asked["pattern"]}
        fields.append({"name": field.name, "type": "string", "constraints": {k: v for k, v in said.items() if v}})
    foreign = [
        {"fields": [f.name], "reference": {"resource": "" if to == table.name else to, "fields": [column]}}
        for f in table.fields
        if len(f.cell.references) == 1 and f.cell.kind != "list"
        for to, column in [f.cell.references[0].split(".")]
    ]
    schema = {"fields": fields, "missingValues": [""], "foreignKeys": foreign}
    return {"name": table.name, "type": "table", "path": f"{table.name}.csv", "schema": schema}


if __name__ == "__main__":
    describe_sources(Project(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve())
