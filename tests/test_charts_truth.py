"""Charts show what the tables say, and no more: conflicts, bounds, spells as they are recorded, documents that are drawn."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from pipeline.charts import contributions, events, memberships, spending, strength, threats
from pipeline.charts.chart import OTHERWISE, Chart, Rows
from pipeline.charts.stated import read
from pipeline.charts.write import CHARTS, answers
from pipeline.engine import Connection, connect
from schemas.registry import tables
from tests.conftest import ROOT
from tests.small import released, row

DAY_0 = datetime.date(1970, 1, 1)


def opened(con: Connection, folder: Path) -> dict[str, Rows]:
    """Views of a release's tables, and what its charts show."""
    return {chart.name: rows for chart, rows in answers(con, folder, tables(), "2025-12-31")}


@pytest.fixture(scope="module")
def latest() -> Iterator[tuple[Connection, dict[str, Rows]]]:
    with connect() as con:
        yield con, opened(con, ROOT / "outputs" / "latest")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, dict[str, Rows]]]:
    """A book and a page that disagree on Albania's contingent and spending, and a programme of NATO's."""
    said = {"missions": "kfor", "location_iso3": "XKX", "as_of": "2023-10", "unit": "contingent"}
    share = {"iso3": "ALB", "indicator": "defence_expenditure_pct_gdp", "unit": "pct_gdp"}
    member = {"iso3": "ALB", "spell": "1", "cite": "web2023"}
    book = {"cite": "book2023, n. 19"}
    organisations = "nato,NATO,alliance,,,web2023,,,\neu,EU,union,,,web2023,,,\npfp,PfP,programme,,nato,web2023,,,\n"
    folder = released(
        tmp_path_factory.mktemp("small"),
        organisation=organisations,
        mission_strength=row("mission_strength", mission_id="kfor", as_of="2023-10", personnel="100", **book),
        deployment=row("deployment", iso3="ALB", personnel="60", **said, **book)
        + row("deployment", iso3="ALB", personnel=">70", **said, cite="web2023")
        + row("deployment", iso3="SRB", personnel="40", **said, **book),
        indicator=row("indicator", **share, period="2020", value="1.2", **book)
        + row("indicator", **share, period="2020", value="~1.5", cite="web2023")
        + row("indicator", **share, period="2021", value=">=1.3", cite="web2023"),
        membership=row("membership", organisation_id="pfp", status="participant", start="1994-02-23", **member)
        + row("membership", organisation_id="nato", status="member", start="2009-04-01", **member)
        + row("membership", organisation_id="eu", status="aspirant", **member),
    )
    with connect() as con:
        yield con, opened(con, folder)


def drawn(chart: Chart, rows: Rows) -> tuple[str, Any]:
    """The title of a chart, and its axes."""
    figure = Figure(figsize=chart.size)
    return chart.draw(figure, rows), figure.axes[0]


def of_others(axes: Any) -> list[tuple[str, float, float]]:
    """Marker and place of each red mark."""
    lines = [line for line in axes.lines if line.get_markeredgecolor() == OTHERWISE]
    return [(str(line.get_marker()), float(x), float(y)) for line in lines for x, y in line.get_xydata()]


def test_a_statement_is_read_with_its_sign() -> None:
    said = [read(value) for value in ("4500", "~4500", ">4500", ">=4500", "<4500", "<=4500", "60..80", "1.25")]

    assert [number for number, _ in said] == [4500] * 6 + [60, 1.25]
    kinds = ["exact", "approx", "more_than", "at_least", "less_than", "at_most", "range", "exact"]
    assert [kind for _, kind in said] == kinds


def test_a_programme_ends_in_the_picture_where_membership_begins(small: tuple[Connection, dict[str, Rows]]) -> None:
    _, axes = drawn(memberships.CHART, small[1]["memberships"])
    names = [label.get_text() for label in axes.get_yticklabels()]
    bars = {names[-round(bar.get_y() + bar.get_height() / 2)]: bar for bar in axes.patches}
    ends = {name: DAY_0 + datetime.timedelta(bar.get_x() + bar.get_width()) for name, bar in bars.items()}
    cut_off = datetime.date(2025, 12, 31)

    assert ends == {"Albania: PfP": datetime.date(2009, 4, 1), "Albania: NATO": cut_off}
    [diamond] = axes.lines
    assert names[-int(diamond.get_ydata()[0])] == "Albania: EU"
    assert diamond.get_xdata()[0] == cut_off


def test_no_programme_lasts_in_the_picture_that_the_profile_denies(latest: tuple[Connection, dict[str, Rows]]) -> None:
    con, shown = latest
    now = shown["memberships"][0][6]
    lasting = {r[0] for r in shown["memberships"] if r[1] == "PfP" and (r[5] is None or r[5] > now)}
    profile = con.execute("SELECT name FROM country_profile WHERE pfp_status IS NOT NULL").fetchall()

    assert len(profile) == 3
    assert lasting == {name for (name,) in profile}


