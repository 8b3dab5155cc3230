"""A small store of two releases, and the tools of a forger who knows how releases are made."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from click.testing import CliRunner, Result
from pyarrow import parquet as arrow

from pipeline.cli import cli
from pipeline.dataset import read_dataset
from pipeline.files import ordered, sha256, write_csv, write_parquet
from pipeline.metadata import footer, write_json
from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.standards.staged import Staged
from pipeline.standards.write import write_descriptions
from pipeline.verify.run import verify
from pipeline.verify.sums import write_sums
from schemas.registry import tables
from tests.small import DOCUMENTS, add, document, row, write_project

CRATE = "ro-crate-metadata.json"
KEY = {"iso3": "SRB", "missions": "eufor; kfor", "location_iso3": "XKX", "as_of": "2023~", "unit": "contingent"}
Change = Callable[[Path], object]


def write_store(root: Path) -> Project:
    """A project with releases 0.1.0 and 0.2.0: quantities, dates, lists in keys, a conflict, a deprecated claim."""
    documents = [*DOCUMENTS, document("old2019", "C", "2019")]
    strength = {"mission_id": "kfor", "as_of": "2023-06"}
    loan = {"relation_id": "loan", "party_a": "SRB", "party_b": "nato", "kind": "loan", "value": "1.50", "unit": "eur"}
    project = write_project(
        root,
        documents,
        mission_strength=row("mission_strength", **strength, personnel=">4500", nations="28", cite="web2023")
        + row("mission_strength", **strength, personnel="4400", cite="old2019"),
        deployment=row("deployment", **KEY, personnel="50..60", cite="web2023; old2019"),
        relation=row("relation", **loan, cite="web2023"),
    )
    assert rebuild_once(project).version == "0.1.0"
    applied = {"iso3": "SRB", "organisation_id": "eu", "milestone": "applied"}
    wrong = {"rank": "deprecated", "rank_reason": "Misread."}
    add(project, "milestone", row("milestone", **applied, date="2009-12", cite="web2023"))
    add(project, "milestone", row("milestone", **applied, date="2010", cite="old2019", **wrong))
    assert rebuild_once(project).version == "0.2.0"
    return project


def caught(project: Project, version: str | None = "0.2.0") -> dict[str, list[str]]:
    """The faults that verifying tells, by the check that tells them."""
    done = verify(project, version)
    return {check.name: [str(f) for f in check.faults] for one in done for check in one.checks if check.faults}


def release(project: Project, version: str = "0.2.0") -> Path:
    """The folder of a release."""
    return project.outputs / "releases" / version


def wb6(project: Project, *arguments: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(cli, ["--project", str(project.root), "verify", *arguments])


def change_text(folder: Path, name: str, old: str, new: str) -> None:
    """Change the first place of a file where a text stands, and nothing else."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def change_json(folder: Path, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a JSON file, and nothing else."""
    said = json.loads((folder / name).read_text("utf-8"))
    change(said)
    write_json(folder / name, said)


def change_table(
    folder: Path, name: str, *statements: str, csv: bool = True, about: dict[str, str] | None = None
) -> None:
    """Change the files of a table by SQL, or what its Parquet file says of the release, and nothing else."""
    table = tables()[name]
    said = {**footer(read_dataset(Project(folder.parents[2])), folder.name), **(about or {})}
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{folder}/parquet/{name}.parquet')").fetchall()
        for statement in statements:
            assert con.execute(statement).fetchall()[0][0] > 0
        con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {name} ORDER BY {ordered(table)}").fetchall()
        if csv:
            write_csv(con, table, folder)
        write_parquet(con, table, folder, said)


