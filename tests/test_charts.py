"""Charts as files: the same bytes anywhere, the numbers of the tables, and where they come from."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from PIL import Image

from pipeline.charts.credit import stated
from pipeline.charts.draw import Drawing
from pipeline.charts.write import CHARTS, write_charts
from pipeline.engine import Connection, connect
from pipeline.project import Project
from pipeline.verify.run import verify
from schemas.fields import STATUS_NOTE
from tests.charted import RELEASE, opened, staged
from tests.conftest import ROOT
from tests.small import released, row

NAMES = [chart.name for chart in CHARTS]


def drawn(folder: Path) -> Path:
    """A copy of a release with the charts that this code draws for it."""
    shutil.copytree(RELEASE, folder, ignore=shutil.ignore_patterns("charts"))
    write_charts(staged(folder))
    return folder


@pytest.fixture(scope="module")
def con() -> Iterator[Connection]:
    """The tables of that release, by their names."""
    with connect() as con:
        opened(con, RELEASE)
        yield con


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawn(tmp_path_factory.mktemp("drawn") / "release")


def texts(release: Path, name: str) -> list[str]:
    """What is written in a chart, in the order of the file."""
    root = Xml.fromstring((release / "charts" / f"{name}.svg").read_text("utf-8"))  # noqa: S314
    return [" ".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_chart_is_there_as_svg_and_png(release: Path) -> None:
    files = sorted(p.name for p in (release / "charts").iterdir())

    assert files == sorted(f"{name}.{end}" for name in NAMES for end in ("png", "svg"))
    assert all((release / "charts" / f"{name}.png").read_bytes().startswith(b"\x89PNG") for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_says_what_it_shows_and_where_that_comes_from(release: Path, name: str) -> None:
    svg = (release / "charts" / f"{name}.svg").read_text("utf-8")
    table = next(chart.tables[0] for chart in CHARTS if chart.name == name)
    said = " ".join(texts(release, name))

    assert re.search(
        r"<svg role=\"img\" .*?<title>[A-Z].+</title>\s*<desc>.+ Source: WB6, version 1\.2\.3 \(CC-BY-4\.0\), data to",
        svg,
        re.DOTALL,
    )
    assert f"Source: WB6 (CC-BY-4.0), data to 31 December 2025, table {table}, from " in said
    assert "1.2.3" not in said
    assert f"<dc:source>Source: WB6, version 1.2.3 (CC-BY-4.0), data to 31 December 2025, table {table}, from " in svg
    assert svg.count("<title>") == 1
    assert STATUS_NOTE in said
    assert "dc:date" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_every_naming_of_kosovo_leads_to_the_note_on_status(release: Path, name: str) -> None:
    svg = unescape((release / "charts" / f"{name}.svg").read_text("utf-8"))
    said = " ".join(texts(release, name)).replace(STATUS_NOTE, "")
    beside = re.sub("<text.*?</text>|<!--.*?-->", "", svg, flags=re.DOTALL).replace(STATUS_NOTE, "")

    assert not re.search(r"Kosovo(?!\*)", said + beside)
    assert ("Kosovo*" in said) == (f"* {STATUS_NOTE}" in " ".join(texts(release, name)))
    assert "Kosovo*" in said or name == "events"


@pytest.mark.parametrize("name", NAMES)
def test_no_code_stands_where_words_belong(release: Path, name: str) -> None:
    table = next(chart.tables[0] for chart in CHARTS if chart.name == name)

    assert not [word for text in texts(release, name) for word in re.findall(r"\w+_\w+", text) if word != table]


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_says_how_reliable_its_documents_are(release: Path, con: Connection, name: str) -> None:
    """One document is named with its grade, and what that means; several are counted by theirs."""
    said = " ".join(texts(release, name))
    alone = con.execute("SELECT title, reliability FROM document WHERE document_id = 'trwiki-kfor'").fetchall()

    if name == "kfor-contributions":
        [(title, grade)] = alone
        meaning = "fairly reliable: a copy or a report at second hand"
        assert (
            f"from one document alone: Wikipedia (mirror), {title} (reliability {grade} on a scale from A to F; {meaning})"
            in said
        )
    else:
        found = re.search(
            r"from (\d+) documents \(reliability on a scale from A to F: ((?:\d+ of [A-F](?:, )?)+)\)", said
        )
        assert found
        assert sum(int(n) for n in re.findall(r"\d+", found[2])) == int(found[1])


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_states_its_release_as_its_drawing_states_it(release: Path, name: str) -> None:
    svg = (release / "charts" / f"{name}.svg").read_text("utf-8")

    with Image.open(release / "charts" / f"{name}.png") as picture:
        picture.load()
        about = picture.info

    assert about["Source"].startswith("Source: WB6, version 1.2.3 (CC-BY-4.0), data to 31 December 2025, table ")
    assert f"<dc:source>{escape(about['Source'])}</dc:source>" in svg
    assert f"<dc:title>{escape(about['Title'], quote=False)}</dc:title>" in svg


def test_a_source_in_any_letters_is_stated() -> None:
    empty = io.BytesIO()
    Image.new("1", (1, 1)).save(empty, "png")

    made = stated(Drawing(b"<svg>\n <title>x</title>\n</svg>", empty.getvalue()), "Čitaj.", "Izvor: Čović & đaci")

    with Image.open(io.BytesIO(made.png)) as picture:
        picture.load()
    assert picture.info["Source"] == "Izvor: Čović & đaci"
    assert "<desc>Čitaj.</desc>" in made.svg.decode()


def test_the_bytes_are_the_same_elsewhere(release: Path, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "axes.labelsize: 30\nxtick.labelsize: 20\ntimezone: Asia/Tokyo\ndate.epoch: 2000-01-01T12:00:00\n", "utf-8"
    )
    script = f"from tests.test_charts import drawn; from pathlib import Path; drawn(Path({str(tmp_path / 'other')!r}))"
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "HOME": str(tmp_path), "WB6_THREADS": "1", "LC_ALL": "C"}
    env = os.environ | elsewhere | {"PYTHONPATH": str(ROOT), "MATPLOTLIBRC": str(tmp_path)}

    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=env, check=True)

    for path in (release / "charts").iterdir():
        assert (tmp_path / "other" / "charts" / path.name).read_bytes() == path.read_bytes(), path.name
    assert not list(tmp_path.rglob("fontlist*"))


def test_the_contributions_are_those_of_the_latest_whole_table(release: Path, con: Connection) -> None:
    rows = con.execute(
        "SELECT country_name, personnel FROM mission_contribution WHERE mission_id = 'kfor' AND coverage = 'complete' "
        "AND as_of_latest = (SELECT max(as_of_latest) FROM mission_contribution "
        "WHERE mission_id = 'kfor' AND coverage = 'complete') ORDER BY personnel, country_name DESC"
    ).fetchall()
    shown = texts(release, "kfor-contributions")
    names = [text for text in shown if text in {name for name, _ in rows}]

    assert len(rows) > 20
    assert names == [name for name, _ in rows]
    for _, personnel in rows:
        assert f"{personnel:,}" in shown
    assert any(text.endswith(f", {sum(n for _, n in rows):,} in all") for text in shown)


def marks(release: Path, name: str) -> Counter[tuple[str, str]]:
    """How many marks a chart has of each fill and edge, those in its legend included."""
    svg = (release / "charts" / f"{name}.svg").read_text("utf-8")
    return Counter(re.findall(r'<use [^>]*style="fill(?:: |-)(#\w+|opacity: 0); stroke: (#\w+)', svg))


def test_the_strength_has_a_mark_for_every_date_and_for_what_others_say(release: Path, con: Connection) -> None:
    """Each mark stands once over all years and, from 2012 on, once more; the legend has one of each kind.

    A deprecated claim has one, too, also where its date has no other and so no row in the table.
    """
    sql = """
        SELECT DISTINCT row_key, split_part(row_key, '|as_of=', 2) >= '2012', value, is_published, rank = 'deprecated'
        FROM claim
        WHERE table_name = 'mission_strength' AND starts_with(row_key, 'mission_id=kfor|') AND column_name = 'personnel'
    """
    asked: Counter[tuple[str, str]] = Counter()
    legend = set()
    for _, twice, value, published, wrong in con.execute(sql).fetchall():
        sign, colour = value.rstrip("0123456789"), "#0072b2" if published else "#b2182b"
        look = (colour if sign in ("", ">=", "<=") else "#ffffff" if published else "opacity: 0", colour)
        sign, look = ("", ("opacity: 0", "#666666")) if wrong else (sign, look)
        asked[look] += 2 if twice else 1
        legend.add((sign, look))
    asked.update(look for _, look in legend)

    assert {sign for sign, (_, edge) in legend if edge == "#b2182b"} >= {">"}
    shown = marks(release, "kfor-strength")
    assert asked["opacity: 0", "#666666"] > 5
    assert {look: n for look, n in shown.items() if look[1] in ("#0072b2", "#b2182b", "#666666")} == asked
    assert texts(release, "kfor-strength").count("another document says: more than") == 1
    assert texts(release, "kfor-strength").count("found not to be its strength (deprecated)") == 1


def test_what_has_nothing_to_show_is_not_drawn(tmp_path: Path) -> None:
    strength = row("mission_strength", mission_id="kfor", as_of="2023-10", personnel="60..80", cite="web2023")
    folder = released(tmp_path, mission_strength=strength)

    assert sorted(p.name for p in (folder / "charts").iterdir()) == [
        "kfor-strength.png",
        "kfor-strength.svg",
        "memberships.png",
        "memberships.svg",
    ]
    assert "charts/kfor-strength.svg" in (folder / "SHA256SUMS").read_text("utf-8")
    assert '"image/svg+xml"' in (folder / "ro-crate-metadata.json").read_text("utf-8")
    assert [fault for one in verify(Project(tmp_path)) for fault in one.faults] == []


def test_a_release_without_the_tables_has_no_charts(tmp_path: Path) -> None:
    shutil.copytree(RELEASE / "parquet", tmp_path / "parquet")
    whole = staged(tmp_path)

    write_charts(replace(whole, tables={name: whole.tables[name] for name in ("country", "document")}))

    assert not (tmp_path / "charts").exists()