def test_what_others_say_of_a_contingent_is_marked(small: tuple[Connection, dict[str, Rows]]) -> None:
    title, axes = drawn(contributions.CHART, small[1]["kfor-contributions"])
    legend = axes.get_legend()

    assert of_others(axes) == [("^", 70.0, 1.0)]
    assert [text.get_text() for text in legend.get_texts()] == ["another document says: more than"]
    assert legend.get_title().get_text() == "Other documents disagree on 1 of 2 contingents"
    assert title == "KFOR by nation, 2023-10: 100 personnel"


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ((4443, 4443, "exact"), ": 4,443 personnel"),
        ((4500, None, "approx"), ": about 4,500 personnel"),
        ((4500, None, "more_than"), ": more than 4,500 personnel"),
        ((4000, 4500, "range"), ": 4,000 to 4,500 personnel"),
        ((None, None, None), ""),
    ],
)
def test_a_total_reads_as_it_is_stated(total: tuple[object, ...], said: str) -> None:
    one = ("Albania", True, 60, None, "approx", None, "2023-10", *total)
    title, axes = drawn(contributions.CHART, [one])

    assert title == f"KFOR by nation, 2023-10{said}"
    assert [text.get_text() for text in axes.texts] == ["~60"]


def test_what_others_say_of_spending_and_bounds_are_drawn(small: tuple[Connection, dict[str, Rows]]) -> None:
    _, axes = drawn(spending.CHART, small[1]["defence-spending"])
    points = [(line.get_marker(), *place) for line in axes.lines for place in line.get_xydata().tolist()]

    assert [p for p in points if p[0] not in ("None", "")] == [("o", 2020, 1.2), ("^", 2021, 1.3), ("o", 2020, 1.5)]
    spans = [path.vertices.tolist() for path in axes.collections[0].get_paths()]
    assert spans[0] == [[2020, 1.2], [2020, 1.5]]


@pytest.mark.parametrize(
    ("chart", "documents"),
    [
        (contributions.CHART, {"book2023", "web2023"}),
        (strength.CHART, {"book2023"}),
        (spending.CHART, {"book2023", "web2023"}),
        (memberships.CHART, {"web2023"}),
    ],
    ids=lambda value: value.name if isinstance(value, Chart) else "",
)
def test_the_documents_are_those_of_what_is_drawn(
    small: tuple[Connection, dict[str, Rows]], chart: Chart, documents: set[str]
) -> None:
    assert {one for (one,) in small[0].execute(chart.documents).fetchall()} == documents


def test_documents_of_what_others_say_count_and_those_of_other_rows_do_not(
    latest: tuple[Connection, dict[str, Rows]],
) -> None:
    con, shown = latest
    rivals = {value for one in shown["kfor-strength"] for value in one[4] or ()}
    behind = {one for (one,) in con.execute(strength.CHART.documents).fetchall()}
    sql = (
        "SELECT DISTINCT document_id FROM claim WHERE table_name = 'mission_strength' AND column_name = 'personnel' "
        "AND row_key LIKE 'mission_id=kfor|%' AND rank <> 'deprecated'"
    )

    assert ">4500" in rivals
    assert behind == {one for (one,) in con.execute(sql).fetchall()}
    elsewhere = (
        "SELECT DISTINCT document_id FROM claim WHERE table_name = 'membership' AND (row_key LIKE 'iso3=DEU|%' "
        "OR row_key LIKE '%|organisation_id=osce|%')"
    )
    others = {one for (one,) in con.execute(elsewhere).fetchall()}
    assert others - {one for (one,) in con.execute(memberships.CHART.documents).fetchall()}
    assert all(con.execute(chart.documents).fetchall() for chart in CHARTS)


def test_most_events_of_a_year_are_named(latest: tuple[Connection, dict[str, Rows]]) -> None:
    rows = latest[1]["events"]
    years = {row[0] for row in rows if row[0] >= 2022}

    for year in years:
        other = sum(r[2] for r in rows if r[0] == year and r[1] == "other")
        assert other * 2 <= sum(r[2] for r in rows if r[0] == year), year
    _, axes = drawn(events.CHART, rows)
    looks = {(bar.patches[0].get_facecolor(), bar.patches[0].get_hatch()) for bar in axes.containers}
    assert len(looks) == len(axes.containers)


def test_only_several_threats_have_a_number() -> None:
    _, axes = drawn(threats.CHART, [("A", "cyber", "Albania", 1), ("A", "cyber", "Kosovo", 3)])

    assert [text.get_text() for text in axes.texts] == ["3"]
    assert {line.get_markersize() for line in axes.lines} == {12}
