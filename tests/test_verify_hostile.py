"""Verifying a release that was made to do harm: told line by line, nothing followed, no traceback."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.files import SUMS
from pipeline.project import Project
from pipeline.verify.sums import write_sums
from tests.tampered import Change, change_book, change_json, change_text, release, seal, wb6, write


def pipe(folder: Path) -> None:
    (folder / "csv" / "event.csv").unlink()
    os.mkfifo(folder / "csv" / "event.csv")


def link(folder: Path, name: str, target: Path) -> None:
    (folder / name).unlink()
    (folder / name).symlink_to(target)


def sums(folder: Path, line: bytes) -> None:
    with (folder / SUMS).open("ab") as stream:
        stream.write(line)


def signed(change: Change) -> Change:
    """The change, and all digests made right after it."""

    def done(folder: Path) -> None:
        change(folder)
        seal(folder)

    return done


def manifest(change: Callable[[dict[str, Any]], object]) -> Change:
    return signed(lambda folder: change_json(folder, "manifest.json", change))


def package(change: Callable[[dict[str, Any]], object]) -> Change:
    return signed(lambda folder: change_json(folder, "datapackage.json", change))


def resource(**said: object) -> Change:
    return package(lambda p: next(r for r in p["resources"] if r["name"] == "event").update(said))


SHEET = "xl/worksheets/sheet3.xml"
MALICE: dict[str, tuple[Change, str]] = {
    "linked CSV": (lambda f: link(f, "csv/event.csv", Path("/etc/passwd")), "csv/event.csv: a link"),
    "linked Parquet": (lambda f: link(f, "parquet/event.parquet", Path("/dev/zero")), "parquet/event.parquet: a link"),
    "linked manifest": (lambda f: link(f, "manifest.json", Path("/dev/zero")), "manifest.json: a link"),
    "linked sums": (lambda f: link(f, SUMS, Path("/dev/zero")), "SHA256SUMS: missing"),
    "linked folder": (lambda f: (f / "more").symlink_to("/etc"), "more: a link"),
    "pipe": (pipe, "csv/event.csv: neither a file nor a folder"),
    "sums that lead out": (lambda f: sums(f, b"0" * 64 + b"  ../../../etc/passwd\n"), "which is no place in the release"),
    "sums from the root": (lambda f: sums(f, b"0" * 64 + b"  /etc/passwd\n"), "which is no place in the release"),
    "sums with a dot": (lambda f: sums(f, b"0" * 64 + b"  ./LICENSE\n"), "which is no place in the release"),
    "sums twice": (lambda f: sums(f, (f / SUMS).read_bytes().splitlines(True)[0]), "lists CHANGES.md 2 times"),
    "sums of themselves": (lambda f: sums(f, b"0" * 64 + b"  SHA256SUMS\n"), "lists SHA256SUMS, which it cannot"),
    "sums cut short": (lambda f: sums(f, b"0" * 64), "its last line does not end"),
    "sums no text": (lambda f: sums(f, b"\xff\n"), "cannot be read as text"),
    "name with a line break": (lambda f: (f / "a\nok b").write_text("x"), "a\\u000aok b: not listed"),
    "name no text": (lambda f: Path(os.fsdecode(os.fsencode(f) + b"/\xff")).write_text("x"), "\\udcff: not listed"),
    "manifest no object": (signed(lambda f: write(f, "manifest.json", b"[]")), "no JSON object"),
    "manifest empty": (signed(lambda f: write(f, "manifest.json", b"{}")), "lists no tables"),
    "manifest too deep": (signed(lambda f: write(f, "manifest.json", b"[" * 100_000)), "manifest.json: not JSON"),
    "manifest no text": (signed(lambda f: write(f, "manifest.json", b"\xff")), "manifest.json: not JSON"),
    "manifest of odd types": (
        manifest(lambda m: m.update(tables={"claim": 1, "event": {"columns": [1]}})),
        "table claim: has no columns"),
    "manifest of odd facts": (
        manifest(lambda m: m.update(dataset=1, previous=[], sources=2, descriptions=3)),
        "names [] as the release before"),
    "table that leads out": (
        manifest(lambda m: m["tables"].update({"../x": m["tables"]["event"]})),
        "table ../x: no name for a table"),
    "column that is SQL": (
        signed(lambda f: change_text(f, "manifest.json", '"name": "capital"', '"name": "a\\"; DROP"')), "a column without a proper name"),
    "key that is no column": (
        manifest(lambda m: m["tables"]["event"].update(key=["x", 1])),
        "table event: has a key that is not"),
    "datapackage of odd types": (
        package(lambda p: p.update(resources=[{"name": "event", "schema": 1}], licenses=[1])),
        "datapackage.json: cannot be read"),
    "datapackage no list": (
        package(lambda p: p.update(resources={"a": 1})), "datapackage.json: cannot be read"),
    "datapackage of odd keys": (
        resource(schema={"fields": [{"name": 1}], "foreignKeys": [1, {"fields": 1, "reference": {}}]}),
        "datapackage.json: cannot be read"),
    "citation that makes objects": (
        signed(lambda f: write(f, "CITATION.cff", b"!!python/object/apply:os.system ['exit 1']")), "could not determine"),
    "citation that is no mapping": (signed(lambda f: write(f, "CITATION.cff", b"1")), "CITATION.cff: cannot be read"),
    "SQL too deep": (
        signed(lambda f: write(f, "wb6.sql", b"SELECT " + b"(" * 100_000)), "wb6.sql: holds SELECT ((((("),
    "SQL that writes": (
        signed(lambda f: write(f, "wb6.sql", b"COPY (SELECT 1) TO 'here';")), "holds COPY (SELECT 1) TO 'here'"),
    "workbook that bursts": (
        signed(lambda f: change_book(f, lambda p: p.update({SHEET: b"<sheetData>" + b"<row>" * 10_000_000}))),
        "a row that never ends"),
    "workbook whose list of sheets bursts": (
        signed(lambda f: change_book(f, lambda p: p.update({"xl/workbook.xml": b" " * 10_000_000}))), "too long"),
}  # fmt: skip


@pytest.mark.parametrize("what", MALICE)
def test_malice_is_told_without_harm(store: Project, what: str) -> None:
    harm, telling = MALICE[what]

    harm(release(store))
    done = wb6(store)

    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert telling in done.output, done.output
    assert done.output.splitlines()[-1].startswith("1 release, ")


@pytest.mark.parametrize("seed", range(8))
def test_bytes_flipped_anywhere_make_no_traceback(store: Project, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    files = sorted(p for p in release(store).rglob("*") if p.is_file() and p.name != SUMS)
    for path in chosen.sample(files, 6):
        content = bytearray(path.read_bytes())
        for _ in range(chosen.choice([1, 20])):
            content[chosen.randrange(len(content))] ^= chosen.randrange(1, 256)
        path.write_bytes(content)
    write_sums(release(store))

    done = wb6(store, "0.2.0")

    assert isinstance(done.exception, SystemExit | None)
    assert done.output.splitlines()[-1].startswith("1 release, ")
