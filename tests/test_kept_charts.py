"""Charts kept between releases: a release has the same bytes with and without them, and states its own version."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.charts import events, spending, strength
from pipeline.charts.write import write_charts
from pipeline.standards.staged import Staged
from tests.charted import RELEASE
from tests.charted import staged as pinned
from tests.conftest import ROOT

FILES = [f"{chart.name}.{end}" for chart in (events.CHART, strength.CHART) for end in ("png", "svg")]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two charts alone, to save time."""
    monkeypatch.setattr("pipeline.charts.write.CHARTS", (strength.CHART, events.CHART))


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[Staged]:
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "parquet").symlink_to(RELEASE / "parquet")
    yield replace(pinned(tmp_path / "release"), kept=tmp_path / "build" / "kept")


def charts(staged: Staged) -> dict[str, bytes]:
    folder = staged.folder / "charts"
    shutil.rmtree(folder, ignore_errors=True)
    write_charts(staged)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def refuse_to_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.charts.apart.pen_at_hand", lambda: pytest.fail("a chart that is kept is drawn again"))


def test_kept_charts_are_the_same_and_each_release_states_its_version(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = replace(staged, version="1.3.0")
    without = {one.version: charts(replace(one, kept=None)) for one in (staged, later)}

    first = charts(staged)
    refuse_to_draw(monkeypatch)

    assert list(first) == FILES
    assert first == charts(staged) == without["1.2.3"]
    assert charts(later) == without["1.3.0"]
    for name, content in without["1.3.0"].items():
        assert b"WB6, version 1.3.0 (" in content and b"1.2.3" not in content, name


def test_no_process_draws_where_every_chart_is_kept_and_none_but_that_imports_matplotlib(staged: Staged) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.test_kept_charts import *; import pipeline.charts.write as w; "
        "drawn, at_hand = [], w.apart.pen_at_hand; w.apart.pen_at_hand = lambda: drawn.append(1) or at_hand(); "
        "w.CHARTS = (strength.CHART, events.CHART); "
        f"w.write_charts(replace(pinned(Path({str(staged.folder)!r})), kept=Path({str(staged.kept)!r}))); "
        "print(len(drawn), any(name.startswith('matplotlib') for name in sys.modules))"
    )
    said = []
    for _ in range(2):
        shutil.rmtree(staged.folder / "charts", ignore_errors=True)
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, check=True)
        said.append(done.stdout.decode().splitlines()[-1])

    assert said == ["1 False", "0 False"]


def test_damaged_and_foreign_drawings_are_drawn_anew(staged: Staged) -> None:
    without = charts(staged)
    folder = (staged.kept or Path()) / "charts"
    other = {"events": "kfor-strength", "kfor-strength": "events"}
    damages: list[Callable[[Path], bytes]] = [
        lambda _: b"",
        lambda path: path.read_bytes()[:-5],
        lambda path: path.read_bytes().replace(b"1", b"7"),
        lambda path: path.read_bytes().partition(b"\n")[2],
        lambda path: path.with_stem(other[path.stem]).read_bytes(),
        lambda path: path.with_suffix({".svg": ".png", ".png": ".svg"}[path.suffix]).read_bytes(),
    ]
    kept = {name: (folder / name).read_bytes() for name in FILES}

    for damage in damages:
        for name in ("events.svg", "kfor-strength.png"):
            (folder / name).write_bytes(damage(folder / name))
        assert charts(staged) == without
        assert {name: (folder / name).read_bytes() for name in FILES} == kept


@pytest.mark.parametrize(
    "change",
    [
        lambda s: replace(s, dataset=replace(s.dataset, licence="CC0-1.0")),
        lambda s: replace(s, dataset=replace(s.dataset, as_of=s.dataset.as_of.replace(day=30))),
        lambda s: replace(s, tables={n: t for n, t in s.tables.items() if n != "document"}),
    ],
)
def test_what_is_drawn_otherwise_is_drawn_anew(staged: Staged, change: Callable[[Staged], Staged]) -> None:
    before, changed = charts(staged), change(staged)

    assert charts(changed) == charts(replace(changed, kept=None)) != before


def test_other_code_draws_anew(staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    charts(staged)
    monkeypatch.setattr("pipeline.charts.write.code_of", lambda _: "other")
    refuse_to_draw(monkeypatch)

    with pytest.raises(pytest.fail.Exception):
        charts(staged)


def test_a_chart_that_is_not_kept_is_drawn_beside_kept_ones(staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    charts(staged)
    monkeypatch.setattr("pipeline.charts.write.CHARTS", (strength.CHART, spending.CHART, events.CHART))

    assert charts(staged) == charts(replace(staged, kept=None))


def test_a_folder_that_takes_nothing_is_done_without(staged: Staged, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")

    assert charts(replace(staged, kept=tmp_path / "file" / "kept")) == charts(replace(staged, kept=None))