def change_book(folder: Path, change: Callable[[dict[str, bytes]], object], level: int = 6) -> None:
    """Change the parts of the workbook, with no clock in it."""
    with zipfile.ZipFile(folder / "wb6.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    change(parts)
    with zipfile.ZipFile(folder / "wb6.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, level)


def change_sheet(folder: Path, sheet: str, old: str, new: str) -> None:
    """Change the first place of a sheet's XML where a text stands."""

    def change(parts: dict[str, bytes]) -> None:
        names = re.findall(rb'<sheet name="([^"]*)"', parts["xl/workbook.xml"])
        part = f"xl/worksheets/sheet{names.index(sheet.encode()) + 1}.xml"
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    change_book(folder, change)


def seal(folder: Path, *data: str) -> None:
    """State the digests of some data files anew wherever they stand, those of all other files in the crate, and sign."""
    for name in data:
        size, digest = (folder / name).stat().st_size, sha256(folder / name)
        for description, text in (("datapackage.json", f"sha256:{digest}"), ("croissant.json", digest)):
            _state(folder, description, name, size, text)
        change_json(folder, "manifest.json", lambda said: _restate(said, folder, {}))
    others = {p.name for p in folder.iterdir() if p.is_file()} - {CRATE}
    for name in sorted(others | set(data)):
        _state(folder, CRATE, name, (folder / name).stat().st_size, sha256(folder / name))
    write_sums(folder)


def _state(folder: Path, description: str, name: str, size: int, digest: str) -> None:
    """State the size and digest of a file in a JSON description, where that can be read and names the file."""
    try:
        said = json.loads((folder / description).read_text("utf-8"))
        listed = [entry for kind in ("resources", "distribution", "@graph") for entry in said.get(kind, [])]
        for entry in listed:
            if name in (entry.get("path"), entry.get("contentUrl"), entry.get("@id")):
                sizes = {"bytes": size, "contentSize": f"{size} B" if description.startswith("cro") else str(size)}
                entry.update({k: v for k, v in {**sizes, "hash": digest, "sha256": digest}.items() if k in entry})
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return
    write_json(folder / description, said)


def _restate(said: dict[str, Any], folder: Path, rows: dict[str, int]) -> None:
    for name, entry in said["tables"].items():
        entry |= {"sha256": sha256(folder / "csv" / f"{name}.csv"), "rows": rows.get(name, entry["rows"])}
    digests = "".join(f"{n} {t['sha256']}\n" for n, t in said["tables"].items())
    said["content_sha256"] = hashlib.sha256(digests.encode()).hexdigest()


def make_again(folder: Path, version: str = "0.2.0") -> None:
    """Make all that follows from the tables as they are now: manifest, dictionary, descriptions, workbook, checksums."""
    rows = {name: arrow.read_metadata(folder / "parquet" / f"{name}.parquet").num_rows for name in tables()}
    change_json(folder, "manifest.json", lambda said: _restate(said, folder, rows))
    text = (folder / "README.md").read_text("utf-8")
    for name, number in rows.items():
        text = re.sub(rf"(### {name}\n\n.*?Rows: )\d+", rf"\g<1>{number}", text, count=1, flags=re.DOTALL)
    (folder / "README.md").write_text(text, "utf-8")
    shutil.rmtree(folder / "charts", ignore_errors=True)
    write_descriptions(Staged(folder, read_dataset(Project(folder.parents[2])), tables(), rows, version))
    seal(folder)


def rename(folder: Path, version: str) -> Path:
    """Give a release another version, wherever it says its own."""
    other, own = folder.with_name(version), folder.name
    shutil.move(folder, other)
    change_json(other, "manifest.json", lambda said: said.update(version=version))
    text = (other / "README.md").read_text("utf-8")
    (other / "README.md").write_text(re.sub(r"version \d+\.\d+\.\d+", f"version {version}", text), "utf-8")
    first = f"CASE WHEN first_release = '{own}' THEN '{version}' ELSE first_release END"
    for name in tables():
        change_table(other, name, *([f"UPDATE claim SET first_release = {first}"] if name == "claim" else []))
    make_again(other, version)
    link = folder.parent.parent / "latest"
    link.unlink()
    link.symlink_to(f"releases/{version}")
    return other


def write(folder: Path, name: str, content: bytes) -> None:
    """Write a file of a release."""
    (folder / name).write_bytes(content)


def drop(folder: Path, name: str) -> None:
    """Remove a file, and with it what the crate says of it."""
    (folder / name).unlink()
    if name == CRATE:
        return

    def forget(said: dict[str, Any]) -> None:
        said["@graph"] = [entity for entity in said["@graph"] if entity["@id"] != name]
        root = next(entity for entity in said["@graph"] if entity["@id"] == "./")
        root["hasPart"] = [part for part in root["hasPart"] if part["@id"] != name]

    change_json(folder, CRATE, forget)


@dataclass(frozen=True)
class Tampering:
    """What is changed; and the checks `by` which it is caught after the forger made all digests right by `sign`.

    One of them says `telling`.
    """

    change: Change
    by: Collection[str]
    telling: str
    sign: Change = seal
