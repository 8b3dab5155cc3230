"""Things that are their own parents, countries that share a code, places in an order that two have, preferences that differ."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from tests.mutation.oracle import Contradiction, Witness
from tests.mutation.sheets import Sheets, tables
from tests.mutation.witness_of_facts import answered, stating
from tests.mutation.witness_of_form import edtf
from tests.mutation.witness_of_names import live


def themselves(sheets: Sheets) -> list[Contradiction]:
    """Things that are their own parents, in one step or in several, and parties that deal with themselves."""
    found = []
    for name in ("actor", "organisation"):
        parents: dict[str, set[str]] = defaultdict(set)
        for row in filter(live, sheets.rows[name]):
            parents[row[f"{name}_id"]] |= {row[f"parent_{name}_id"]} - {""}
        for thing, above in parents.items():
            reached = set(above)
            for _ in range(5):
                reached |= {p for r in reached for p in parents.get(r, ())}
            found += [f"{name} {thing} is above itself"] * (thing in reached)
    for name, one, other in (("relation", "party_a", "party_b"), ("indicator", "iso3", "counterpart")):
        found += [
            f"{name}: {r[one]} with itself" for r in sheets.rows[name] if r[one] and r[one] == r[other] and live(r)
        ]
    return [Contradiction("order", what) for what in found]


def countries(sheets: Sheets) -> list[Contradiction]:
    """Two countries of one name, code or number, and codes whose standing is not theirs."""
    found = []
    for column in ("iso2", "name", "official_name", "gw_code", "cow_code"):
        owners = defaultdict(set)
        for row in filter(live, sheets.rows["country"]):
            owners[row[column]].add(row["iso3"])
        found += [f"{column} {value} of {sorted(of)}" for value, of in owners.items() if value and len(of) > 1]
    for row in filter(live, sheets.rows["country"]):
        of_users = row["iso3"][0] == "X" or "QM" <= row["iso3"][:2] <= "QZ" or row["iso3"][:2] in ("AA", "ZZ")
        if row["code_status"] and (row["code_status"] == "user_assigned") != of_users:
            found.append(f"{row['iso3']} is called {row['code_status']}")
    return [Contradiction("name", what) for what in found]


def ordinals(sheets: Sheets) -> list[Contradiction]:
    """Places in the order of joining that two countries have, or that contradict the dates on which they joined."""
    found = []
    placed = [r for r in sheets.rows["membership"] if r["ordinal"] and live(r)]
    for a in placed:
        for b in placed:
            if (a["organisation_id"], a["status"]) != (b["organisation_id"], b["status"]) or a["iso3"] == b["iso3"]:
                continue
            first, second = edtf(a["start"]), edtf(b["start"])
            if a["ordinal"] == b["ordinal"]:
                found.append(f"{a['organisation_id']}: two are number {a['ordinal']}")
            elif int(a["ordinal"]) < int(b["ordinal"]) and first and second and first[0] > second[1]:
                found.append(f"{a['organisation_id']}: {a['iso3']} before {b['iso3']}")
    return [Contradiction("order", what) for what in found]


def preferences(sheets: Sheets) -> list[Contradiction]:
    """Preferred rows that state different values of one cell, and reasons of a single word."""
    found = []
    for name, table in tables().items():
        for field in table.claimed:
            preferred = (row for row in sheets.rows[name] if row["rank"] == "preferred")
            for key, rows in stating(preferred, table, field.name).items():
                if len({row[field.name] for row in rows}) > 1 and not any(answered(row) for row in rows):
                    found.append(f"{name} {key} {field.name} preferred twice")
        found += [f"{name}: {r['rank_reason']}" for r in sheets.rows[name] if re.fullmatch(r"\S+", r["rank_reason"])]
    return [Contradiction("rival", what) for what in found]


def later(sheets: Sheets) -> list[Contradiction]:
    """Documents and facts dated after the day of the edition."""
    stated = re.search(r"^issued: (\S+)$", sheets.text("dataset.yaml"), re.MULTILINE)
    edition = date.fromisoformat(stated[1]) if stated else date.max
    found = [f"{key} of {when}" for key, when in sheets.issued.items() if (span := edtf(when)) and span[0] > edition]
    for name, table in tables().items():
        columns = [f.name for f in table.fields if f.cell.kind == "edtf" and (name, f.name) != ("policy", "period")]
        for row in sheets.rows[name]:
            for value in (row[c] for c in columns if live(row) and not answered(row)):
                if (span := edtf(value)) and span[0] > edition:
                    found.append(f"{name}: {value}")
    return [Contradiction("document", what) for what in found]


WITNESSES: list[Witness] = [themselves, countries, ordinals, preferences, later]
