"""Names that name nothing, stand a slip away from another, or are claimed twice."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from schemas.registry import Field
from tests.mutation.oracle import Contradiction, Witness
from tests.mutation.sheets import DOCUMENTS, RECORD, Row, Sheets, tables


def citations(row: Row) -> Iterator[tuple[str, str]]:
    """The documents that a row cites, each with the passage."""
    for citation in row["cite"].split("; "):
        key, _, passage = citation.partition(", ")
        yield key, passage


def live(row: Row) -> bool:
    """Whether a row still claims something."""
    return row["rank"] != "deprecated"


def dangling(sheets: Sheets) -> list[Contradiction]:
    """Ids, codes, citations and notes that name nothing."""
    documents = {item["id"] for item in sheets.documents}
    keys = {"document.document_id": documents}
    for name, table in tables().items():
        for column in table.key:
            keys[f"{name}.{column}"] = {row[column] for row in sheets.rows[name] if live(row)}
    notes = {(row["document_id"], row["note_number"]) for row in sheets.rows["reference"]}
    noted = {document for document, _ in notes}
    addressed = {item["id"] for item in sheets.documents if item.get("URL")}
    found = []
    for name, table in tables().items():
        for row in sheets.rows[name]:
            for field in (f for f in table.fields if f.cell.references and row[f.name]):
                known = set().union(*(keys[r] for r in field.cell.references))
                found += [f"{name}.{field.name} {v}" for v in row[field.name].split("; ") if v not in known]
            for key, passage in citations(row):
                number = re.search(r"\bn\. (\d+)", passage)
                if key not in documents or not (passage or key in addressed):
                    found.append(f"{name} cites {key}")
                if number and key in noted and (key, number[1]) not in notes:
                    found.append(f"{name} cites {key}, n. {number[1]}")
    return [Contradiction("name", what) for what in found]


def near(sheets: Sheets) -> list[Contradiction]:
    """Ids, free codes and names of sections that stand once, a slip away from another that is in use."""
    found = []
    explained = set(re.findall(r"`([^`]+)`", sheets.text("VOCABULARY.md")))
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for name, table in tables().items():
        for field in (f for f in table.fields if f.cell.kind in ("id", "code", "list") and not f.cell.codes):
            if field.cell.kind == "list" and field.cell.item in ("text", "iso3"):
                continue
            if "document.document_id" in field.cell.references:
                continue
            subject = field.cell.references[0] if field.cell.references else f"{name}.{field.name}"
            for row in sheets.rows[name]:
                uses[subject].update(item for item in row[field.name].split("; ") if item)
    for rows in sheets.rows.values():
        for row in rows:
            for key, passage in citations(row):
                uses[f"sec {key}"].update(re.findall(r"sec\. ([^,]+)", passage))
    for subject, counted in uses.items():
        once = [v for v, n in counted.items() if n == 1 and len(v) > 4]
        found += [f"{subject}: {v} beside {o}" for v in once for o in counted if v != o and a_slip_away(v, o)]
    for coded, column in (
        ("milestone", "milestone"),
        ("event_figure", "measure"),
        ("event_figure", "group"),
        ("event", "kind"),
        ("relation", "kind"),
    ):
        known = {re.sub(r"_(\d+|N)(?=_|$)", "_N", code) for code in explained}
        for row in sheets.rows[coded]:
            if row[column] and row[column] not in explained and re.sub(r"_\d+(?=_|$)", "_N", row[column]) not in known:
                found.append(f"{coded}.{column}: {row[column]} is no word of the vocabulary")
    return [Contradiction("name", what) for what in found]


def a_slip_away(a: str, b: str) -> bool:
    """Whether two words differ by one letter left out, put in, replaced or swapped with the next; digits are no letters."""
    if abs(len(a) - len(b)) > 1 or (a[:2] != b[:2] and a[-2:] != b[-2:]):
        return False
    if re.sub(r"\d", "", a) == re.sub(r"\d", "", b):
        return False
    at = next((n for n in range(min(len(a), len(b))) if a[n] != b[n]), min(len(a), len(b)))
    x, y = a[at:], b[at:]
    return x[1:] == y or x == y[1:] or x[1:] == y[1:] or (len(x) > 1 and x[1] + x[0] + x[2:] == y)


def twins(sheets: Sheets) -> list[Contradiction]:
    """The same cell of one row claimed twice from one passage."""
    found = []
    for name, table in tables().items():
        claimed: Counter[tuple[str, ...]] = Counter()
        for row in sheets.rows[name]:
            filled = [f.name for f in table.claimed if row[f.name]] or ["row"]
            claimed.update((*(row[k] for k in table.key), *c, column) for c in citations(row) for column in filled)
        found += [f"{name}: {key}" for key, n in claimed.items() if n > 1]
    return [Contradiction("twin", what) for what in found]


def _to_be_found(field: Field, value: str) -> bool:
    """Whether a cell holds a figure, a year or a country, for which the text cited is searched."""
    if "country.iso3" in field.cell.references:
        return re.search(r"\b[A-Z]{3}\b", value) is not None
    return field.cell.kind in ("quantity", "integer", "edtf") and re.search(r"\d", value) is not None


def record(sheets: Sheets) -> list[Contradiction]:
    """Figures, years and countries cited from a text that was looked through, which were not found in it."""
    found = {(row["text_sha256"], row["claim_id"]) for row in csv.DictReader(io.StringIO(sheets.text(RECORD)))}
    looked_through = {sha for sha, _ in found}
    texts = {item["id"]: item["custom"].get("text_sha256") for item in sheets.documents}
    missing = []
    for name, table in tables().items():
        subject = any(f.cell.kind == "iso3" and f.cell.key for f in table.fields[:1])
        for row in filter(live, sheets.rows[name]):
            key = "|".join(f"{k}={row[k]}" for k in table.key)
            filled = [f for f in table.claimed if row[f.name]]
            for document, passage in citations(row):
                if texts.get(document) not in looked_through:
                    continue
                for field in (*filled, None)[: max(len(filled), 1)]:
                    column, value = (field.name, row[field.name]) if field else ("", "")
                    needed = subject or (field and _to_be_found(field, value))
                    claim = "|".join([name, key, column, value, document, passage])
                    digest = hashlib.sha256(claim.encode()).hexdigest()[:16]
                    if needed and (texts[document], digest) not in found:
                        missing.append(f"{name} {key} {column} {value} of {document}, {passage}")
    return [Contradiction("record", what) for what in missing]


def documents(sheets: Sheets) -> list[Contradiction]:
    """Documents that nobody cites, and whose id names another year than that of issue."""
    cited = {key for rows in sheets.rows.values() for row in rows for key, _ in citations(row)}
    cited |= {row["cited_document_id"] for row in sheets.rows["reference"]}
    cited |= {row["document_id"] for row in sheets.rows["policy"]}
    found = [f"{item['id']} is cited nowhere" for item in sheets.documents if item["id"] not in cited]
    for document, issued in sheets.issued.items():
        years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", document)
        if years and not any(year in issued for year in years):
            found.append(f"{document} of {issued}")
    return [Contradiction("document", f"{DOCUMENTS}: {what}") for what in found]


WITNESSES: list[Witness] = [dangling, near, twins, record, documents]
