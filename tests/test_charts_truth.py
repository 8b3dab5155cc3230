"""Charts show what the tables say, and no more: conflicts, bounds, spells as they are recorded, documents that are drawn."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.charts import contributions, memberships, spending, strength, threats
from pipeline.charts.chart import OTHERWISE, Chart, Rows, key_of
from pipeline.charts.stated import read
from pipeline.charts.write import CHARTS
from pipeline.engine import Connection, connect
from schemas.registry import tables
from schemas.standings import STANDINGS
from tests.charted import RELEASE, drawn, opened
from tests.conftest import ROOT
from tests.small import released, row

DAY_0 = datetime.date(1970, 1, 1)
CUT_OFF = datetime.date(2023, 12, 31)


@pytest.fixture(scope="module")
def pinned() -> Iterator[tuple[Connection, dict[str, Rows]]]:
    with connect() as con:
        yield con, opened(con, RELEASE)


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
    named = lines_of(axes)
    bars = {named[round(bar.get_y() + bar.get_height() / 2)]: bar for bar in axes.patches}
    ends = {name: DAY_0 + datetime.timedelta(bar.get_x() + bar.get_width()) for name, bar in bars.items()}

    assert ends == {"PfP": datetime.date(2009, 4, 1), "NATO": CUT_OFF}


def test_a_status_whose_start_is_not_recorded_is_named_and_told_from_all_others(
    small: tuple[Connection, dict[str, Rows]],
) -> None:
    words, axes = drawn(memberships.CHART, small[1]["memberships"])
    [diamond] = axes.lines
    written = {text.get_text(): text.xy for text in axes.texts}
    legend = [text.get_text() for text in axes.get_legend().get_texts()]

    assert lines_of(axes)[diamond.get_ydata()[0]] == "EU"
    assert diamond.get_xdata()[0] == CUT_OFF
    assert written["aspirant"] == (CUT_OFF, diamond.get_ydata()[0])
    assert legend == ["member", "participant", "start not recorded"]
    assert "Diamond: a status whose start is not recorded" in words.reading


def lines_of(axes: Any) -> dict[int, str]:
    """What stands at each height of a chart."""
    return {
        int(place): label.get_text() for place, label in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    }


def test_the_closer_tie_covers_the_looser_and_each_is_one_colour(pinned: tuple[Connection, dict[str, Rows]]) -> None:
    rows = [row for row in pinned[1]["memberships"] if row[:2] == ("Albania", "EU")]
    _, axes = drawn(memberships.CHART, rows)
    layers = {group.get_label(): group.patches[0].get_zorder() for group in axes.containers}

    assert layers["candidate"] > layers["applicant"]
    assert {bar.get_alpha() for bar in axes.patches} == {None}
    assert {text.get_text() for text in axes.texts} == {"Albania", "applicant", "candidate"}


def test_ties_are_drawn_and_explained_from_the_closest_to_the_loosest() -> None:
    begun = datetime.date(2000, 1, 1)
    rows = [("Albania", "NATO", status, begun, begun, None, CUT_OFF) for status in [*STANDINGS][::-1]]
    _, axes = drawn(memberships.CHART, rows)
    layers = {group.get_label(): group.patches[0].get_zorder() for group in axes.containers}

    assert [text.get_text() for text in axes.get_legend().get_texts()] == [*STANDINGS]
    assert sorted(layers, key=lambda status: -layers[status]) == [*STANDINGS]


@pytest.mark.parametrize("join", ["country_profile", "threat_exposure"])
def test_joins_rank_statuses_as_the_model_lists_them(join: str) -> None:
    sql = (ROOT / "pipeline" / "joins" / f"{join}.sql").read_text("utf-8")

    assert re.findall(r"\('(\w+)', (\d+)\)", sql) == [(name, str(n)) for n, name in enumerate(STANDINGS, 1)]
    assert tables()["membership"].field("status").cell.codes == STANDINGS


def test_keys_are_written_as_claims_name_them(pinned: tuple[Connection, dict[str, Rows]]) -> None:
    """Lists, numbers and empty parts included, of every table that is weighed."""
    con, _ = pinned
    weighed = [table for table in tables().values() if table.layer == "source"]

    for table in weighed:
        sql = f"SELECT count(*), count(c.row_key) FROM {table.name} t LEFT JOIN (SELECT DISTINCT row_key FROM claim WHERE table_name = '{table.name}') c ON c.row_key = {key_of(table.name, 't')}"
        [(rows, known)] = con.execute(sql).fetchall()
        assert rows == known > 0, table.name


def test_no_programme_lasts_in_the_picture_that_the_profile_denies(pinned: tuple[Connection, dict[str, Rows]]) -> None:
    con, shown = pinned
    now = shown["memberships"][0][6]
    lasting = {r[0] for r in shown["memberships"] if r[1] == "PfP" and (r[5] is None or r[5] > now)}
    profile = con.execute("SELECT name FROM country_profile WHERE pfp_status IS NOT NULL").fetchall()

    assert len(profile) == 3
    assert lasting == {name for (name,) in profile}


def test_what_others_say_of_a_contingent_is_marked(small: tuple[Connection, dict[str, Rows]]) -> None:
    words, axes = drawn(contributions.CHART, small[1]["kfor-contributions"])
    legend = [text.get_text() for text in axes.get_legend().get_texts()]

    assert of_others(axes) == [("^", 70.0, 1.0)]
    assert legend == ["Western Balkans", "another document says: more than"]
    assert "Red: what another document says of the same contingent and date, 1 of 2." in words.reading
    assert words.title == "Who staffs KFOR, NATO's force in Kosovo*"
    assert words.subtitle == "Personnel by nation, October 2023, 100 in all"


def test_red_is_not_explained_where_nothing_is_red(small: tuple[Connection, dict[str, Rows]]) -> None:
    agreed = [(*row[:5], None, *row[6:]) for row in small[1]["kfor-contributions"]]
    words, axes = drawn(contributions.CHART, agreed)

    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["Western Balkans"]
    assert of_others(axes) == []
    for chart, name in ((spending.CHART, "defence-spending"), (strength.CHART, "kfor-strength")):
        calm = [(*row[:4], None, *row[5:]) for row in small[1][name]]
        assert "Red" not in drawn(chart, calm)[0].reading, name
    assert "Red" not in words.reading


@pytest.mark.parametrize(
    ("total", "said"),
    [
        ((4443, 4443, "exact"), ", 4,443 in all"),
        ((4500, None, "approx"), ", about 4,500 in all"),
        ((4500, None, "more_than"), ", more than 4,500 in all"),
        ((4000, 4500, "range"), ", 4,000 to 4,500 in all"),
        ((None, None, None), ""),
    ],
)
def test_a_total_reads_as_it_is_stated(total: tuple[object, ...], said: str) -> None:
    one = ("Albania", True, 60, None, "approx", None, "2023-10", *total)
    words, axes = drawn(contributions.CHART, [one])

    assert words.subtitle == f"Personnel by nation, October 2023{said}"
    assert [text.get_text() for text in axes.texts] == ["~60"]


def test_what_others_say_of_spending_and_bounds_are_drawn(small: tuple[Connection, dict[str, Rows]]) -> None:
    _, axes = drawn(spending.CHART, small[1]["defence-spending"])
    points = [(line.get_marker(), *place) for line in axes.lines for place in line.get_xydata().tolist()]

    assert [p for p in points if p[0] not in ("None", "")] == [("o", 2020, 1.5), ("o", 2020, 1.2), ("^", 2021, 1.3)]
    assert of_others(axes) == [("o", 2020, 1.5)]
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
    pinned: tuple[Connection, dict[str, Rows]],
) -> None:
    con, shown = pinned
    rivals = {value for one in shown["kfor-strength"] for value in one[4] or ()}
    behind = {one for (one,) in con.execute(strength.CHART.documents).fetchall()}
    sql = (
        "SELECT DISTINCT document_id FROM claim WHERE table_name = 'mission_strength' AND column_name = 'personnel' "
        "AND row_key LIKE 'mission_id=kfor|%'"
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


def test_only_several_threats_have_a_number() -> None:
    _, axes = drawn(threats.CHART, [("A", "cyber", "Albania", 1), ("A", "cyber", "Kosovo", 3)])

    assert [text.get_text() for text in axes.texts] == ["3"]
    assert {line.get_markersize() for line in axes.lines} == {12}
