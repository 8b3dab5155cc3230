"""What the page shows is what the Parquet holds, asked through DuckDB."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT
from tests.explorer.altered import RELEASE
from tests.explorer.conftest import Open, go, rows
from tests.loaded import described, loaded

Asked = duckdb.DuckDBPyConnection
SIGNS = {"approx": "~", "more_than": ">", "at_least": "\u2265", "less_than": "<", "at_most": "\u2264"}


def shown(best: Any, low: Any, high: Any, how: str | None) -> str:
    """A quantity as the page writes it."""
    if how is None:
        return ""
    if how == "range":
        return f"{low:,}\u2013{high:,}"
    value = next(v for v in (best, low, high) if v is not None)
    return f"{SIGNS.get(how, '')}{value:,}"


def starred(text: str) -> str:
    """Words of the page's own, in which a name carries the mark that leads to the note on status."""
    return text.replace("Kosovo", "Kosovo*")


def marks(tab: Any, figure: str, selector: str) -> list[Any]:
    """The marks of a chart: their words, place and size."""
    script = "(nodes) => nodes.map((n) => [n.closest('a').getAttribute('aria-label'), (({x, y, width, height}) => ({x, y, width, height}))(n.getBBox()), [n.getCTM().e, n.getCTM().f]])"
    found = tab.locator(f'figure:has(h3:text-is("{figure}")) svg {selector}').evaluate_all(script)
    return [{"said": said, **box, "left": ctm[0], "top": ctm[1]} for said, box, ctm in found]


