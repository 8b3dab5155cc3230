"""Cells that cannot be taken as written: each is refused with its place and its remedy, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small import DOCUMENTS, add, document, told, write_project

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
STATUSES = "write one of member, invited, candidate, applicant, participant, partner, aspirant, neutral"

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

COUNTS = dict.fromkeys(("two", "1.0", "01", "1 000", "1,5"), "not a whole number; write a whole number in digits")
BOOLEANS = dict.fromkeys(("yes", "1", "TRUE", "True"), "not true or false; write true or false")
COUNTRIES = dict.fromkeys(("Kosovo", "Alb", "AL", "ALBA"), f"not a country code; {ISO3}")
IDS = dict.fromkeys(("EU", "european_union", "european union", "eu-"), f"not an id; {ID}")
CODES = dict.fromkeys(("Applied", "had applied", "has-applied"), f"not a code; {CODE}")
STATUS = {
    "membr": "not a known code; did you mean member?",
    "Member": "not a known code; did you mean member?",
    "boss": f"not a known code; {STATUSES}",
}

KINDS = [
    *(("milestone", "{},eu,applied,2009,web2023,,,", "3:1: iso3", *kind) for kind in COUNTRIES.items()),
    *(("milestone", "ALB,{},applied,2009,web2023,,,", "3:2: organisation_id", *kind) for kind in IDS.items()),
    *(("milestone", "ALB,eu,{},2009,web2023,,,", "3:3: milestone", *kind) for kind in CODES.items()),
    *(("milestone", "ALB,eu,applied,{},web2023,,,", "3:4: date", *kind) for kind in DATES.items()),
    *(("milestone", "ALB,eu,applied,2009,{},,,", "3:5: cite", *kind) for kind in CITES.items()),
    *(("membership", "ALB,nato,{},1,,,,web2023,,,", "2:3: status", *kind) for kind in STATUS.items()),
    *(("mission_strength", "kfor,2023,{},,web2023,,,", "2:3: personnel", *kind) for kind in QUANTITIES.items()),
    *(("indicator", "ALB,debt,2023,,{},pct,web2023,,,", "2:5: value", *kind) for kind in DECIMALS.items()),
    *(("event", "raid,,,2023,XKX,,{},,,web2023,,,", "2:7: missions", *kind) for kind in LISTS.items()),
    *(("deployment", "ALB,kfor,,2023,platoon,{},,web2023,,,", "2:6: unit_count", *kind) for kind in COUNTS.items()),
    *(("country", "MKD,MK,,,,,,{},,,,,web2023,,,", "5:8: is_wb6", *kind) for kind in BOOLEANS.items()),
]

ROWS = {
    "no key": (
        "milestone",
        ",eu,applied,2009,web2023,,,",
        f"3:1: iso3: empty, but required; {ISO3}",
    ),
    "no list in a key": (
        "deployment",
        "ALB,,,2023,contingent,1,,web2023,,,",
        "2:2: missions: empty, but required; separate items by '; ', each once",
    ),
    "no code in a key": (
        "membership",
        "ALB,nato,,1,,,,web2023,,,",
        f"2:3: status: empty, but required; {STATUSES}",
    ),
    "no citation": ("milestone", "ALB,eu,applied,2009,,,,", f"3:5: cite: empty, but required; {CITE}"),
    "a list in a key out of order": (
        "deployment",
        "ALB,kfor; eufor,,2023,contingent,1,,web2023,,,",
        '2:2: missions "kfor; eufor": a list in a key is sorted; sort its items, or run wb6 fmt',
    ),
    "an end before the start": (
        "membership",
        "ALB,nato,member,1,2009-05,2009-04,,web2023,,,",
        '2:6: end "2009-04": lies before start; correct one of the two dates',
    ),
    "an unknown rank": (
        "milestone",
        "ALB,eu,applied,2009,web2023,prefered,,",
        '3:6: rank "prefered": not a known code; did you mean preferred?',
    ),
    "an unknown rank with a reason": (
        "milestone",
        "ALB,eu,applied,2009,web2023,prefered,It is the treaty itself.,",
        '3:6: rank "prefered": not a known code; did you mean preferred?',
    ),
    "preferred without a reason": (
        "milestone",
        "ALB,eu,applied,2009,web2023,preferred,,",
        "3:7: rank_reason: empty, but required with rank preferred; say why in one sentence",
    ),
    "deprecated without a reason": (
        "milestone",
        "ALB,eu,applied,2009,web2023,deprecated,,",
        "3:7: rank_reason: empty, but required with rank deprecated; say why in one sentence",
    ),
    "a reason without a rank": (
        "milestone",
        "ALB,eu,applied,2009,web2023,,It is the treaty itself.,",
        "3:6: rank: normal, but a rank_reason is given; write preferred or deprecated, or delete the reason",
    ),
    "a reason with a normal rank": (
        "milestone",
        "ALB,eu,applied,2009,web2023,normal,It is the treaty itself.,",
        '3:6: rank "normal": normal, but a rank_reason is given; write preferred or deprecated, or delete the reason',
    ),
}


@pytest.mark.parametrize(
    ("table", "line", "place", "value", "message"), KINDS, ids=[f"{table} {value}" for table, _, _, value, _ in KINDS]
)
def test_a_cell_that_cannot_be_taken_as_written_is_refused_with_its_place_and_remedy(
    tmp_path: Path, table: str, line: str, place: str, value: str, message: str
) -> None:
    project = write_project(tmp_path)
    add(project, table, line.format(f'"{value}"') + "\n")

    assert told(project) == [f'sources/{table}.csv:{place} "{value}": {message}']


@pytest.mark.parametrize(("table", "line", "expected"), ROWS.values(), ids=ROWS)
def test_a_row_whose_cells_do_not_go_together_is_refused_with_its_place_and_remedy(
    tmp_path: Path, table: str, line: str, expected: str
) -> None:
    project = write_project(tmp_path)
    add(project, table, line + "\n")

    assert told(project) == [f"sources/{table}.csv:{expected}"]


def test_an_empty_row_is_told_of_every_cell_that_it_must_fill(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", ",,,,,,,\n")

    assert told(project) == [
        f"sources/milestone.csv:3:1: iso3: empty, but required; {ISO3}",
        f"sources/milestone.csv:3:2: organisation_id: empty, but required; {ID}",
        f"sources/milestone.csv:3:3: milestone: empty, but required; {CODE}",
        f"sources/milestone.csv:3:5: cite: empty, but required; {CITE}",
    ]


def test_a_long_value_is_shown_short_enough_for_one_line(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    add(project, "milestone", f"ALB,eu,applied,{'x' * 200},web2023,,,\n")

    assert told(project) == [f'sources/milestone.csv:3:4: date "{"x" * 57}...": not a date; {DATE}']


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("membership", "ALB,nato,member,1,2009-05,2009,,web2023,,,"),
        ("membership", "ALB,nato,member,1,2009,2009,,web2023,,,"),
        ("membership", "ALB,nato,member,1,2010/2012,2011/..,,web2023,,,"),
        ("indicator", "ALB,debt_pct,2023,,61.5,pct,web2023,,,"),
        ("mission_strength", "kfor,2023,0,>=1,web2023,,,"),
        ("milestone", 'ALB,eu,applied,2009,"book2023, n. 19; web2023",preferred,It is the treaty itself.,'),
        ("milestone", "ALB,eu,applied,,web2023,,,"),
    ],
)
def test_cells_at_the_edge_of_the_rules_are_accepted(tmp_path: Path, table: str, line: str) -> None:
    project = write_project(tmp_path)
    add(project, table, line + "\n")

    assert told(project) == []


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ('https://a.org/"><script>alert(1)</script>', 'holds "\\"", which no address has; delete it, or write %22'),
        ("https://a.org/<b", 'holds "<", which no address has; delete it, or write %3C'),
        ("https://a.org/a b", 'holds " ", which no address has; delete it, or write %20'),
        ("https://a.org/`x`", 'holds "`", which no address has; delete it, or write %60'),
        ("https://a.org\\b", 'holds "\\\\", which no address has; delete it, or write %5C'),
        ("javascript:alert(1)", "not an address; write an address that begins with https:// or http://"),
    ],
)
def test_an_address_that_would_end_its_place_in_a_page_is_refused(tmp_path: Path, address: str, what: str) -> None:
    project = write_project(tmp_path, [*DOCUMENTS, document("odd2023", URL=address)])

    assert [line.split(": ", 2)[2] for line in told(project)] == [what]


def test_an_address_may_hold_what_addresses_have(tmp_path: Path) -> None:
    address = "https://user@[::1]:80/a'b(c);d=~e/%22?f=g&h=i,j+k#l!$*ü"

    lines = told(write_project(tmp_path, [*DOCUMENTS, document("odd2023", URL=address)]))

    assert [line for line in lines if "warning" not in line] == []
