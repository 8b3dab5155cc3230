"""The commands on releases and sources in object storage: they answer as they do on folders, and tell failures in a line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.project import Project
from tests.conftest import ROOT
from tests.small import DOCUMENTS, LINKED, write_project
from tests.stored import BUCKET, KEY, SECRET, Server

ADDRESS = f"s3://{BUCKET}/commands"
AT_REST = f"s3://{BUCKET}/sources"


def wb6(project: Project, outputs: str, *arguments: str, **more: str | None) -> Result:
    environment = {"WB6_DOCUMENTS": None, "DAGSTER_HOME": None, "WB6_SOURCES": None, "WB6_OUTPUTS": outputs, **more}
    return CliRunner(env=environment).invoke(cli, ["--project", str(project.root), *arguments])


@pytest.fixture(scope="module", autouse=True)
def leads(storage: Server) -> Iterator[None]:
    """The environment leads to the server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in storage.environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that has published 0.1.0 and 0.1.1, to the server and to a folder elsewhere."""
    project = write_project(tmp_path_factory.mktemp("commands") / "project", DOCUMENTS, **LINKED)
    elsewhere = str(project.root / "elsewhere")
    for version, mission in (("0.1.0", "Kosovo Force"), ("0.1.1", "Kosovo force")):
        path = project.sources / "mission.csv"
        path.write_text(path.read_text("utf-8").replace("Kosovo Force", mission), "utf-8")
        done = wb6(project, ADDRESS, "release", "--quiet")
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        assert done.stdout.startswith(f"Published release {version} in {ADDRESS}/releases/{version}-")
        done = wb6(project, elsewhere, "release", "--quiet")
        assert done.stdout.startswith(f"Published release {version} in {elsewhere}/releases/{version}.\n"), done.output
    assert not (project.root / "outputs").exists()
    return project


@pytest.mark.parametrize(
    "command",
    [
        ["query", "FROM mission"],
        ["query", "--release", "0.1.0", "FROM mission"],
        ["cite", "mission", "kfor", "--column", "name"],
        ["cite", "--release", "0.1.0"],
        ["diff", "0.1.0", "latest"],
        ["check"],
        ["query", "--release", "9.9.9", "FROM mission"],
        ["verify", "9.9.9"],
    ],
)
def test_a_command_answers_from_object_storage_as_it_does_from_a_folder(project: Project, command: list[str]) -> None:
    folder = wb6(project, str(project.root / "elsewhere"), *command)
    shutil.rmtree(project.build / "objects")

    remote = wb6(project, ADDRESS, *command)

    assert (remote.exit_code, remote.stdout, remote.stderr) == (folder.exit_code, folder.stdout, folder.stderr)


def test_verify_proves_what_is_stored_and_not_the_copy(project: Project, storage: Server) -> None:
    proved = wb6(project, ADDRESS, "verify", "--all")
    assert proved.exit_code == 0, proved.output
    assert f"{ADDRESS}/releases/0.1.1-" in proved.output or "0.1.1" in proved.output
    folder = next(p.rsplit(" ", 1)[1] for p in storage.log() if "/releases/0.1.1-" in p).split("/csv")[0]
    stored = "/".join(folder.split("/")[3:5])
    whole = (project.build / "objects").rglob("outputs/releases/0.1.1/LICENSE")
    storage.put(ADDRESS, f"{stored}/LICENSE", b"another\n")
    storage.put(ADDRESS, f"{stored}/stray.txt", b"stray\n")
    try:
        done = wb6(project, ADDRESS, "verify")
    finally:
        storage.put(ADDRESS, f"{stored}/LICENSE", next(whole).read_bytes())
        storage.ask("DELETE", f"/{BUCKET}/commands/{stored}/stray.txt")

    assert done.exit_code == 1
    assert f"{ADDRESS}/{stored}/LICENSE: not the bytes that SHA256SUMS states" in done.output
    assert f"{ADDRESS}/{stored}/stray.txt: not listed in SHA256SUMS" in done.output


@pytest.mark.parametrize(
    ("faults", "environment", "told"),
    [
        ({}, {"AWS_ACCESS_KEY_ID": None}, f"{ADDRESS} cannot be reached without credentials; set AWS_ACCESS_KEY_ID"),
        ({}, {"AWS_ENDPOINT_URL": "http://u:hidden@127.0.0.1:9"}, "cannot be read: no connection, or a broken one, to 127.0.0.1:9; check AWS_ENDPOINT_URL"),
        ({}, {"WB6_OUTPUTS": "s3://no-such-bucket/x"}, "s3://no-such-bucket/x/latest.json cannot be read: there is no such bucket; make it"),
        ({}, {"WB6_OUTPUTS": f"s3://{KEY}:{SECRET}@bucket/x"}, "WB6_OUTPUTS names no place in object storage; write s3://bucket/prefix"),
        ({"refuse": ["GET"]}, {}, f"{ADDRESS}/latest.json may not be read: access is denied; have it granted to your key"),
        ({"refuse": ["GET"], "code": "SignatureDoesNotMatch"}, {}, "cannot be read: the secret is not that of the key; correct AWS_SECRET"),
        ({"refuse": ["GET"], "code": "InvalidAccessKeyId"}, {}, "cannot be read: the server does not know the key; correct AWS_ACCESS_KEY_ID"),
        ({"refuse": ["GET"], "code": "TeaBreak", "status": "418 Tea"}, {}, "cannot be read: the server answers TeaBreak; try again"),
    ],
)  # fmt: skip
def test_a_reader_is_told_of_a_failure_in_a_line(
    project: Project, storage: Server, faults: dict[str, object], environment: dict[str, str | None], told: str
) -> None:
    storage.fail(**faults)
    try:
        done = wb6(project, ADDRESS, "query", "FROM mission", **environment)
    finally:
        storage.fail()

    assert done.exit_code == 1, done.output
    assert told in done.stderr
    assert len(done.output.splitlines()) == 1
    assert not [secret for secret in (KEY, SECRET, "hidden", "Traceback") if secret in done.output]


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({"refuse": ["PUT", "POST"]}, "conditional-put-probe may not be written: access is denied"),
        ({"refuse": ["PUT"], "below": "/releases/"}, "may not be written: access is denied"),
        ({"refuse": ["PUT"], "below": "latest.json"}, f"{ADDRESS}/latest.json may not be written: access is denied"),
        ({"ignores_conditions": True}, "the server does not honour conditional puts (If-None-Match, If-Match)"),
        ({"refuse": ["PUT"], "below": "probe", "code": "NotImplemented", "status": "405 No"}, "the server does not honour conditional puts"),
        ({"break_after": 2}, "no connection, or a broken one, to 127.0.0.1:"),
    ],
)  # fmt: skip
def test_a_publisher_is_told_of_a_failure_and_nothing_is_published(
    project: Project, storage: Server, faults: dict[str, object], told: str
) -> None:
    path = project.sources / "mission.csv"
    before, listed = path.read_text("utf-8"), wb6(project, ADDRESS, "query", "--format", "csv", "FROM mission").stdout
    path.write_text(before.replace("Kosovo force", "KOSOVO FORCE"), "utf-8")
    storage.fail(**faults)
    try:
        done = wb6(project, ADDRESS, "release", "--quiet")
    finally:
        storage.fail()
        path.write_text(before, "utf-8")

    assert done.exit_code == 1, done.output
    assert told in done.stdout
    assert done.stderr == "Not released: 1 problem. The latest release stands as it was.\n"
    assert not [secret for secret in (KEY, SECRET, "Traceback") if secret in done.output]
    assert wb6(project, ADDRESS, "query", "--format", "csv", "FROM mission").stdout == listed


def test_sources_in_object_storage_are_checked_and_released_and_not_written_to(
    project: Project, storage: Server, tmp_path: Path
) -> None:
    for path in project.sources.iterdir():
        storage.put(AT_REST, path.name, path.read_bytes())
    bare = Project(tmp_path)
    outputs = str(tmp_path / "outputs")

    checked = wb6(bare, outputs, "check", WB6_SOURCES=AT_REST)
    released = wb6(bare, outputs, "release", "--quiet", WB6_SOURCES=AT_REST)
    formatted = wb6(bare, outputs, "fmt", WB6_SOURCES=AT_REST)
    elsewhere = project.root / "elsewhere" / "releases" / "0.1.1" / "csv"

    assert checked.exit_code == 0, checked.output
    assert released.stdout.startswith(f"Published release 0.1.0 in {outputs}/releases/0.1.0."), released.output
    assert formatted.exit_code == 1
    assert formatted.stderr.startswith(f"{AT_REST} is not written to; run wb6 fmt on a folder")
    assert (tmp_path / "outputs/latest/csv/mission.csv").read_bytes() == (elsewhere / "mission.csv").read_bytes()
    storage.put(AT_REST, "mission.csv", b"mission_id\n")
    told = wb6(bare, outputs, "check", WB6_SOURCES=AT_REST)
    assert told.exit_code == 1
    assert told.stdout.startswith("sources/mission.csv:1:2: column")


def test_upload_takes_the_releases_so_far_along_and_the_next_one_follows_them(project: Project, tmp_path: Path) -> None:
    root, place = tmp_path / "copy", f"s3://{BUCKET}/uploaded"
    shutil.copytree(project.sources, root / "sources")
    shutil.copytree(project.root / "elsewhere", root / "outputs", symlinks=True)
    copy = Project(root)

    first, again = wb6(copy, place, "upload"), wb6(copy, place, "upload")
    verified = wb6(copy, place, "verify", "--all")
    released = wb6(copy, place, "release", "--quiet")
    foreign = wb6(copy, AT_REST.replace("sources", "foreign"), "release", "--quiet")
    refused = wb6(copy, AT_REST.replace("sources", "foreign"), "upload")

    assert first.stdout == f"Uploaded 0.1.0, 0.1.1 to {place}.\n", first.output
    assert again.stdout == "Every release is there already.\n"
    assert verified.exit_code == 0, verified.output
    assert released.stdout == "Nothing changed since release 0.1.1.\n"
    assert foreign.exit_code == 0, foreign.output
    assert refused.exit_code == 1
    assert "holds other releases, 0.1.0 the first; name an empty place" in refused.stderr
    assert wb6(copy, str(root / "outputs"), "upload").stderr.startswith("WB6_OUTPUTS names no place in object storage")


def test_no_credential_is_left_in_any_file(project: Project) -> None:
    written = [path for path in project.root.rglob("*") if path.is_file() and not path.is_symlink()]

    assert len(written) > 100
    assert not [path for path in written if any(word.encode() in path.read_bytes() for word in (KEY, SECRET))]


def test_a_command_that_needs_no_object_storage_does_not_load_its_client() -> None:
    script = "import sys; from pipeline.cli import cli; cli(['check'], standalone_mode=False)"
    watched = f"import atexit, sys\natexit.register(lambda: sys.stderr.write(str('obstore' in sys.modules)))\n{script}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WB6_", "AWS_"))}
    done = subprocess.run(
        [sys.executable, "-c", watched], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("False")
