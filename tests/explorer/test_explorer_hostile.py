"""A page made of hostile cells: in every column of every table, and in what is said of the dataset. None of it may run."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shutil
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import parquet

from pipeline.charts.write import write_charts
from tests.charted import staged
from tests.explorer.altered import RELEASE, copied, described, written
from tests.explorer.conftest import Open, go, painted
from tests.explorer.test_explorer_access import VIEWS

MARK = "hostile-mark"
PAYLOAD = (
    f"{MARK}<script>window.ran=1</script><img src=x onerror=window.ran=2><svg onload=window.ran=3><a href=javascript:window.ran=4>"
    "</script></style></title></textarea></noscript><!--<script>--!><iframe srcdoc='<script>parent.ran=5</script>'></iframe>"
    "\" onmouseover=window.ran=6 autofocus onfocus=window.ran=7 x=\"' style='position:fixed;inset:0'"
    "<style>*{display:none}</style>${window.ran=8}{{constructor.constructor('window.ran=9')()}}<template><b>x</b></template>"
    "<math><mtext><table><mglyph><style><img src onerror=window.ran=10><meta http-equiv=refresh content='0;url=https://127.0.0.1/'>"
    "<base href=https://127.0.0.1/><link rel=stylesheet href=https://127.0.0.1/x.css>&lt;script&gt;\u202egnp.exe\u2066x\u2069"
    "url(https://127.0.0.1/x)\\u003cscript\\u003e]]>`-`"
)
"""Everything at once that ever ran in a page that took text for markup."""

ADDRESSES = (
    "javascript:window.ran=11//",
    " javascript:window.ran=12",
    "JaVaScRiPt:window.ran=13",
    "data:text/html,<script>window.ran=14</script>",
    "vbscript:window.ran=15",
    'https://127.0.0.1/" onmouseover="window.ran=16',
    "//127.0.0.1/x",
    "https://127.0.0.1/<script>window.ran=17</script>",
)
KEPT = {"date", "as_of", "issued", "period", "start", "end", "adopted", "established"}
"""Columns of dates, which are read as such before they are shown."""


def altered_release(folder: Path, words_only: bool) -> Path:
    """A release in which every text has the payload at its end; the addresses of documents are hostile ones.

    With `words_only`, texts that are shorter than three words, as ids and codes are, stay as they are, so that every
    view still finds its rows.
    """
    release = copied(folder)
    for path in sorted((release / "parquet").glob("*.parquet")):
        table = parquet.read_table(path)
        for number, name in enumerate(table.column_names):
            kind, column = table.schema.field(number).type, table.column(number)
            if pa.types.is_list(kind):
                lists = [None if c is None else [_with(x, words_only) for x in c] for c in column.to_pylist()]
                table = table.set_column(number, name, pa.array(lists, pa.list_(pa.string())))
            elif pa.types.is_string(kind) and name == "url":
                addresses = [ADDRESSES[i % len(ADDRESSES)] for i in range(len(column))]
                table = table.set_column(number, name, pa.array(addresses, pa.string()))
            elif pa.types.is_string(kind) and not (name in KEPT and words_only):
                cells = [None if c is None else _with(c, words_only) for c in column.to_pylist()]
                table = table.set_column(number, name, pa.array(cells, pa.string()))
        parquet.write_table(table, path)
    described(release, "manifest.json", _describe_manifest)
    described(release, "datapackage.json", _describe_package)
    return release


def _with(text: str, words_only: bool) -> str:
    if text.startswith(("[", "{")):
        with contextlib.suppress(ValueError):  # the authors of a document are a list of their own
            return json.dumps(_within(json.loads(text)), ensure_ascii=False)
    return text if words_only and text.count(" ") < 2 else text + PAYLOAD


def _within(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _within(part) for name, part in said.items()}
    return [_within(part) for part in said] if isinstance(said, list) else f"{said}{PAYLOAD}"


def _describe_manifest(manifest: Any) -> None:
    for name, said in manifest["dataset"].items():
        if isinstance(said, str) and name not in ("as_of", "issued", "licence_sha256"):
            manifest["dataset"][name] = said + PAYLOAD
    manifest["dataset"]["licence_url"] = ADDRESSES[0]
    manifest["dataset"]["keywords"] = [PAYLOAD]
    for table in manifest["tables"].values():
        table["description"] += PAYLOAD


def _describe_package(package: Any) -> None:
    for table in package["resources"]:
        table["title"] = table["name"] + PAYLOAD
        table["description"] += PAYLOAD
        for field in table["schema"]["fields"]:
            field["description"] += PAYLOAD
            field["title"] = field["name"] + PAYLOAD


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose words are hostile, and whose ids lead on."""
    folder = tmp_path_factory.mktemp("worded")
    return written(folder, altered_release(folder, words_only=True))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in which every text of every column is hostile: ids, codes and dates, too."""
    folder = tmp_path_factory.mktemp("whole")
    return written(folder, altered_release(folder, words_only=False))


HARM = """() => ({
    ran: window.ran ?? null,
    scripts: [...document.scripts].filter((s) => s.type !== 'application/octet-stream').length,
    styles: document.querySelectorAll('style, link, base, meta[http-equiv=refresh]').length,
    frames: document.querySelectorAll('iframe, object, embed, img, template, math').length,
    handlers: [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on'))).length,
    addresses: [...document.querySelectorAll('[href], [src], [*|href]')]
        .map((e) => e.getAttribute('href') ?? e.getAttribute('src') ?? e.getAttribute('xlink:href') ?? '')
        .filter((a) => !a.startsWith('#') && !/^https?:[/][/]/i.test(a)),
})"""
HARMLESS: dict[str, Any] = {"ran": None, "scripts": 2, "styles": 1, "frames": 0, "handlers": 0, "addresses": []}


def harm(tab: Any) -> dict[str, Any]:
    """What of the cells became more than text."""
    found: dict[str, Any] = tab.evaluate(HARM)
    return found


def test_no_view_of_a_page_of_hostile_words_runs_any_of_them(opened: Open, worded: Path) -> None:
    tab = opened("#/", worded)
    shown = 0
    for address in VIEWS:
        go(tab, address)
        painted(tab)
        assert harm(tab) == HARMLESS, address
        shown += MARK in tab.locator("main").inner_text()
    assert shown > len(VIEWS) / 2


@pytest.mark.parametrize("kind", ["worded", "whole"])
def test_every_table_shows_hostile_cells_as_text(opened: Open, kind: str, request: pytest.FixtureRequest) -> None:
    tab = opened("#/", request.getfixturevalue(kind))
    for path in sorted((RELEASE / "parquet").glob("*.parquet")):
        go(tab, f"#/table/{path.stem}")
        assert harm(tab) == HARMLESS, path.stem
        assert "<script>window.ran=1</script><img src=x" in tab.locator("main").text_content(), path.stem


def test_claims_footnotes_and_what_is_found_are_text(opened: Open, worded: Path) -> None:
    tab = opened("#/table/mission_strength/mission_id=kfor|as_of=2023-10/personnel", worded)
    assert MARK in tab.locator("main article.claim").first.inner_text()
    assert harm(tab) == HARMLESS
    go(tab, "#/table/mission_strength")
    tab.locator("table.data a.value").first.click()
    tab.wait_for_selector("dialog[open]")
    assert MARK in tab.locator("dialog").inner_text()
    assert harm(tab) == HARMLESS
    tab.keyboard.press("Escape")
    go(tab, f"#/search?q={MARK}")
    assert MARK in tab.locator("ol.found").inner_text()
    assert harm(tab) == HARMLESS
    links = tab.locator("a[target=_blank]").evaluate_all("(all) => all.map((a) => [a.protocol, a.rel])")
    assert all(protocol in ("https:", "http:") and "noopener" in rel for protocol, rel in links)


def test_every_document_with_a_hostile_address_stays_without_a_link(opened: Open, worded: Path) -> None:
    tab = opened("#/", worded)
    for name in parquet.read_table(RELEASE / "parquet" / "document.parquet").column("document_id").to_pylist()[:16]:
        go(tab, f"#/document/{name}")
        assert harm(tab) == HARMLESS, name


@pytest.mark.parametrize(
    "address", [f"#/search?q={PAYLOAD}", f"#/table/{PAYLOAD}", f"#/document/{PAYLOAD}", f"#/{PAYLOAD}"]
)
def test_an_address_of_the_page_is_no_door_either(opened: Open, explorer: Path, address: str) -> None:
    tab = opened("#/", explorer)
    go(tab, address)

    assert harm(tab) == HARMLESS


def test_a_download_holds_the_cells_as_they_are(opened: Open, worded: Path) -> None:
    tab = opened("#/table/mission", worded)
    with tab.expect_download() as done:
        tab.get_by_role("button", name="Download CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(done.value.path()).read_text("utf-8"), newline="")))

    assert any(cell and cell.endswith(PAYLOAD) for row in rows for cell in row.values())
    assert all(None not in row for row in rows)


def test_every_column_of_texts_was_hostile(tmp_path: Path) -> None:
    release = altered_release(tmp_path, words_only=False)

    for path in sorted((release / "parquet").glob("*.parquet")):
        table = parquet.read_table(path)
        for field in table.schema:
            if not pa.types.is_string(field.type) or field.name == "url":
                continue
            filled = table.column(field.name).drop_null()
            assert pc.all(pc.match_substring(filled, MARK)).as_py() in (True, None), (path.stem, field.name)


def test_the_policy_of_the_page_is_as_strict_as_can_be(worded: Path) -> None:
    text = worded.read_text("utf-8")
    policy = text.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0]
    said = dict(part.partition(" ")[::2] for part in policy.split("; "))

    assert said["default-src"] == "'none'"
    assert {word[:8] for word in said["script-src"].split()} == {"'sha256-"}
    assert {word[:8] for word in said["style-src"].split()} == {"'sha256-"}
    assert said.keys() == {
        "default-src", "script-src", "style-src", "base-uri", "form-action", "require-trusted-types-for", "trusted-types",
    }  # fmt: skip
    assert said["base-uri"] == said["form-action"] == said["trusted-types"] == "'none'"
    assert text.index("Content-Security-Policy") < text.index("<script")


def test_were_the_page_to_hold_a_script_the_policy_would_not_run_it(browser: Any, worded: Path, tmp_path: Path) -> None:
    text = worded.read_text("utf-8").replace(
        "</body>", "<script>window.ran=1</script><img src=x onerror=window.ran=2></body>"
    )
    (tmp_path / "forged.html").write_text(text, "utf-8")
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto((tmp_path / "forged.html").as_uri())
    tab.wait_for_selector("body[data-ready]")

    assert tab.evaluate("window.ran ?? null") is None
    assert sum("Content Security Policy" in line for line in said) >= 2
    tab.close()


def test_hostile_words_in_charts_are_drawn_as_text(tmp_path: Path) -> None:
    release = altered_release(tmp_path, words_only=True)
    shutil.rmtree(release / "charts")
    write_charts(staged(release))
    texts = {path.name: path.read_text("utf-8") for path in sorted((release / "charts").glob("*.svg"))}

    assert any(MARK in text for text in texts.values())
    for name, text in texts.items():
        for element in Xml.fromstring(text).iter():  # noqa: S314 (our own)
            kind = str(element.tag).rpartition("}")[2]
            assert kind not in ("script", "foreignObject", "image", "iframe", "a", "animate", "set"), name
            for attribute, value in element.attrib.items():
                assert not attribute.rpartition("}")[2].startswith("on"), name
                assert not attribute.endswith("href") or value.startswith("#"), name