@pytest.fixture(scope="module")
def macros(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """The latest release as wb6.sql opens it."""
    return loaded(described(tmp_path_factory.mktemp("sql") / "release"))


def test_the_six_at_a_glance_are_those_of_country_profile(opened: Open, con: Asked) -> None:
    tab = opened()
    profile = con.sql(
        "SELECT name, nato_status, nato_status_since, eu_status, "
        "[len(missions_hosted), len(missions_staffed), len(threats)] FROM country_profile"
    ).fetchall()

    found = {row[0].rstrip("*"): row for row in rows(tab, "table.plain")}

    assert len(profile) == 6
    for name, nato, since, eu, counts in profile:
        assert found[name][1] == (f"{nato} since {since}" if since else nato)
        assert found[name][2].startswith(eu)
        assert found[name][4:7] == [str(count or "none recorded") for count in counts]


def test_the_map_says_on_any_day_what_the_macros_of_the_release_say(opened: Open, macros: Asked) -> None:
    tab = opened("#/map")
    names = dict(macros.sql("SELECT name, iso3 FROM country WHERE is_wb6").fetchall())
    for day in ("1995-11-15", "2008-04-03", "2009-04-01", "2015-12-02", "2020-03-27", "2025-12-31"):
        for organisation in ("nato", "eu", "coe"):
            go(tab, f"#/map?date={day}&org={organisation}")
            sql = "SELECT iso3, status, holds FROM membership_as_of($day) WHERE organisation_id = $org"
            held = {
                (i, s, h)
                for i, s, h in macros.execute(sql, {"day": day, "org": organisation}).fetchall()
                if i in names.values()
            }
            said = set()
            for name, status, _, sure, also in rows(tab, ".map-side table"):
                iso3 = names[name.rstrip("*")]
                if sure:
                    said.add((iso3, status, sure.split(" ")[0]))
                for other in filter(None, also.split(", ")):
                    said.add(
                        (
                            iso3,
                            other.removeprefix("possibly "),
                            "possible" if other.startswith("possibly") else "certain",
                        )
                    )
            assert said == held, (day, organisation)


def test_the_map_on_the_cut_off_date_is_country_profile(opened: Open, con: Asked) -> None:
    tab = opened("#/map")
    paths = tab.locator(".map svg a").evaluate_all("(links) => links.map((a) => a.getAttribute('aria-label'))")
    profile = con.sql("SELECT name, nato_status FROM country_profile").fetchall()

    assert {p.replace("*", "") for p in paths} == {f"{name}: {status}" for name, status in profile}
    assert tab.locator(".map svg [stroke-dasharray]").count() == 1


def test_the_strength_of_kfor_is_that_of_the_table_with_its_bounds_and_conflicts(opened: Open, con: Asked) -> None:
    tab = opened("#/mission/kfor")
    totals = con.sql(
        "SELECT as_of, personnel, personnel_low, personnel_high, personnel_qualifier FROM mission_strength "
        "WHERE mission_id = 'kfor' AND personnel_qualifier IS NOT NULL"
    ).fetchall()
    behind = rows(tab, "figure table")
    found = marks(tab, "KFOR: personnel over time", "a > *")
    dots = [mark for mark in found if " says " not in mark["said"]]
    heights = [
        (
            float(d["said"].split(": ")[1].split("\n")[0].lstrip("~>\u2265<\u2264").replace(",", "")),
            d["y"] + d["height"] / 2 + d["top"],
        )
        for d in dots
    ]

    stated = [row[1] for row in behind if row[1] != "nothing published"]
    assert sorted(stated) == sorted(shown(*total[1:]) for total in totals)
    assert len(dots) == len(totals) > 80
    (low, bottom), (high, top) = min(heights), max(heights)
    for value, y in heights:  # the middle of a triangle is not its place, hence the leeway
        assert y == pytest.approx(bottom + (top - bottom) * (value - low) / (high - low), abs=3)
    rivals = con.sql(
        "SELECT document_id || ' says ' || value || if(rank = 'deprecated', ', which is deprecated', '') FROM claim WHERE table_name = 'mission_strength' AND column_name = 'personnel' "
        "AND NOT is_published AND starts_with(row_key, 'mission_id=kfor|')"
    ).fetchall()
    crosses = [mark for mark in found if " says " in mark["said"]]
    assert sorted(c["said"] for c in crosses) == sorted(r[0] for r in rivals) != []


def test_kfor_by_nation_adds_up_to_the_total_of_the_same_document(opened: Open, con: Asked) -> None:
    tab = opened("#/mission/kfor?at=2017-02&nation=ALB")
    nations = con.sql(
        "SELECT country_name, personnel, mission_personnel FROM mission_contribution WHERE mission_id = 'kfor' AND as_of = '2017-02'"
    ).fetchall()
    bars = marks(tab, "KFOR: personnel by nation, February 2017", "a > rect")
    sizes = {
        bar["said"].split(": ")[0]: (int(bar["said"].split(": ")[1].replace(",", "")), bar["width"]) for bar in bars
    }
    widest = max(sizes.values())

    assert {name: size for name, (size, _) in sizes.items()} == {name: size for name, size, _ in nations}
    assert sum(size for size, _ in sizes.values()) == nations[0][2]
    assert all(width == pytest.approx(widest[1] * size / widest[0], abs=0.5) for size, width in sizes.values())
    own = con.sql(
        "SELECT count(*) FROM deployment WHERE iso3 = 'ALB' AND missions = ['kfor'] AND unit = 'contingent'"
    ).fetchall()
    found = marks(tab, "Albania in KFOR", "a > *")
    assert len([mark for mark in found if " says " not in mark["said"]]) == own[0][0]


def test_the_timeline_has_a_mark_for_every_dated_thing(opened: Open, con: Asked) -> None:
    tab = opened("#/timeline?from=1990&to=2025")
    wanted = con.sql("SELECT label FROM timeline WHERE year(date_earliest) BETWEEN 1990 AND 2025").fetchall()

    dots = marks(tab, "Dated things by country", "a > circle")

    assert sorted(d["said"].split(": ", 1)[1] for d in dots) == sorted(starred(label) for (label,) in wanted)


def test_threats_stand_where_threat_exposure_has_them(opened: Open, con: Asked) -> None:
    tab = opened("#/threats")
    exposed = con.sql("SELECT threat_name, country_name, n_events FROM threat_exposure").fetchall()
    heads = [h.rstrip("*") for h in tab.locator("main table thead th").all_text_contents()]

    found = {
        (row[1], heads[i]): cell for row in rows(tab, "main table") for i, cell in enumerate(row) if i > 2 and cell
    }

    assert found.keys() == {(starred(threat), country) for threat, country, _ in exposed}
    assert all(found[starred(t), c] == (f"{n} event{'s' * (n > 1)}") for t, c, n in exposed if n)


def test_every_table_is_downloaded_as_it_was_published(opened: Open) -> None:
    for path in sorted((ROOT / "outputs" / "latest" / "csv").glob("*.csv")):
        tab = opened(
            f"#/table/{path.stem}"
        )  # each its own: a browser stops a page that gives many files within seconds
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Download CSV").click()
        got = _cells(Path(download.value.path()).read_text("utf-8"))
        assert download.value.suggested_filename == path.name
        assert got == _cells(path.read_text("utf-8")), path.stem
        assert tab.locator(".count").text_content() == f"{len(got) - 1:,} of {len(got) - 1:,} rows"
        tab.close()


def _cells(text: str) -> list[list[str]]:
    """The cells of a CSV; a whole number written 22000.0 is 22000."""
    return [[c.removesuffix(".0") for c in row] for row in csv.reader(io.StringIO(text))]


def test_statuses_are_ranked_as_country_profile_ranks_them() -> None:
    folder = ROOT / "pipeline"
    join = (folder / "joins" / "country_profile.sql").read_text("utf-8")
    code = (folder / "explorer" / "web" / "src" / "as_of.js").read_text("utf-8")
    ranked = {int(rank): status for status, rank in re.findall(r"\('(\w+)', (\d+)\)", join)}
    said = re.search(r"STRENGTH = \[(.*?)\]", code, re.DOTALL)

    assert said and re.findall(r'"(\w+)"', said[1]) == [ranked[rank] for rank in sorted(ranked)] != []


def test_a_computed_cell_leads_to_the_rows_that_it_follows_from(known: Open) -> None:
    wanted = {
        "ALB/nato_status": ["membership WHERE organisation_id = 'nato' AND status = 'member'"],
        "ALB/nato_status_since": ["membership WHERE organisation_id = 'nato'"],
        "SRB/neutral": ["membership WHERE status = 'neutral'"],
        "ALB/threats": ["threat JOIN threat_target USING (threat_id) WHERE true", "threat_target WHERE true"],
        "ALB/latest_indicators": ["indicator WHERE true"],
    }
    tab = known("#/about")
    with duckdb.connect() as con:
        for name in ("membership", "threat", "threat_target", "indicator"):
            con.execute(f"CREATE VIEW {name} AS FROM '{RELEASE / 'parquet' / name}.parquet'")
        for fact, tables in wanted.items():
            go(tab, f"#/table/country_profile/iso3={fact}")
            lists = tab.locator("section:has(h3:text-is('Computed from')) h4 + ul")
            found = lists.evaluate_all("(all) => all.map((ul) => ul.childElementCount)")
            sql = [f"SELECT count(*) FROM {rest} AND iso3 = '{fact[:3]}'" for rest in tables]
            counts = [con.sql(one).fetchall()[0][0] for one in sql]
            assert 0 not in counts
            assert sorted(found) == sorted(min(count, 40) for count in counts), fact
