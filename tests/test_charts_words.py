"""Charts say what they leave out and why, and name what they show beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from pipeline.charts import events, spending, strength
from pipeline.charts.chart import GREY, Rows
from pipeline.charts.dates import in_words
from pipeline.charts.write import answers
from pipeline.engine import Connection, connect
from schemas.registry import tables
from tests.charted import RELEASE, drawn, opened
from tests.conftest import ROOT
from tests.small import released, row


@pytest.fixture(scope="module")
def latest() -> Iterator[tuple[Connection, dict[str, Rows]]]:
    with connect() as con:
        yield con, opened(con, ROOT / "outputs" / "latest")


@pytest.fixture(scope="module")
def pinned() -> Iterator[dict[str, Rows]]:
    with connect() as con:
        yield opened(con, RELEASE)


def test_most_events_of_a_year_are_named(latest: tuple[Connection, dict[str, Rows]]) -> None:
    rows = latest[1]["events"]
    years = {row[0] for row in rows if row[0] >= 2022}

    for year in years:
        other = sum(r[2] for r in rows if r[0] == year and r[1] is None)
        assert other * 2 <= sum(r[2] for r in rows if r[0] == year), year


def test_each_kind_of_event_has_a_row_of_its_own_with_its_number(latest: tuple[Connection, dict[str, Rows]]) -> None:
    con, shown = latest
    figure = Figure(figsize=events.CHART.size)
    events.CHART.draw(figure, shown["events"])
    axes: Any
    sums: Any
    sums, axes = figure.axes
    labels = [label.get_text().rsplit("  ", 1) for label in axes.get_yticklabels()]
    told = {name: int(n) for name, n in labels[:-1]}
    dated = "FROM event WHERE year(date_earliest) = year(date_latest) AND date_earliest <= cut_off()"
    kinds = con.execute(f"SELECT kind, count(*) {dated} GROUP BY kind").fetchall()
    often = {kind.replace("_", " ").capitalize(): n for kind, n in kinds if n > 1}

    assert len(labels) == len(set(axes.collections[0].get_offsets()[:, 1]))
    assert told == often
    assert labels[-1] == [f"{len(kinds) - len(often)} other kinds", str(sum(n for _, n in kinds) - sum(often.values()))]
    assert sum(bar.get_height() for bar in sums.patches) == sum(n for _, n in kinds)
    assert axes.get_legend() is None and sums.get_legend() is None


def test_events_that_are_not_drawn_are_counted(latest: tuple[Connection, dict[str, Rows]]) -> None:
    con, shown = latest
    [(recorded,)] = con.execute("SELECT count(*) FROM event").fetchall()
    n = sum(row[2] for row in shown["events"])

    assert (
        f"Of {recorded} events recorded, {recorded - n} are not drawn"
        in drawn(events.CHART, shown["events"])[0].reading
    )


def test_the_date_without_a_total_and_dates_with_deprecated_claims_alone_are_told(
    pinned: dict[str, Rows],
) -> None:
    words, axes = drawn(strength.CHART, pinned["kfor-strength"])
    wrong = {
        (str(x), y)
        for line in axes.lines
        if line.get_markeredgecolor() == GREY
        for x, y in zip(*line.get_data(), strict=True)
    }

    assert words.subtitle == "Total personnel, at 90 of the 91 dates for which documents tell of its size"
    assert "Not drawn, as no total or no day is stated: 14 November 2003." in words.reading
    assert {("1999-06-15", 48000.0), ("1999-06-15", 50000.0)} <= wrong


def test_what_is_dated_after_the_cut_off_date_is_not_drawn(tmp_path: Path) -> None:
    """One rule for all charts; a figure of the day itself stays. The small project's data are to 31 December 2023."""
    kfor = {"mission_id": "kfor", "cite": "web2023"}
    share = {"iso3": "ALB", "indicator": "defence_expenditure_pct_gdp", "unit": "pct_gdp", "cite": "web2023"}
    part = {"missions": "kfor", "location_iso3": "XKX", "unit": "contingent", "iso3": "ALB", "cite": "web2023"}
    member = {"iso3": "ALB", "spell": "1", "cite": "web2023", "organisation_id": "eu"}
    event = {"kind": "summit", "cite": "web2023"}
    folder = released(
        tmp_path,
        mission_strength=row("mission_strength", as_of="2023-12-31", personnel="100", **kfor)
        + row("mission_strength", as_of="2024-01-01", personnel="200", **kfor),
        deployment=row("deployment", as_of="2023-12-31", personnel="100", **part)
        + row("deployment", as_of="2024-01-01", personnel="200", **part),
        indicator=row("indicator", period="2023", value="1.2", **share)
        + row("indicator", period="2024", value="1.3", **share),
        event=row("event", event_id="a", name="A", date="2023-12-31", **event)
        + row("event", event_id="b", name="B", date="2024-01-01", **event),
        membership=row("membership", status="applicant", start="2023-12-31", **member)
        + row("membership", status="candidate", start="2024-01-01", **member),
    )
    with connect() as con:
        shown = {chart.name: rows for chart, rows in answers(con, folder, tables(), "2023-12-31")}

    assert [row[2] for row in shown["kfor-strength"]] == [100]
    assert [row[2] for row in shown["kfor-contributions"]] == [100]
    assert [row[1] for row in shown["defence-spending"]] == [2023]
    assert [(row[0], row[2]) for row in shown["events"]] == [(2023, 1)]
    assert [row[2] for row in shown["memberships"]] == ["applicant"]
    said = spending.CHART.words(shown["defence-spending"]).reading
    assert "Values left out, as their years come after the cut-off date: 1." in said


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2023", "2023"),
        ("2003-11-14", "14 November 2003"),
        ("2024-01?/2024-06?", "January to June 2024 (uncertain)"),
        ("2023-12/2024-01~", "December 2023 to January 2024 (approximate)"),
        ("../2028", "up to 2028"),
        ("2021-05/..", "from May 2021 on"),
        ("201X", "2010s"),
    ],
)
def test_dates_are_told_in_words(edtf: str, said: str) -> None:
    assert in_words(edtf) == said


def test_months_are_english_where_the_user_is_not() -> None:
    """No locale but C is sure to be there, so that the words of one are put in the place of Python's own."""
    script = (
        "import datetime as d\n"
        "class Date(d.date):\n    def __format__(self, form): return 'octobre'\n"
        "d.date = Date\n"
        "from pipeline.charts.dates import in_words\n"
        "print(in_words('2023-10'), in_words('2023-10-07'))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "October 2023 7 October 2023\n"
