"""Facts that contradict one another, or what is said of their mission, document, series, id or section."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from schemas.registry import Table
from tests.mutation.oracle import Contradiction, Witness
from tests.mutation.sheets import Row, Sheets, tables
from tests.mutation.witness_of_form import edtf
from tests.mutation.witness_of_names import citations, live

WHAT_A_THING_IS = ("code", "id", "iso3", "integer", "boolean")
TWO_MONTHS = timedelta(60)


def answered(row: Row) -> bool:
    """Whether a curator has looked and said why the row stands."""
    return "outlier: " in row["note"].lower()


def figure(value: str) -> float | None:
    """The number that a quantity states, or its lower bound."""
    found = re.search(r"\d+(\.\d+)?", value)
    return float(found[0]) if found else None


def stating(rows: Iterable[Row], table: Table, column: str) -> dict[tuple[str, ...], list[Row]]:
    """Those of some rows that state something in a column, by the key of their table."""
    stated = defaultdict(list)
    for row in rows:
        if row[column]:
            stated[tuple(row[k] for k in table.key)].append(row)
    return stated


def rivals(sheets: Sheets) -> list[Contradiction]:
    """Rows of one key that differ where documents do not."""
    found = []
    for name, table in tables().items():
        for field in table.claimed:
            is_class = field.cell.kind in WHAT_A_THING_IS or (field.name.startswith("party") and field.cell.references)
            for key, rows in stating(filter(live, sheets.rows[name]), table, field.name).items():
                values = sorted({row[field.name] for row in rows})
                if len(values) < 2 or any(answered(row) for row in rows):
                    continue
                if is_class and not field.cell.unit:
                    found.append(f"{name} {key} {field.name}: {values}")
                elif field.cell.kind == "quantity":
                    numbers = [n for v in values if (n := figure(v))]
                    if numbers and max(numbers) > 3 * min(numbers):
                        found.append(f"{name} {key} {field.name}: {values}")
                elif field.cell.kind == "edtf":
                    spans = [span for v in values if (span := edtf(v))]
                    if max(s for s, _ in spans) - min(e for _, e in spans) > TWO_MONTHS:
                        found.append(f"{name} {key} {field.name}: {values}")
    return [Contradiction("rival", what) for what in found]


BEGUN = {
    "member": ("acceded", "framework_document_signed"),
    "candidate": ("candidate_status",),
    "applicant": ("application_submitted",),
}


def order(sheets: Sheets) -> list[Contradiction]:
    """Ends before starts, spells that are not numbered through, memberships apart from the step that began them."""
    found = []
    for name, rows in sheets.rows.items():
        for row in rows:
            start, end = edtf(row.get("start", "")), edtf(row.get("end", ""))
            if start and end and start[0] > end[1]:
                found.append(f"{name}: {row['start']} to {row['end']}")
    members = [row for row in sheets.rows["membership"] if live(row)]
    spells = defaultdict(set)
    for row in members:
        spells[row["iso3"], row["organisation_id"], row["status"]].add(int(row["spell"]))
    found += [f"spells {key} {sorted(n)}" for key, n in spells.items() if n != set(range(1, len(n) + 1))]
    steps = defaultdict(list)
    for step in filter(live, sheets.rows["milestone"]):
        steps[step["iso3"], step["organisation_id"]].append(step)
    for row in members:
        for step in steps[row["iso3"], row["organisation_id"]]:
            a, b = edtf(row["start"]), edtf(step["date"])
            begins = step["milestone"] in BEGUN.get(row["status"], ()) and row["spell"] == "1"
            signed = step["milestone"] in ("accession_protocol_signed", "accession_treaty_signed")
            if begins and a and b and max(a[0], b[0]) - min(a[1], b[1]) > TWO_MONTHS:
                found.append(f"{row['iso3']} in {row['organisation_id']}: {row['start']} and {step['date']}")
            if signed and row["status"] == "member" and a and b and a[1] < b[0]:
                found.append(f"{row['iso3']} in {row['organisation_id']} before {step['date']}")
    return [Contradiction("order", what) for what in found]


SERIES = {
    "mission_strength": (("mission_id",), "as_of", "personnel", 10.0),
    "deployment": (("iso3", "missions", "location_iso3", "unit"), "as_of", "personnel", 10.0),
    "indicator": (("iso3", "indicator", "counterpart"), "period", "value", 0.0),
}


def outliers(sheets: Sheets) -> list[Contradiction]:
    """Figures more than twice or less than half of both neighbours in time; thrice for the first and the last."""
    found = []
    for name, (keys, when, what, least) in SERIES.items():
        series: dict[tuple[str, ...], dict[date, list[tuple[float, Row]]]] = defaultdict(lambda: defaultdict(list))
        for row in sheets.rows[name]:
            value = figure(row[what]) if live(row) and re.fullmatch(r"~?[\d.]+", row[what]) else None
            if value is not None:
                series[tuple(row[k] for k in keys)][edtf(row[when])[0]].append((value, row))  # type: ignore[index]
        for key, points in series.items():
            days = sorted(points)
            for at, day in enumerate(days):
                inner = 0 < at < len(days) - 1
                near = (
                    [days[n] for n in (at - 1, at + 1) if 0 <= n < len(days)]
                    if inner
                    else days[1:3]
                    if at == 0
                    else days[-3:-1]
                )
                if len(near) < 2 or (not inner and min(abs(day - d) for d in near) > timedelta(3 * 365)):
                    continue
                others = [value for d in near for value, _ in points[d]]
                times = 2 if inner else 3
                for value, row in points[day]:
                    high = value > times * max(others) and value - max(others) >= least
                    low = value < min(others) / times and min(others) - value >= least
                    if (high or low) and not answered(row) and len(points[day]) == 1:
                        found.append(f"{name} {key} {row[when]}: {row[what]}")
    return [Contradiction("series", what) for what in found]


def sums(sheets: Sheets) -> list[Contradiction]:
    """Contingents of one document that are more than the total it states, or less, where they are not called partial."""
    parts, totals = defaultdict(list), {}
    for row in sheets.rows["mission_strength"]:
        if row["personnel"] and live(row):
            totals.update({(row["mission_id"], row["as_of"], key): row["personnel"] for key, _ in citations(row)})
    for row in sheets.rows["deployment"]:
        if row["unit"] == "contingent" and row["personnel"] and live(row):
            for key, _ in citations(row):
                parts[row["missions"], row["as_of"], key].append(row)
    found = []
    for at, rows in parts.items():
        total = totals.get(at, "")
        exact = all(row["personnel"].isdigit() for row in rows) and total.isdigit()
        whole = len(rows) > 5 and not any("partial table" in row["note"].lower() for row in rows)
        stated = sum(figure(row["personnel"]) or 0 for row in rows)
        if exact and (stated > int(total) or (whole and stated != int(total))):
            found.append(f"{at}: {stated} of {total}")
    return [Contradiction("series", what) for what in found]


def missions(sheets: Sheets) -> list[Contradiction]:
    """What is said of a mission for a time at which it did not run, or for a place where it does not."""
    hosts: dict[str, set[str]] = defaultdict(set)
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in filter(live, sheets.rows["mission"]):
        hosts[row["mission_id"]].update(h for h in row["hosts"].split("; ") if h)
        start, end = edtf(row["start"]), edtf(row["end"])
        spans[row["mission_id"]].append((start[0] if start else date.min, end[1] if end else date.max))
    found = []
    for name in ("mission_strength", "mission_role", "deployment", "event"):
        for row in filter(live, sheets.rows[name]):
            named = [m for m in (row.get("mission_id") or row["missions"]).split("; ") if m]
            for column in ("as_of", "start", "end", "date"):
                when = edtf(row.get(column, ""))
                for mission in named if when else ():
                    begun = min((a for a, _ in spans[mission] if a > date.min), default=date.min)
                    over = max((b for _, b in spans[mission] if b < date.max), default=date.max)
                    if when and (when[1] < begun or when[0] > over):
                        found.append(f"{name}: {mission} on {row[column]}")
            where = {h for m in named for h in hosts[m]}
            place = row.get("location_iso3") or (row["iso3"] if row.get("role") == "host" else "")
            if place and where and place not in where:
                found.append(f"{name}: {named} in {place}")
    return [Contradiction("place", what) for what in found]


def dated(sheets: Sheets) -> list[Contradiction]:
    """Facts dated two months and more after the document that states them."""
    found = []
    for name, table in tables().items():
        columns = [f.name for f in table.fields if f.cell.kind == "edtf" and (name, f.name) != ("policy", "period")]
        for row in filter(live, sheets.rows[name]):
            for column in (c for c in columns if row[c] and not answered(row)):
                for key, _ in citations(row):
                    issued, when = edtf(sheets.issued.get(key, "")), edtf(row[column])
                    if issued and when and issued[1] < date.max - TWO_MONTHS and when[0] > issued[1] + TWO_MONTHS:
                        found.append(f"{name}: {row[column]} in {key}")
    return [Contradiction("document", what) for what in found]


def ids(sheets: Sheets) -> list[Contradiction]:
    """Rows whose own id names another year or another country than the row."""
    slugs = {
        row["name"].lower().replace(" ", "-"): row["iso3"]
        for row in sheets.rows["country"]
        if row["name"] and live(row)
    }
    found = []
    columns = {
        "event": ("date", "iso3"), "policy": ("adopted period", "iso3"), "relation": ("start end", "party_a party_b"),
        "facility": ("start", "iso3"), "mission": ("start", "hosts"), "actor": ("", "iso3"),
    }  # fmt: skip
    for name, (dates, countries) in columns.items():
        things = defaultdict(list)
        for row in filter(live, sheets.rows[name]):
            things[row[f"{name}_id"]].append(row)
        for own, rows in things.items():
            if any(answered(row) for row in rows):
                continue
            years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", own))
            stated = [row[c] for row in rows for c in dates.split() if row[c]]
            if years and stated and not any(y in s for y in years for s in stated):
                found.append(f"{own} of {stated}")
            named = {iso3 for slug, iso3 in slugs.items() if f"-{slug}-" in f"-{own}-"}
            where = {item for row in rows for c in countries.split() for item in row[c].split("; ") if item}
            if named and where and not named & where and all(re.fullmatch("[A-Z]{3}", item) for item in where):
                found.append(f"{own} in {sorted(where)}")
    return [Contradiction("place", what) for what in found]


ABOUT_ITS_COUNTRY = ("membership", "milestone", "deployment", "indicator", "threat_target", "policy", "event")


def sections(sheets: Sheets) -> list[Contradiction]:
    """Notes cited from two sections of one document, and countries cited from another country's section."""
    names = {row["name"]: row["iso3"] for row in sheets.rows["country"] if row["name"] and live(row)}
    notes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    found = []
    for table in sheets.rows:
        for row in sheets.rows[table]:
            for key, passage in citations(row):
                section, note = re.search(r"sec\. ([^,]+)", passage), re.search(r"n\. (\d+)", passage)
                if section and note:
                    notes[key, note[1]][section[1]] += 1
                of_country = names.get(section[1]) if section and table in ABOUT_ITS_COUNTRY else None
                if section and of_country and row["iso3"] not in ("", of_country):
                    found.append(f"{table}: {row['iso3']} in section {section[1]}")
    found += [f"note {key} in {sorted(counted)}" for key, counted in notes.items() if len(counted) > 1]
    return [Contradiction("place", what) for what in found]


WITNESSES: list[Witness] = [rivals, order, outliers, sums, missions, dated, ids, sections]
