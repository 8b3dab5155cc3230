"""Warnings on rows that are well formed and can hardly be meant: each at its row, and silent once a note answers it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.plausible.warn import DAYS_APART
from pipeline.project import Project
from pipeline.slips import LONGEST, is_slip, near_pairs
from tests.conftest import ROOT
from tests.small import document, row, told, write_documents, write_project

DOCUMENTS = (
    document("web2023"),
    document("other2020", "A", "2020"),
    {**document("book2023", "A"), "URL": ""},
    document("third2023"),
)
CITED = "coined by web2023, other2020, book2023 and third2023"
CITE = "web2023; other2020; book2023, p. 1; third2023"


def raid(**cells: str) -> str:
    return row("event", **{"event_id": "raid", "kind": "raid", "iso3": "SRB", "date": "2019-05-02", **cells})


def killed(value: str, cite: str, **more: str) -> str:
    return row("event_figure", event_id="raid", measure="killed", group="all", value=value, cite=cite, **more)


def role(iso3: str, role: str = "host", **more: str) -> str:
    return row("mission_role", **{"mission_id": "kfor", "iso3": iso3, "role": role, "cite": "web2023", **more})


def spell(number: str, start: str, **more: str) -> str:
    cells = {"iso3": "ALB", "organisation_id": "eu", "status": "candidate", "spell": number, "start": start}
    return row("membership", **cells, cite="web2023", **more)


def table(*figures: str) -> dict[str, str]:
    """A document's total for KFOR, and the contingents of as many nations as there are figures."""
    parts = [
        row(
            "deployment",
            iso3=iso3,
            missions="kfor",
            location_iso3="XKX",
            as_of="2022",
            unit="contingent",
            personnel=n,
            cite="web2023",
        )
        for iso3, n in zip(("ALB", "AUT", "DEU", "ITA", "SRB", "XKX"), figures, strict=False)
    ]
    countries = "".join(row("country", iso3=c, cite="web2023") for c in ("ALB", "AUT", "DEU", "ITA", "SRB", "XKX"))
    strength = row("mission_strength", mission_id="kfor", as_of="2022", personnel="600", cite="web2023")
    return {"country": countries, "mission_strength": strength, "deployment": "".join(parts)}


ALL = {"policy": row("policy", policy_id="plan", kind="plan", cite=CITE)}
WHY = "say in note why it stands, after the word Outlier:"

