"""Releases in object storage: each published whole or not at all, one publisher wins, and what killed ones left is harmless."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engine import Connection
from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import NAME, read
from pipeline.objects.publish import PROBE
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from pipeline.verify.itself import faults
from tests.conftest import ROOT
from tests.soak.prepared import EDITIONS
from tests.stored import Server, harm


def versions(address: str) -> list[str]:
    found = Bucket(address).read(NAME)
    return [one.version for one in read(found[0], address).releases] if found else []


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have something happen once, after the next publisher has planned and staged and before it sends."""
    waiting = [act]

    def then(con: Connection, folder: Path, describe: Callable[[], object]) -> list[str]:
        if waiting:
            waiting.pop()()
        return faults(con, folder, describe)

    monkeypatch.setattr("pipeline.publish.faults", then)


def test_of_puts_that_compete_exactly_one_is_carried_out(address: str) -> None:
    bucket = Bucket(address)
    etag = None
    for turn in range(10):
        contents = [f"{turn} {rival}".encode() for rival in range(8)]
        with ThreadPoolExecutor(8) as pool:
            won = list(pool.map(lambda content, at=etag: bucket.write_if("object", content, at), contents))
        found = bucket.read("object")
        assert found is not None
        assert won.count(True) == 1
        assert found[0] == contents[won.index(True)]
        etag = found[1].etag


def test_releases_follow_each_other_and_each_is_whole(checkout: Callable[[str], Project], address: str) -> None:
    one, two = checkout(EDITIONS[0]), checkout(EDITIONS[1])

    done = [publish(one), publish(two), publish(one), publish(one)]

    assert [(release.version, release.published) for release in done] == [
        ("0.1.0", True),
        ("0.1.1", True),
        ("0.1.2", True),
        ("0.1.2", False),
    ]
    assert versions(address) == ["0.1.0", "0.1.1", "0.1.2"]
    assert harm(address) == []


def test_a_release_is_to_the_byte_what_a_folder_holds(checkout: Callable[[str], Project], address: str) -> None:
    remote = checkout(EDITIONS[0])
    publish(remote)
    local = replace(remote, outputs_at="")
    publish(local)

    found, bucket = Bucket(address).read(NAME), Bucket(address)
    assert found is not None
    folder = read(found[0], address).latest.folder
    files = {p.relative_to(local.outputs / "releases" / "0.1.0").as_posix(): p for p in _files(local)}
    assert {one.name.removeprefix(f"{folder}/") for one in bucket.listed(folder)} == set(files)
    assert all(b"".join(bucket.pieces(f"{folder}/{name}")) == path.read_bytes() for name, path in files.items())


def _files(project: Project) -> list[Path]:
    return [p for p in (project.outputs / "releases" / "0.1.0").rglob("*") if p.is_file()]


def test_of_two_publishers_the_one_that_comes_later_is_told_so_and_publishes_nothing(
    checkout: Callable[[str], Project], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(checkout(EDITIONS[0]))
    third, rival = checkout(EDITIONS[1]), checkout(EDITIONS[1])
    retitle(rival)
    meanwhile(monkeypatch, lambda: publish(rival))

    with pytest.raises(
        PipelineError, match=r"^another release was published meanwhile: 0\.1\.1; run wb6 release again$"
    ):
        publish(third)

    assert versions(address) == ["0.1.0", "0.1.1"]
    assert harm(address) == []
    assert publish(third).published
    assert harm(address) == []


def test_two_publishers_of_the_same_release_both_find_it_published(
    checkout: Callable[[str], Project], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = checkout(EDITIONS[0])
    meanwhile(monkeypatch, lambda: publish(checkout(EDITIONS[0])))

    assert publish(one).version == "0.1.0"
    assert versions(address) == ["0.1.0"]
    assert harm(address) == []


def retitle(project: Project) -> None:
    """Have a project say something else of the dataset, which makes it another release without another table."""
    path = project.sources / "dataset.yaml"
    path.write_text(path.read_text("utf-8").replace("title: Small", "title: Other"), "utf-8")


def test_publishers_that_start_at_once_each_publish_whole_or_are_told(
    checkout: Callable[[str], Project], address: str
) -> None:
    roots = [checkout(edition).root for edition in EDITIONS for _ in range(2)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.prepared", str(root)],
            cwd=ROOT,
            env={**os.environ, "WB6_OUTPUTS": address, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for root in roots
    ]

    ended = [(*process.communicate(), process.returncode) for process in started]

    assert {code for _, _, code in ended} <= {0, 1}
    assert any(code == 0 for *_, code in ended)
    assert all(told.startswith("another release was published meanwhile: 0.1.") for _, told, code in ended if code == 1)
    assert harm(address) == []


def test_a_put_whose_answer_was_lost_is_no_defeat(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    one = checkout(EDITIONS[0])
    storage.fail(lose_answer=NAME)

    assert publish(one).published
    assert versions(address) == ["0.1.0"]


def test_an_upload_that_broke_goes_on_where_it_ended(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    one = checkout(EDITIONS[0])
    storage.fail(break_after=30)
    with pytest.raises(PipelineError, match="no connection, or a broken one"):
        publish(one)
    assert versions(address) == []
    left = {stored.name for stored in Bucket(address).listed("releases")}
    assert len(left) > 10
    storage.fail()

    assert publish(one).version == "0.1.0"

    sent = {line.split("/", 3)[3] for line in storage.log() if line.startswith("PUT") and "/releases/" in line}
    assert sent
    assert not left & sent
    assert harm(address) == []


def test_what_was_not_stored_as_it_was_sent_is_not_published(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    storage.fail(corrupt="csv/mission.csv")

    with pytest.raises(PipelineError, match=r"csv/mission\.csv was not stored as it was sent; nothing was published"):
        publish(checkout(EDITIONS[0]))

    assert versions(address) == []
    storage.fail()
    assert publish(checkout(EDITIONS[0])).version == "0.1.0"
    assert harm(address) == []


def test_a_server_that_ignores_conditions_is_refused(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    storage.fail(ignores_conditions=True)

    with pytest.raises(PipelineError, match="does not honour conditional puts"):
        publish(checkout(EDITIONS[0]))

    assert [one.name for one in Bucket(address).listed()] == [PROBE]


def test_leftovers_are_removed_by_the_next_publisher_once_they_are_a_day_old(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    publish(checkout(EDITIONS[0]))
    for name in ("releases/0.1.1-aaaaaaaaaaaa/csv/mission.csv", "releases/0.1.1-bbbbbbbbbbbb/csv/mission.csv"):
        storage.put(address, name, b"left")
    storage.age("aaaaaaaaaaaa", 25)
    storage.age("0.1.0-", 25)

    publish(checkout(EDITIONS[1]))

    folders = {one.name.split("/")[1] for one in Bucket(address).listed("releases")}
    assert "0.1.1-aaaaaaaaaaaa" not in folders
    assert "0.1.1-bbbbbbbbbbbb" in folders
    assert harm(address) == []


def test_who_may_not_remove_leftovers_publishes_all_the_same(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    storage.put(address, "releases/0.1.1-aaaaaaaaaaaa/file", b"left")
    storage.age("aaaaaaaaaaaa", 25)
    storage.fail(refuse=["DELETE", "POST"])

    assert publish(checkout(EDITIONS[0])).published
