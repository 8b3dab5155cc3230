"""What the datasheet of a release states, and the same counted another way: in plain Python, from its CSV files."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

Row = dict[str, str]


def stated(readme: str) -> dict[str, list[Row]]:
    """The figures of a datasheet by their titles; empty where README.md has no datasheet."""
    sheet = readme.partition("\n## Datasheet\n")[2].partition("\n## ")[0]
    found: dict[str, list[Row]] = {}
    for title, table in re.findall(r"^([^\n|#]+):\n\n((?:\|.*\n)+)", sheet, re.MULTILINE):
        header, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines())
        found[title] = [dict(zip(header, row, strict=True)) for row in rows]
    return found


def differences(folder: Path) -> list[str]:
    """Where the figures that a release states are not those of its CSV files, a line each."""
    said, true = stated((folder / "README.md").read_text("utf-8")), _counted(folder)
    wrong = [f"{title} is stated, and this test does not know it" for title in said.keys() - true.keys()]
    for title in said.keys() & true.keys():
        wrong += [f"{title}: {row} is not so" for row in said[title] if row not in true[title]]
        wrong += [f"{title}: {row} is not stated" for row in true[title] if row not in said[title]]
    return wrong


def _counted(folder: Path) -> dict[str, list[Row]]:
    tables = {path.stem: _read(path) for path in (folder / "csv").glob("*.csv")}
    return {
        "Tables that are read and weighed, and the years that their dates can mean": _tables(folder, tables),
        "What is claimed, and what becomes of it": _claims(tables),
        "When dated things began or happened": _pairs(
            ("decade", "rows of timeline"),
            Counter(
                f"{r['date_earliest'][:3]}0s" if r["date_earliest"] else "no first day" for r in tables["timeline"]
            ),
        ),
        "Documents by their Admiralty grade": _grades(tables),
        "Known gaps": _gaps(tables),
        "Indicators of the six": _indicators(tables),
        "The six, and the years for which they have no indicator": _six(tables),
        "What was read": _read_documents(tables),
        "How a value was chosen where claims differ": _pairs(
            ("decided by", "cells"), Counter(r["decided_by"].replace("_", " ") for r in tables["conflict"])
        ),
        "Claims by the release in which they first appeared": _pairs(
            ("release", "claims"), Counter(r["first_release"] for r in tables["claim"])
        ),
    }


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _pairs(names: tuple[str, str], counts: Counter[str]) -> list[Row]:
    return [dict(zip(names, (key, str(n)), strict=True)) for key, n in counts.items()]


def _tables(folder: Path, tables: dict[str, list[Row]]) -> list[Row]:
    listed = []
    for name, rows in tables.items():
        columns = (folder / "csv" / f"{name}.csv").read_text("utf-8").split("\n", 1)[0].split(",")
        if "n_claims" not in columns and name != "document":
            continue
        dates = [c.removesuffix("_earliest") for c in columns if c.endswith("_earliest")]
        first = sorted(r[f"{d}_earliest"][:4] for r in rows for d in dates if r[f"{d}_earliest"])
        last = sorted(r[f"{d}_latest"][:4] for r in rows for d in dates if r[f"{d}_latest"])
        listed.append(
            {
                "table": name,
                "rows": str(len(rows)),
                "disputed rows": "" if name == "document" else str(sum(r["disputed"] == "true" for r in rows)),
                "first year": first[0] if first else "",
                "last year": last[-1] if last else "",
                "rows without a date": str(sum(not any(r[d] for d in dates) for r in rows)) if dates else "",
            }
        )
    return listed


def _claims(tables: dict[str, list[Row]]) -> list[Row]:
    claims, conflicts = tables["claim"], tables["conflict"]
    counts = {
        "claims": len(claims),
        "cells and rows that they are about": len({(r["table_name"], r["row_key"], r["column_name"]) for r in claims}),
        "documents that they were read in": len({r["document_id"] for r in claims}),
        "preferred claims": sum(r["rank"] == "preferred" for r in claims),
        "deprecated claims: known to be wrong": sum(r["rank"] == "deprecated" for r in claims),
        "cells on which claims differ": len(conflicts),
        "of these, only in how exactly they give a date": sum(r["only_precision"] == "true" for r in conflicts),
        "of these, without a value, since every claim is deprecated": sum(
            r["decided_by"] == "none_stands" for r in conflicts
        ),
    }
    return _pairs(("what", "number"), Counter(counts))


def _grades(tables: dict[str, list[Row]]) -> list[Row]:
    documents = Counter(r["reliability"] for r in tables["document"])
    grade = {r["document_id"]: r["reliability"] for r in tables["document"]}
    claims = Counter(grade[r["document_id"]] for r in tables["claim"])
    return [{"grade": g, "documents": str(n), "claims read in them": str(claims[g])} for g, n in documents.items()]


def _gaps(tables: dict[str, list[Row]]) -> list[Row]:
    claims, documents = tables["claim"], tables["document"]
    grade = {r["document_id"]: r["reliability"] for r in documents}
    behind: dict[tuple[str, ...], set[str]] = {}
    for r in claims:
        if r["is_published"] == "true" and r["column_name"]:
            cell = (r["table_name"], r["row_key"], r["column_name"])
            behind.setdefault(cell, set()).add(r["document_id"])
    evidence = Counter(r["evidence"] for r in claims)
    read = {r["document_id"] for r in claims}
    counts = [
        ("claims not compared with a text: none at hand, or nothing in them to look for", evidence["not_checked"], claims),
        ("claims compared, and not found in the passage", evidence["not_found"], claims),
        ("published values that one document alone states", sum(len(d) == 1 for d in behind.values()), behind),
        (
            "published values that no document of grade A or B states",
            sum(not {grade[one] for one in d} & {"A", "B"} for d in behind.values()),
            behind,
        ),
        ("documents without a date of issue", sum(not r["issued"] for r in documents), documents),
        ("documents whose language is not stated", sum(not r["language"] for r in documents), documents),
        ("documents that no claim was read in", sum(r["document_id"] not in read for r in documents), documents),
    ]  # fmt: skip
    return [{"what": what, "number": str(n), "out of": str(len(every))} for what, n, every in counts]


def _six(tables: dict[str, list[Row]]) -> list[Row]:
    listed = []
    for iso3 in sorted(r["iso3"] for r in tables["country"] if r["is_wb6"] == "true"):
        own = [r for r in tables["indicator"] if r["iso3"] == iso3]
        years = {y for r in own for y in range(int(r["period_earliest"][:4]), int(r["period_latest"][:4]) + 1)}
        missing = sorted(set(range(min(years), max(years) + 1)) - years) if years else []
        listed.append(
            {
                "country": iso3,
                "rows of timeline": str(sum(r["iso3"] == iso3 for r in tables["timeline"])),
                "indicators": str(len({r["indicator"] for r in own})),
                "first year": str(min(years)) if years else "",
                "last year": str(max(years)) if years else "",
                "years between without any": (", ".join(map(str, missing)) or "none") if years else "all",
            }
        )
    return listed


def _indicators(tables: dict[str, list[Row]]) -> list[Row]:
    six = {r["iso3"] for r in tables["country"] if r["is_wb6"] == "true"}
    listed = []
    for name in sorted({r["indicator"] for r in tables["indicator"] if r["iso3"] in six}):
        own = [r for r in tables["indicator"] if r["indicator"] == name and r["iso3"] in six]
        countries = {r["iso3"] for r in own}
        listed.append(
            {
                "indicator": name,
                "first year": min(r["period_earliest"] for r in own)[:4],
                "last year": max(r["period_latest"] for r in own)[:4],
                "countries": str(len(countries)),
                "countries without a value": ", ".join(sorted(six - countries)) or "none",
            }
        )
    return listed


def _read_documents(tables: dict[str, list[Row]]) -> list[Row]:
    documents = tables["document"]

    def ranked(values: list[str]) -> str:
        return ", ".join(f"{v} {n}" for v, n in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))

    first = min(r["issued_earliest"] for r in documents if r["issued_earliest"])[:4]
    last = max(r["issued_latest"] for r in documents if r["issued_latest"])[:4]
    return [
        {"what": "documents by type", "which": ranked([r["type"] for r in documents])},
        {"what": "documents by language", "which": ranked([r["language"] or "not stated" for r in documents])},
        {"what": "years of issue", "which": f"{first} to {last}"},
    ]
