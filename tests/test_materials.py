"""Dependencies: every one pinned by version and digest, its licence listed, and all of it told in the release."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

from pipeline.orchestration.run import rebuild_once
from pipeline.project import Project
from pipeline.standards import sbom
from pipeline.verify.run import verify
from tests.audit import audit
from tests.conftest import ROOT
from tests.materials import BILL, LOCKS, PAGE, bill, page, pins

ALL = [*LOCKS, "tests/bench/requirements.lock"]


@pytest.mark.parametrize("lock", ALL)
def test_every_dependency_is_pinned_to_files_of_known_digests(lock: str) -> None:
    found = pins(ROOT / lock)

    assert len(found) > 50
    assert [pin.name for pin in found if not pin.version] == []
    assert [pin.name for pin in found if not pin.hashes] == []
    assert [d for pin in found for d in pin.hashes if len(d) != 64 or set(d) - set("0123456789abcdef")] == []
    assert [pin.name for pin in found if pin.requirement.url] == []
    assert not any(line.startswith("-") for line in (ROOT / lock).read_text("utf-8").splitlines())


def test_there_is_no_other_lock_file() -> None:
    found = {p.relative_to(ROOT).as_posix() for p in ROOT.rglob("requirements*.lock") if ".venv" not in p.parts}

    assert found == set(ALL)


@pytest.mark.parametrize("made", ["Makefile", ".ci/run"])
def test_nothing_is_installed_without_digests(made: str) -> None:
    lines = (ROOT / made).read_text("utf-8").splitlines()
    installing = [line for line in lines if "pip install" in line and "--editable ." not in line]

    assert [line for line in installing if "--require-hashes" not in line] == []
    assert [line for line in lines if "npm " in line and "npm ci --ignore-scripts" not in line] == []


def test_the_bill_lists_what_is_locked_and_nothing_else() -> None:
    said = json.loads(BILL.read_text("utf-8"))
    locked = [(pin.name, pin.version, sorted(pin.hashes)) for pin in pins(ROOT / "requirements.lock")]

    listed = [(c["name"], c["version"], sorted(h["content"] for h in c["hashes"])) for c in said["components"]]

    assert listed == sorted(locked), "run make materials"
    assert "timestamp" not in said["metadata"]
    assert all(c["purl"] == f"pkg:pypi/{c['name']}@{c['version']}" and c["licenses"] for c in said["components"])


def test_the_bill_is_what_is_generated_and_valid() -> None:
    pytest.importorskip("cyclonedx", reason="cyclonedx-python-lib is not installed, which makes the bill of materials")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert bill() == bill() == BILL.read_text("utf-8"), "run make materials"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(BILL.read_text("utf-8")) is None


def test_the_page_lists_every_dependency_with_its_licence() -> None:
    rows = [line.split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    listed = {(name.removeprefix("| "), version) for name, version, *_ in rows if name != "| package"}

    assert listed - {("| ---", "---"), ("---", "---")} == {
        (p.name, p.version) for lock in LOCKS for p in pins(ROOT / lock)
    }


def test_the_page_is_what_is_generated() -> None:
    lacking = [
        pin.name for lock in LOCKS for pin in pins(ROOT / lock) if not pin.requirement.marker and _absent(pin.name)
    ]
    if lacking:
        pytest.skip(f"{', '.join(lacking)} are not installed, whose licences the page tells")

    assert page() == PAGE.read_text("utf-8"), "run make materials"


def _absent(name: str) -> bool:
    try:
        metadata(name)
    except PackageNotFoundError:
        return True
    return False


def test_a_release_carries_the_bill_as_it_is(made: Project) -> None:
    folder = (made.outputs / "latest").resolve()
    crate = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]

    assert (folder / sbom.FILE).read_bytes() == BILL.read_bytes()
    assert f"  {sbom.FILE}\n" in (folder / "SHA256SUMS").read_text("utf-8")
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["materials"] == sbom.FILE
    assert sbom.FILE in {part["@id"] for part in crate}


def test_other_dependencies_make_no_other_release(
    store: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (store.outputs / "latest").resolve().name
    renewed = (
        BILL.read_text("utf-8").replace("xlsxwriter-", "").replace('"8.5.1"', '"8.5.2"').replace("@8.5.1", "@8.5.2")
    )
    shutil.copytree(BILL.parent, tmp_path / "standards", ignore=shutil.ignore_patterns("*.py"))
    (tmp_path / "standards" / sbom.FILE).write_text(renewed, "utf-8")
    monkeypatch.setattr(sbom, "_HERE", tmp_path / "standards")

    outcome = rebuild_once(store)

    assert (outcome.published, outcome.version) == (False, before)
    assert (store.outputs / "latest" / sbom.FILE).read_bytes() == BILL.read_bytes()


def test_releases_without_a_bill_are_verified_as_before() -> None:
    project = Project(ROOT)
    assert not (project.outputs / "releases" / "0.4.0" / sbom.FILE).exists()

    assert [fault for one in verify(project, "0.4.0") for fault in one.faults] == []


SAYS = "import sys; sys.stdout.write({!r}); sys.exit({})"


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}',
            0,
            (0, "1 packages of x.lock audited: no known weaknesses"),
        ),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}',
            1,
            (1, "a 1: CVE-1; mended in 2\n1 packages of x.lock audited: 1 known weaknesses"),
        ),
        (
            '{"dependencies": [{"name": "a", "skip_reason": "unknown"}]}',
            0,
            (1, "Nothing was audited: what answered here knows of no package"),
        ),
        (
            "",
            1,
            (1, "Nothing was audited: the advisory database could not be asked (pip-audit said nothing). Try again"),
        ),
    ],
)
def test_an_audit_tells_weaknesses_and_where_nobody_could_be_asked(
    said: str, status: int, expected: tuple[int, str]
) -> None:
    code, told = audit([sys.executable, "-c", SAYS.format(said, status)], ["x.lock"])

    assert code == expected[0]
    assert told.startswith(expected[1])
