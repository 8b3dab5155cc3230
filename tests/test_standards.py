"""Every description of a release is accepted by its standard's own validator, offline, and says what the release holds."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.dataset import read_dataset
from pipeline.explorer.page import page
from pipeline.explorer.place import FILE as EXPLORER
from pipeline.metadata import CHANGES, DESCRIPTIONS, VIEWS, write_json
from pipeline.project import Project
from pipeline.standards.citation import citation
from pipeline.standards.staged import Staged
from pipeline.standards.write import write_descriptions
from pipeline.verify.sums import write_sums
from tests import validators
from tests.conftest import ROOT
from tests.loaded import as_published
from tests.small import released


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a small project; not to be changed."""
    return released(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the committed release, described anew; not to be changed."""
    folder = tmp_path_factory.mktemp("big") / "release"
    shutil.copytree((ROOT / "outputs" / "latest").resolve(), folder, ignore=shutil.ignore_patterns("charts"))
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))
    write_json(folder / "manifest.json", {**listed, "descriptions": list(DESCRIPTIONS), "views": list(VIEWS)})
    rows = {name: entry["rows"] for name, entry in listed["tables"].items()}
    for name in DESCRIPTIONS:
        (folder / name).unlink(missing_ok=True)
    write_descriptions(Staged(folder, read_dataset(Project(ROOT)), as_published(folder), rows, listed["version"]))
    write_sums(folder)
    return folder


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("release", ["small", "big"])
@pytest.mark.parametrize("validator", dict(validators.all_but_crate()))
def test_the_validator_of_each_standard_accepts_the_release(
    release: str, validator: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(release)

    assert dict(validators.all_but_crate())[validator](folder) == []


@pytest.mark.usefixtures("no_network")
def test_the_crate_is_accepted_offline(small: Path, tmp_path: Path) -> None:
    validators.warm(tmp_path / "cache")

    assert validators.rocrate(small, tmp_path / "cache") == []


def test_a_release_holds_every_description_and_the_checksums_cover_them(small: Path) -> None:
    sums = (small / "SHA256SUMS").read_text("utf-8")

    assert read(small, "manifest.json")["descriptions"] == sorted(DESCRIPTIONS)
    assert all(f"  {name}\n" in sums for name in (CHANGES, *DESCRIPTIONS))


def test_the_crate_lists_every_file_of_the_release(small: Path) -> None:
    graph = {entity["@id"]: entity for entity in read(small, "ro-crate-metadata.json")["@graph"]}

    files = {p.relative_to(small).as_posix() for p in small.rglob("*") if p.is_file()}

    assert {part["@id"] for part in graph["./"]["hasPart"]} == files - {"ro-crate-metadata.json"}


def test_a_release_holds_its_explorer_and_the_crate_and_the_checksums_cover_it(small: Path) -> None:
    graph = {entity["@id"]: entity for entity in read(small, "ro-crate-metadata.json")["@graph"]}

    assert (small / EXPLORER).read_text("utf-8") == page(small)
    assert graph[EXPLORER]["encodingFormat"] == "text/html"
    assert f"  {EXPLORER}\n" in (small / "SHA256SUMS").read_text("utf-8")


def test_keys_that_frictionless_does_not_check_are_unique(big: Path) -> None:
    checked = 0
    for resource in read(big, "datapackage.json")["resources"]:
        for key in resource["schema"].get("uniqueKeys", []):
            with (big / resource["path"]).open(encoding="utf-8", newline="") as stream:
                rows = [tuple(row[name] for name in key) for row in csv.DictReader(stream)]
            assert len(rows) == len(set(rows)), resource["name"]
            checked += 1

    assert checked


def test_every_code_is_a_category_with_its_meaning(small: Path) -> None:
    for resource in read(small, "datapackage.json")["resources"]:
        for field in resource["schema"]["fields"]:
            codes = field.get("constraints", {}).get("enum", [])
            assert [category["value"] for category in field.get("categories", [])] == codes
            assert all(category["label"] for category in field.get("categories", []))


def test_lists_refer_item_by_item_where_the_standard_can_say_so(big: Path) -> None:
    described = {table["url"]: table["tableSchema"] for table in read(big, "csvw-metadata.json")["tables"]}
    mission = described["csv/mission.csv"]

    assert {"separator": "; "}.items() <= next(c for c in mission["columns"] if c["name"] == "hosts").items()
    assert ["hosts"] in [foreign["columnReference"] for foreign in mission["foreignKeys"]]


def test_who_cites_the_release_is_told_to_name_its_version(small: Path) -> None:
    said = yaml.safe_load((small / "CITATION.cff").read_text("utf-8"))

    assert said["version"] == "0.1.0"
    assert "name the version you used: WB6. Small, version 0.1.0 " in said["message"]
    assert "date-released" not in said


def test_the_day_of_the_edition_is_told_where_curators_state_it(tmp_path: Path) -> None:
    folder = released(tmp_path, more="issued: 2024-02-01\n")

    said = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))

    assert said["date-released"] == "2024-02-01"
    assert "WB6 (2024). Small" in said["message"]
    assert read(folder, "croissant.json")["datePublished"] == "2024-02-01"
    assert read(folder, "manifest.json")["dataset"]["issued"] == "2024-02-01"
    assert validators.verify(folder) == []


def test_the_cut_off_date_stands_in_where_a_standard_demands_a_date(small: Path) -> None:
    graph = {entity["@id"]: entity for entity in read(small, "ro-crate-metadata.json")["@graph"]}

    assert read(small, "croissant.json")["datePublished"] == "2023-12-31"
    assert graph["./"]["datePublished"] == "2023-12-31"


def test_a_citation_of_odd_names_is_still_yaml(tmp_path: Path) -> None:
    project = Project(ROOT)
    dataset = read_dataset(project)
    odd = type(dataset)(**{**vars(dataset), "title": 'A: "b" # c', "publisher": "- d"})

    said = yaml.safe_load(citation(Staged(tmp_path, odd, {}, {}, "1.0.0")))

    assert (said["title"], said["authors"], said["version"]) == ('A: "b" # c', [{"name": "- d"}], "1.0.0")