FOUND = {
    "two kinds of one thing": (
        {"event": raid(cite="web2023") + raid(kind="protest", cite="third2023")},
        'sources/event.csv:3:3: warning: kind "protest": sources/event.csv:2 says "raid" of the same; correct the one that is wrong, or ' + WHY,
    ),
    "a figure far from two others": (
        {"event": raid(cite="web2023"), "event_figure": killed("3", "web2023") + killed("30", "third2023") + killed("4", "book2023, p. 2")},
        'sources/event_figure.csv:3:4: warning: value "30": sources/event_figure.csv:2 says "3" of the same; correct the one that is wrong, or ' + WHY,
    ),
    "two dates a year apart": (
        {"event": raid(cite="web2023") + raid(date="2020-05-02", cite="third2023")},
        'sources/event.csv:3:4: warning: date "2020-05-02": sources/event.csv:2 says "2019-05-02" of the same; correct the one that is wrong, or ' + WHY,
    ),
    "a date after its document": (
        {"event": raid(date="2021-05", cite="other2020")},
        'sources/event.csv:2:4: warning: date "2021-05": lies after other2020 was issued (2020); correct the date or the citation, or ' + WHY,
    ),
    "an id of another year": (
        {"event": raid(event_id="raid-2018", cite="web2023")},
        'sources/event.csv:2:4: warning: date "2019-05-02": the id raid-2018 names the year 2018; correct the one that is wrong, or ' + WHY,
    ),
    "an id of another country": (
        {"event": raid(event_id="albania-raid", cite="web2023")},
        'sources/event.csv:2:5: warning: iso3 "SRB": the id albania-raid names the country albania; correct the one that is wrong, or ' + WHY,
    ),
    "a code a slip away from another": (
        {"event": raid(kind="protest", cite="web2023") + raid(event_id="riot", kind="protest", cite="web2023") + raid(event_id="march", kind="portest", cite="web2023")},
        'sources/event.csv:4:3: warning: kind "portest": stands nowhere else; did you mean protest? If not, name it in note, after the word Outlier:',
    ),
    "a note in another section": (
        {"event": raid(cite="book2023, sec. Two, n. 19"), "reference": 'book2023,19,web2023,p. 72,"book2023, sec. One, n. 19",,,\n'},
        'sources/event.csv:2:10: warning: cite "sec. Two, n. 19": note 19 of book2023 stands in section One; correct the section or the note',
    ),
    "a section a slip away from another": (
        {"event": raid(cite="book2023, sec. Serbien") + raid(event_id="riot", cite="book2023, sec. Serbien") + raid(event_id="march", cite="book2023, sec. Sebrien")},
        'sources/event.csv:4:10: warning: cite "Sebrien": stands nowhere else; did you mean Serbien? If not, name it in note, after the word Outlier:',
    ),
    "a country from another's section": (
        {"membership": row("membership", iso3="ALB", organisation_id="eu", status="applicant", spell="1", cite="book2023, sec. Serbia")},
        'sources/membership.csv:2:1: warning: iso3 "ALB": cited from the section Serbia; correct the country or the section, or ' + WHY,
    ),
    "a host elsewhere": (
        {"mission_role": role("SRB")},
        'sources/mission_role.csv:2:2: warning: iso3 "SRB": kfor runs elsewhere (hosts in mission.csv); correct the country or the mission, '
        "add it to the hosts there, or " + WHY.replace(":", ":"),
    ),
    "a membership apart from its step": (
        {"membership": spell("1", "2016"), "milestone": "ALB,eu,candidate_status,2014-06-27,web2023,,,\n"},
        'sources/membership.csv:2:5: warning: start "2016": milestone.csv dates the step that begins it 2014-06-27; correct one of the two, or ' + WHY,
    ),
    "a spell without the one before": (
        {"membership": spell("2", "2014")},
        'sources/membership.csv:2:4: spell "2": there is no spell 1 of ALB in eu as candidate; number spells from 1, '
        "or correct the country, the organisation or the status",
    ),
    "two values preferred": (
        {"event": raid(kind="raid", cite="web2023", rank="preferred", rank_reason="Read at the time.")
         + raid(kind="protest", cite="third2023", rank="preferred", rank_reason="Read by the same.")},
        'sources/event.csv:3:3: warning: kind "protest": sources/event.csv:2 prefers "raid" of the same; prefer one of the two, or ' + WHY,
    ),
    "a reason of one word": (
        {"event": raid(cite="web2023", rank="preferred", rank_reason="x")},
        'sources/event.csv:2:12: warning: rank_reason "x": says too little; say why in one sentence',
    ),
    "a table short by one figure": (
        table("120", "130", "140", "10", "55", "55"),
        'sources/deployment.csv:5:7: warning: personnel "10": the contingents of web2023 for kfor in 2022 add up to 510, its total is 600; '
        "was 100 meant? If not, correct another, or write Partial table in their notes",
    ),
    "a table short by two digits swapped": (
        table("127", "150", "8", "120", "95", "55"),
        'sources/deployment.csv:2:7: warning: personnel "127": the contingents of web2023 for kfor in 2022 add up to 555, its total is 600; '
        "was 172 meant? If not, correct another, or write Partial table in their notes",
    ),
    "a table off its total": (
        table("100", "100", "100", "87", "100", "50"),
        'sources/mission_strength.csv:2:3: warning: personnel "600": the contingents of web2023 for kfor in 2022 add up to 537; '
        "correct the total or a contingent, or write Partial table in their notes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_what_can_hardly_be_meant_is_told_at_its_row(tmp_path: Path, case: str) -> None:
    rows, expected = FOUND[case]
    project = write_project(tmp_path, DOCUMENTS, **{**ALL, **rows})

    lines = told(project)

    assert expected in lines


@pytest.mark.parametrize("case", [case for case, (_, expected) in FOUND.items() if "Outlier:" in expected])
def test_a_note_answers_every_warning_that_says_so(tmp_path: Path, case: str) -> None:
    rows, expected = FOUND[case]
    project = write_project(tmp_path, DOCUMENTS, **{**ALL, **rows})
    place, line, *_ = expected.split(":")
    value = expected.split('"')[1]

    write_note(project.root / place, int(line), f"OUTLIER: {value.upper()} was looked up again.")

    assert expected not in told(project)


def test_a_note_that_names_another_word_answers_nothing(tmp_path: Path) -> None:
    rows, expected = FOUND["a section a slip away from another"]
    project = write_project(tmp_path, DOCUMENTS, **{**ALL, **rows})

    write_note(project.sources / "event.csv", 4, "Outlier: it was looked up again.")

    assert expected in told(project)


def write_note(path: Path, line: int, note: str) -> None:
    """Give the row on a line of a CSV a note."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[line - 1][rows[0].index("note")] = note
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def test_days_of_grace_are_the_same_in_python_and_in_sql() -> None:
    sql = (Project(ROOT).checks / "member_since_its_step.sql").read_text("utf-8")

    assert sql.count("INTERVAL") == sql.count(f"INTERVAL {DAYS_APART} DAY") == 2


def test_words_too_long_to_be_words_are_not_compared() -> None:
    longest = "ab" * (LONGEST // 2)

    assert list(near_pairs([longest, longest[1:]])) == [(longest, longest[1:]), (longest[1:], longest)]
    assert list(near_pairs([longest + "a", longest])) == []


def test_a_meant_figure_is_never_less_than_nobody(tmp_path: Path) -> None:
    rows = table("140", "190", "190", "190", "40", "30")  # 780 of 600: for 140, -40 would be meant
    found = [line for line in told(write_project(tmp_path, DOCUMENTS, **{**ALL, **rows})) if "its total of 600" in line]

    assert len(found) == 1
    assert "the largest of the contingents" in found[0]


@pytest.mark.parametrize(
    ("figures", "line", "written", "meant", "stated"),
    [
        (("100", "100", "100", "1000", "100", "100"), 5, "1000", "100", "1500"),
        (("172", "151", "8", "120", "95", "99"), 2, "172", "127", "645"),
    ],
)
def test_a_table_above_its_total_is_told_once_at_the_figure_misread(
    tmp_path: Path, figures: tuple[str, ...], line: int, written: str, meant: str, stated: str
) -> None:
    project = write_project(tmp_path, DOCUMENTS, **{**ALL, **table(*figures)})

    assert [told_of for told_of in told(project) if "deployment.csv" in told_of or "strength.csv" in told_of] == [
        f'sources/deployment.csv:{line}:7: personnel "{written}": was {meant} meant? The contingents that web2023 states for kfor '
        f"in 2022 are {stated}, more than its total of 600 in mission_strength.csv; correct the figure that was misread"
    ]


def test_what_is_later_than_the_edition_is_told_where_that_has_a_day(tmp_path: Path) -> None:
    later = document("late2024", issued="2024-03")
    project = write_project(tmp_path, [*DOCUMENTS, later], **{**ALL, "event": raid(date="2024-02-02", cite="late2024")})
    before = told(project)
    with (project.sources / "dataset.yaml").open("a", encoding="utf-8") as stream:
        stream.write("issued: 2024-02-01\n")

    after = [line for line in told(project) if line not in before]

    day = "lies after the day of the edition (2024-02-01, issued in sources/dataset.yaml); correct the date, or that day, or "
    assert after == [
        f'sources/event.csv:2:4: warning: date "2024-02-02": {day}{WHY}',
        f'sources/references.json:6:1: warning: issued "2024-03": {day}{WHY}',
    ]

    write_documents(project, [*DOCUMENTS, {**later, "note": "Outlier: dated ahead by its publisher."}])
    write_note(project.sources / "event.csv", 2, "Outlier: announced for that day.")

    assert [line for line in told(project) if day in line] == []


@pytest.mark.parametrize(("code", "meant"), [("SER", "SRB"), ("KOS", "XKX"), ("ABL", "ALB")])
def test_a_country_code_that_is_none_is_told_with_the_one_meant(tmp_path: Path, code: str, meant: str) -> None:
    line = {"ALB": 2, "SRB": 3, "XKX": 4}[meant]
    project = write_project(tmp_path, DOCUMENTS, **{**ALL, "event": raid(iso3=code, cite="web2023")})

    assert f'sources/event.csv:2:5: iso3 "{code}": not in sources/country.csv; did you mean {meant} of ' in "".join(
        told(project)
    )
    assert f"sources/country.csv:{line}? Else correct it" in "".join(told(project))


def test_documents_that_nobody_cites_or_whose_id_is_of_another_year_are_told(tmp_path: Path) -> None:
    project = write_project(tmp_path, [document("web2023"), document("spare2023"), document("book2023", issued="2013")])

    lines = told(project)

    assert (
        'sources/references.json:3:1: warning: document_id "spare2023": no row cites it; cite it, correct the row that meant it, or delete the item'
        in lines
    )
    assert (
        'sources/references.json:4:1: warning: issued "2013": its id names 2023; correct the date, or the id and what cites it'
        in lines
    )


def test_codes_that_the_vocabulary_lacks_are_told_with_the_one_meant(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        DOCUMENTS,
        event=raid(kind="protst", cite="web2023") + raid(event_id="new", kind="coup", cite="web2023"),
    )
    vocabulary = "## Kinds (`event.kind`)\n\n| code | the kind |\n| --- | --- |\n| `protest` | A protest. |\n"
    (project.sources / "VOCABULARY.md").write_text(vocabulary, "utf-8")

    lines = told(project)

    assert (
        'sources/event.csv:2:3: warning: kind "protst": not explained in sources/VOCABULARY.md; did you mean protest?'
        in lines
    )
    assert (
        'sources/event.csv:3:3: warning: kind "coup": not explained in sources/VOCABULARY.md; explain it there' in lines
    )


def test_an_id_that_names_nothing_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    project = write_project(
        tmp_path,
        DOCUMENTS,
        event=raid(event_id="banjska-raid", cite="web2023"),
        event_figure="banjksa-raid,killed,all,4,wbe2023,,,\n",
    )

    lines = told(project)

    assert (
        'sources/event_figure.csv:2:1: event_id "banjksa-raid": not in sources/event.csv; did you mean banjska-raid of sources/event.csv:2? Else correct it, or add it there first'
        in lines
    )
    assert (
        'sources/event_figure.csv:2:5: cite "wbe2023": no document "wbe2023" in sources/references.json; did you mean web2023 of sources/references.json:2? Else correct the key, or add the item there'
        in lines
    )


def test_a_changed_claim_is_no_longer_on_record_and_that_is_told(tmp_path: Path) -> None:
    real = Project(ROOT)
    project = Project(tmp_path)
    for folder in ("sources", "outputs"):
        (tmp_path / folder).mkdir()
    for path in [*real.sources.iterdir(), real.outputs / "evidence.csv"]:
        (tmp_path / path.parent.name / path.name).write_bytes(path.read_bytes())
    strength = project.sources / "mission_strength.csv"
    lines = strength.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("kfor,2023-10,~4500") and "panero2023" in line)
    lines[at] = lines[at].replace("~4500", "~4600")
    strength.write_text("\n".join(lines), "utf-8")

    assert told(project) == [
        f'sources/mission_strength.csv:{at + 1}:3: warning: personnel "~4600": not on record as found in panero2023; '
        "look it up again, or check it with WB6_DOCUMENTS"
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("protest", "portest", True),
        ("protest", "protst", True),
        ("protest", "protesst", True),
        ("protest", "protect", True),
        ("protest", "protector", False),
        ("raid-2022", "raid-2023", False),
        ("chapter_10_closed", "chapter_1_closed", False),
    ],
)
def test_a_slip_is_one_letter_left_out_put_in_replaced_or_swapped(one: str, other: str, expected: bool) -> None:
    assert is_slip(one, other) is is_slip(other, one) is expected
