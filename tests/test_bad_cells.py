"""Cells that cannot be taken as written: each is refused with its place and its remedy, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import add, told, write_project

DATE = "write 2023, 2023-09, 2023-09-24, 2023~, 201X or an interval such as 2017/2027 or 2009/.."
EXCEL = "looks like a date changed by Excel; write it as 2023-09-24 or 2023-09, in a column formatted as text"
QUANTITY = "write 60, ~60, >60 or 50..70"
ISO3 = "write an ISO 3166-1 alpha-3 code in capitals, such as ALB (Kosovo is XKX)"
ID = "write a lower-case id with hyphens, such as enhanced-forward-presence"
CODE = "write a lower-case code with underscores, such as infantry_platoon"
CITE = (
    "write panero2023, sec. Albania, n. 19 (terms: p., pp., sec., n., para., ch., tbl., fig.; "
    "several citations separated by '; ')"
)
STATUSES = "write one of member, candidate, applicant, invited, participant, partner, aspirant, neutral"

DATES = {
    "24/09/2023": EXCEL,
    "24.09.2023": EXCEL,
    "9/24/23": EXCEL,
    "Sep-23": EXCEL,
    "24-Sep": EXCEL,
    "24-Sep-2023": EXCEL,
    "45193": EXCEL,
    "2023-09-24 00:00:00": EXCEL,
    "2023-02-29": f"no such day or month; {DATE}",
    "2023-04-31": f"no such day or month; {DATE}",
    "1900-02-29": f"no such day or month; {DATE}",
    "2023-13": f"no such day or month; {DATE}",
    "2023-00": f"no such day or month; {DATE}",
    "last spring": f"not a date; {DATE}",
    "2023-9": f"not a date; {DATE}",
    "20230924": f"not a date; {DATE}",
    "2023..2024": f"not a date; {DATE}",
    "../..": f"not a date; {DATE}",
    "2022-13/2023": f"not a date; {DATE}",
    "2023/2021": "the interval ends before it begins; swap the two dates",
    "2023-05/2023-04-30": "the interval ends before it begins; swap the two dates",
}

QUANTITIES = {
    "about 60": f"not a quantity; {QUANTITY}",
    "sixty": f"not a quantity; {QUANTITY}",
    "060": f"not a quantity; {QUANTITY}",
    "~~60": f"not a quantity; {QUANTITY}",
    "1e3": f"not a quantity; {QUANTITY}",
    "1234567890123456": f"not a quantity; {QUANTITY}",
    "4,500": "has a thousands separator; write 4500",
    "4.500": "has a thousands separator; write 4500",
    "4'500": "has a thousands separator; write 4500",
    "~1 234 567": "has a thousands separator; write ~1234567",
    "4.5": f"not a whole number; {QUANTITY}",
    "60-80": f"a range is written with two points; {QUANTITY}",
    "60\N{EN DASH}80": f"a range is written with two points; {QUANTITY}",
    "60 to 80": f"a range is written with two points; {QUANTITY}",
    "80..60": "the range does not rise; write the smaller number first",
    "60..60": "the range does not rise; write the smaller number first",
}

DECIMALS = {
    "61,5": "has a decimal comma; write 61.5",
    ">61,5": "has a decimal comma; write >61.5",
    "61.1234567": f"not a quantity; {QUANTITY}",
    "5..3.5": "the range does not rise; write the smaller number first",
}

LISTS = {
    "kfor; ; eufor": "has an empty item; separate items by one '; '",
    "; kfor": "has an empty item; separate items by one '; '",
    "kfor;": "has an empty item; separate items by one '; '",
    "kfor; kfor": "an item is repeated; keep one",
    "kfor;eufor": "not a list; separate items by '; ', each once",
    "kfor, eufor": "items are separated by commas; separate them by '; '",
    "kfor; Kfor": f'item "Kfor" is not an id; {ID}',
}

CITES = {
    "Panero 2023": f'"Panero 2023" is not a citation key; {CITE}',
    "(panero2023)": f'"(panero2023)" is not a citation key; {CITE}',
    "book2023, page 4": f'locator "page 4" has no known term; {CITE}',
    "book2023, p.4": f'locator "p.4" has no known term; {CITE}',
    "book2023, p. 4;web2023": f"not a citation; {CITE}",
    "nobody2023": 'no document "nobody2023" in sources/references.json; correct the key, or add the item there',
    "book2023, n. 20": 'document "book2023" has no note 20 in sources/reference.csv; correct it, or add it there',
    "book2023": 'document "book2023" has no address, so name the passage: book2023, p. 4',
}

COUNTS = {value: "not a whole number; write a whole number in digits" for value in ("two", "1.0", "01", "1 000", "1,5")}
BOOLEANS = {value: "not true or false; write true or false" for value in ("yes", "1", "TRUE", "True")}
IDS = {value: f"not an id; {ID}" for value in ("EU", "european_union", "e u", "-eu", "eu-")}[:0] if False else {}

KINDS = [
    *(("milestone", "ALB,eu,applied,{},web2023,,,", "3:4: date", *kind) for kind in DATES.items()),
    *(("mission_strength", "kfor,2023,{},,web2023,,,", "2:3: personnel", *kind) for kind in QUANTITIES.items()),
    *(("indicator", "ALB,debt,2023,,{},pct,web2023,,,", "2:5: value", *kind) for kind in DECIMALS.items()),
    *(("event", "raid,,,2023,XKX,,{},,,web2023,,,", "2:7: missions", *kind) for kind in LISTS.items()),
    *(("milestone", "ALB,eu,applied,2009,{},,,", "3:5: cite", *kind) for kind in CITES.items()),
    *(("deployment", "ALB,kfor,,2023,platoon,{},,web2023,,,", "2:6: unit_count", *kind) for kind in COUNTS.items()),
    *(("country", "MKD,MK,,,,,,{},,,,,web2023,,,", "5:8: is_wb6", *kind) for kind in BOOLEANS.items()),
]
