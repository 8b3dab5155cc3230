"""A small store of two releases, and the tools of a forger who knows how releases are made."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.files import sha256, write_csv, write_parquet
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.verify import write_sums
from pipeline.verify.run import verify
from schemas.registry import tables
from tests.small import DOCUMENTS, add, document, row, write_project

KEY = {"iso3": "SRB", "missions": "eufor; kfor", "location_iso3": "XKX", "as_of": "2023~", "unit": "contingent"}


def write_store(root: Path) -> Project:
    """A project with releases 0.1.0 and 0.2.0: quantities, dates, lists in keys, a conflict, a deprecated claim."""
    documents = [*DOCUMENTS, document("old2019", "C", "2019")]
    strength = {"mission_id": "kfor", "as_of": "2023-06"}
    project = write_project(
        root,
        documents,
        mission_strength=row("mission_strength", **strength, personnel=">4500", nations="28", cite="web2023")
        + row("mission_strength", **strength, personnel="4400", cite="old2019"),
        deployment=row("deployment", **KEY, personnel="50..60", cite="web2023; old2019"),
        relation=row(
            "relation",
            relation_id="loan",
            party_a="SRB",
            party_b="nato",
            kind="loan",
            value="1.50",
            unit="eur",
            cite="web2023",
        ),
    )
    assert rebuild_once(project).version == "0.1.0"
    add(
        project,
        "milestone",
        row("milestone", iso3="SRB", organisation_id="eu", milestone="applied", date="2009-12", cite="web2023"),
    )
    wrong = {"rank": "deprecated", "rank_reason": "Misread."}
    add(
        project,
        "milestone",
        row("milestone", iso3="SRB", organisation_id="eu", milestone="applied", date="2010", cite="old2019", **wrong),
    )
    assert rebuild_once(project).version == "0.2.0"
    return project


def caught(project: Project, version: str | None = "0.2.0") -> dict[str, list[str]]:
    """The faults that verifying tells, by the check that tells them."""
    done = verify(project, version)
    return {check.name: [str(f) for f in check.faults] for one in done for check in one.checks if check.faults}


def change_text(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first place of a file where a text stands, and nothing else."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def change_json(folder: Path, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a JSON file, and sign the release again."""
    said = json.loads((folder / name).read_text("utf-8"))
    change(said)
    (folder / name).write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
    write_sums(folder)


def change_table(folder: Path, name: str, *statements: str, csv: bool = True, parquet: bool = True) -> None:
    """Change a table by SQL, and with it everything that says what is in it."""
    table = tables()[name]
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{folder}/parquet/{name}.parquet')").fetchall()
        for statement in statements:
            assert con.execute(statement).fetchall()[0][0] > 0
        rows = con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        if csv:
            write_csv(con, table, folder)
        if parquet:
            write_parquet(con, table, folder)
    sign_again(folder, name, rows)


def sign_again(folder: Path, name: str, rows: int | None = None) -> None:
    """Make the metadata and the checksums agree with the files of a table as they are now."""
    path = folder / "csv" / f"{name}.csv"

    def manifest(said: dict[str, Any]) -> None:
        entry = said["tables"][name]
        entry |= {"sha256": sha256(path), "rows": entry["rows"] if rows is None else rows}
        digests = "".join(f"{n} {t['sha256']}\n" for n, t in said["tables"].items())
        said["content_sha256"] = hashlib.sha256(digests.encode()).hexdigest()

    def package(said: dict[str, Any]) -> None:
        resource = next(r for r in said["resources"] if r["name"] == name)
        resource |= {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}

    if rows is not None:
        readme = (folder / "README.md").read_text("utf-8")
        stated = re.sub(rf"(### {name}\n\n.*?Rows: )\d+", rf"\g<1>{rows}", readme, count=1, flags=re.DOTALL)
        (folder / "README.md").write_text(stated, "utf-8")
    change_json(folder, "manifest.json", manifest)
    change_json(folder, "datapackage.json", package)


def rename(folder: Path, version: str) -> Path:
    """Give a release another version, wherever it says its own."""
    other = folder.with_name(version)
    shutil.move(folder, other)
    for name in ("manifest.json", "datapackage.json", "README.md", "csv/claim.csv"):
        text = (other / name).read_text("utf-8").replace(folder.name, version)
        (other / name).write_text(text, "utf-8")
    change_table(other, "claim", f"UPDATE claim SET first_release = '{version}' WHERE first_release = '{folder.name}'")
    link = folder.parent.parent / "latest"
    link.unlink()
    link.symlink_to(f"releases/{version}")
    return other


def release(project: Project, version: str = "0.2.0") -> Path:
    """The folder of a release."""
    return project.outputs / "releases" / version


def wb6(project: Project, *arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(cli, ["--project", str(project.root), "verify", *arguments])


def resource(folder: Path, name: str, **said: object) -> None:
    """Let the data package say other things of a table, and sign again."""
    change_json(folder, "datapackage.json", lambda p: next(r for r in p["resources"] if r["name"] == name).update(said))


def resign(folder: Path, name: str, old: str, new: str) -> None:
    """Change a text of a file, and sign again."""
    change_text(folder, name, old, new)
    write_sums(folder)


def write_and_sign(folder: Path, name: str, content: bytes) -> None:
    """Write a file of a release, and sign again."""
    (folder / name).write_bytes(content)
    write_sums(folder)
