"""What changed is told in the sections of CHANGES.md, each thing once, and what is many of one kind as one line that opens."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from pyarrow import parquet

from pipeline.diff.sections import SECTIONS
from tests.conftest import ROOT
from tests.explorer.altered import RELEASES, copied, titled, written
from tests.explorer.conftest import Open

Asked = duckdb.DuckDBPyConnection
LATEST = (ROOT / "outputs" / "latest").resolve()
GROWN = RELEASES / "0.3.0"  # in which claims came on rows that were there


def test_what_changed_is_what_the_change_table_says(opened: Open, con: Asked) -> None:
    tab = opened("#/changes")
    counts = dict(con.sql("SELECT class, count(*) FROM change GROUP BY class").fetchall())
    heads = tab.locator("main table").last.locator("thead th").all_text_contents()
    body = tab.locator("main table").last.evaluate(
        "(t) => [...t.tBodies[0].rows].map((r) => [...r.cells].map((c) => c.textContent))"
    )

    sums = {
        head.replace(" ", "_"): sum(int(row[i].replace(",", "") or 0) for row in body)
        for i, head in enumerate(heads)
        if i
    }

    assert sums == counts


def claims_told(con: Asked) -> dict[str, int]:
    """How many claims on rows that are there on both sides came, went or changed; a claim that went is told by what it said."""
    sql = """
        WITH was AS (
            SELECT split_part(key, '=', 2) AS claim_id, max(old) FILTER ("column" = 'table_name') AS table_name,
                   max(old) FILTER ("column" = 'row_key') AS row_key, max(old) FILTER ("column" = 'rank') AS rank
            FROM change WHERE "table" = 'claim' AND key IS NOT NULL AND class <> 'renamed' GROUP BY ALL
        ), told AS (
            SELECT coalesce(c.table_name, w.table_name) AS "table", coalesce(c.row_key, w.row_key) AS key,
                   coalesce(c.rank, w.rank) AS rank
            FROM was w LEFT JOIN claim c USING (claim_id)
        )
        SELECT if(rank = 'deprecated', 'rejected', 'evidence'), count(*) FROM told
        WHERE ("table", key) NOT IN (SELECT ("table", key) FROM change WHERE "column" IS NULL AND key IS NOT NULL)
        GROUP BY ALL
    """
    return dict(con.sql(sql).fetchall())


@pytest.mark.parametrize("release", [LATEST, GROWN], ids=["latest", GROWN.name])
def test_changes_stand_in_the_sections_of_changes_md_each_once(opened: Open, tmp_path: Path, release: Path) -> None:
    """Cells of rows that are there on both sides, by class; rows that are new; the titles as CHANGES.md has them."""
    con = duckdb.connect()
    for name in ("change", "claim"):
        con.execute(f"CREATE VIEW {name} AS FROM '{release / 'parquet' / name}.parquet'")
    tab = opened("#/changes", written(tmp_path, release))
    headings = tab.locator("main h2").evaluate_all(
        "(all) => all.map((h) => [h.firstChild.textContent, h.querySelector('small')?.textContent.trim()])"
    )
    said = {title: int(count.replace(",", "")) for title, count in headings if count}
    facts = """
        FROM change c WHERE key IS NOT NULL AND "table" <> 'claim'
        AND "column" NOT SIMILAR TO '(n_claims|disputed|.*_(low|high|qualifier|earliest|latest))'
        AND ("table", key) NOT IN (SELECT ("table", key) FROM change WHERE "column" IS NULL AND key IS NOT NULL)
    """
    cells = dict(con.sql(f"SELECT class, count(*) {facts} GROUP BY class").fetchall())
    new = con.sql(
        "SELECT count(*) FROM change WHERE class = 'added' AND \"column\" IS NULL AND \"table\" <> 'claim'"
    ).fetchall()[0][0]
    told = (release / "CHANGES.md").read_text("utf-8")

    assert {title for title in said if f"## {title}\n" not in told} == set()
    others = con.sql("SELECT count(*) FROM change WHERE \"table\" = 'dataset' AND key IS NULL").fetchall()[0][0]
    shape = con.sql("SELECT count(*) FROM change WHERE class = 'schema'").fetchall()[0][0]
    counts = {**cells, "added": new, "dataset": others, "schema": shape, **claims_told(con)}
    assert said == {SECTIONS[name]: count for name, count in counts.items() if count}
    folded = tab.locator("main details.rows summary").all_text_contents()
    assert sum(int(text.split(": ")[1].split(" ")[0]) for text in folded) == new


def claim_gone(claim: str, **cells: str) -> list[tuple[str | None, ...]]:
    """The rows of `change` that tell of a claim on the kind of NATO that went."""
    place = {"table_name": "actor", "row_key": "actor_id=nato", "column_name": "kind"}
    gone = [(name, old) for name, old in (place | cells).items()]
    return [("claim", f"claim_id={claim}", name, old, None, "retracted", None) for name, old in [(None, None), *gone]]


def test_what_was_renamed_and_removed_is_told_under_its_own_heading(opened: Open, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change = parquet.read_table(folder / "parquet" / "change.parquet")
    named = ("table", "key", "column", "old", "new", "class", "claims")
    rows_ = [
        ("actor", "actor_id=serbian-army", "actor_id", "army-of-serbia", "serbian-army", "renamed", None),
        ("threat", "threat_id=t", "actor_id", "army-of-serbia", "serbian-army", "renamed", None),
        ("relation", "relation_id=old-loan", None, None, None, "retracted", None),
        ("relation", "relation_id=old-loan", "unit", "eur", None, "retracted", None),
        ("document", None, "csl", None, "VARCHAR", "schema", None),
        ("dataset", None, "title", "WB", "WB6", "correction", None),
        *claim_gone("gone", value="club", rank="normal"),
        *claim_gone("refused", value="tribe", rank="deprecated"),
    ]
    held = pa.table({n: pa.array([r[i] for r in rows_], change.schema.field(n).type) for i, n in enumerate(named)})
    parquet.write_table(held, folder / "parquet" / "change.parquet")

    tab = opened("#/changes", written(tmp_path, folder))
    sections = dict(
        tab.locator("main section").evaluate_all(
            "(all) => all.map((s) => [s.querySelector('h2').firstChild.textContent, [...s.querySelectorAll('tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))])"
        )
    )

    assert "0 values changed, 0 rows new, 1 gone, 1 renamed." in tab.locator(".count").inner_text()
    assert [row[2:] for row in sections[SECTIONS["renamed"]]] == [
        ["actor id", "army-of-serbia", "serbian-army"],
        ["actor", "army-of-serbia", "serbian-army"],
    ]
    assert sections[SECTIONS["retracted"]] == [["relation", "old-loan", "unit eur"]]
    assert sections[SECTIONS["schema"]] == [["document", "csl", "\u2013", "VARCHAR"]]
    assert sections[SECTIONS["dataset"]] == [["title", "WB", "WB6"]]
    for section, said in (("evidence", "club"), ("rejected", "tribe")):
        told = [[row[0], *row[2:]] for row in sections[SECTIONS[section]]]
        assert told == [["actor", "kind", said, "", "one claim less"]]


def test_many_changes_of_one_column_are_one_line_that_opens(opened: Open, tmp_path: Path) -> None:
    release = copied(tmp_path)
    titled(release, "document", "works", csl="citation data")
    change = release / "parquet" / "change.parquet"
    sql = f"""SELECT count(*) FROM '{change}' WHERE key IS NOT NULL AND "table" = 'document' AND "column" = 'csl'"""
    with duckdb.connect() as con:
        ((number,),) = con.sql(sql).fetchall()
    fold = opened("#/changes", written(tmp_path, release)).locator("details.many", has_text="citation data")

    assert number > 100
    assert fold.locator("summary").text_content() == f"works, citation data: {number} cells added"
    assert fold.locator("table").count() == 0
    fold.locator("summary").click()
    fold.locator("table").wait_for()
    assert fold.locator("tbody tr").count() == min(number, 400)


@pytest.mark.parametrize("version", ["0.2.0", "0.3.0"])
def test_the_changes_of_a_large_release_fit_on_a_few_screens(opened: Open, tmp_path: Path, version: str) -> None:
    tab = opened("#/changes", written(tmp_path, RELEASES / version))

    assert tab.locator("main tbody tr").count() < 400
    assert tab.evaluate("document.documentElement.scrollHeight") < 20_000
    fold = tab.locator("details.rows", has_text="document: ")
    fold.locator("summary").click()
    fold.locator("li").first.wait_for()
    total = int(fold.locator("summary").inner_text().split(": ")[1].split(" ")[0].replace(",", ""))
    assert fold.locator("li").count() == min(total, 400)
    assert ("The first 400 of" in fold.inner_text()) == (total > 400)


@pytest.mark.parametrize("width", [1280, 720])
def test_long_values_wrap_so_that_no_table_is_wider_than_its_room(opened: Open, width: int) -> None:
    tab = opened("#/changes", viewport={"width": width, "height": 900})
    tab.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")

    over = "(boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).length"
    assert tab.locator("main .scroll").evaluate_all(over) == 0
