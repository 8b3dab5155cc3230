"""A dbt project that does the work of the pipeline on the sources of a checkout, made from the schemas.

    python -m tests.bench.peers.dbt_project CHECKOUT FOLDER [DATABASE]

Its best documented settings: as many threads as cores, a database in memory unless one is named, parsed state kept between
builds, nothing sent anywhere. Documents are laid ready as CSV, which dbt is spared to make.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

from pipeline.bibliography import read_bibliography
from pipeline.dataset import read_dataset
from pipeline.project import Project
from schemas.registry import sources, tables
from tests.bench.peers.dbt_models import models, post_hooks
from tests.bench.peers.dbt_tests import MACROS, tested

PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")

SETTINGS = {
    "name": "bench",
    "version": "1.0.0",
    "profile": "bench",
    "model-paths": ["models"],
    "macro-paths": ["macros"],
    "test-paths": ["tests"],
    "flags": {"send_anonymous_usage_stats": False, "version_check": False, "use_colors": False},
    "models": {"bench": {"+materialized": "table"}},
}


def write_dbt_project(project: Project, folder: Path, database: str = ":memory:") -> None:
    """Write the project into a folder, with the folder `out` for its files."""
    for name in ("models", "macros/generic", "tests", "out/parquet", "out/csv"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lay_sources(project, folder / "seen")
    output = {"type": "duckdb", "path": database, "threads": os.cpu_count() or 1}
    output["settings"] = {"temp_directory": str(folder / "spill")}
    _write_yaml(folder / "profiles.yml", {"bench": {"target": "dev", "outputs": {"dev": output}}})
    _write_yaml(folder / "dbt_project.yml", SETTINGS)
    (folder / "macros" / "generic" / "tests.sql").write_text(MACROS, "utf-8")
    day = read_dataset(project).as_of.isoformat()
    for name, sql in models(folder / "seen", day, project.joins).items():
        (folder / "models" / f"{name}.sql").write_text(sql, "utf-8")
    entries = tested()
    for entry in entries:
        if entry["name"] in tables():
            entry["config"] = {"post_hook": post_hooks(tables()[entry["name"]], folder / "out")}
    _write_yaml(folder / "models" / "schema.yml", {"version": 2, "models": entries})


def lay_sources(project: Project, folder: Path) -> None:
    """Link the CSV files of a checkout in a folder, and write references.json there as one more."""
    from pyarrow import csv

    folder.mkdir(parents=True, exist_ok=True)
    for name in sources():
        link = folder / f"{name}.csv"
        link.unlink(missing_ok=True)
        link.symlink_to(project.sources / f"{name}.csv")
    label = project.label(project.sources / "references.json")
    rows = read_bibliography(project.sources / "references.json", label).rows
    csv.write_csv(rows, folder / "document.csv")


def _write_yaml(path: Path, said: object) -> None:
    path.write_text(yaml.safe_dump(said, sort_keys=False), "utf-8")


if __name__ == "__main__":
    write_dbt_project(Project(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve(), *sys.argv[3:])
