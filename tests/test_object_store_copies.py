"""What is read of object storage is proved first: a list that is none, damaged copies and objects, another publisher's record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.objects.bucket import Bucket
from pipeline.objects.catalogue import NAME, read
from pipeline.objects.store import ObjectStore
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.publish import publish
from tests.soak.prepared import EDITIONS
from tests.stored import Server


@pytest.mark.parametrize("content", [b"{", b"{}", b"[]", b'{"releases": []}', b'{"releases": [{"version": 1}]}'])
def test_a_list_that_is_none_is_told_and_not_replaced(
    checkout: Callable[[str], Project], address: str, storage: Server, content: bytes
) -> None:
    storage.put(address, NAME, content)

    with pytest.raises(PipelineError, match=r"latest\.json is not the list of releases that wb6 wrote; restore"):
        publish(checkout(EDITIONS[0]))

    found = Bucket(address).read(NAME)
    assert found is not None
    assert found[0] == content


def test_a_list_that_leads_elsewhere_is_refused(
    checkout: Callable[[str], Project], address: str, storage: Server, tmp_path: Path
) -> None:
    publish(checkout(EDITIONS[0]))
    found = Bucket(address).read(NAME)
    assert found is not None
    said = json.loads(found[0])
    said["folder"] = said["releases"][0]["folder"] = "releases/../../elsewhere"
    storage.put(address, NAME, json.dumps(said).encode())

    with pytest.raises(PipelineError, match="is not the list of releases"):
        ObjectStore(address, tmp_path / "copies").versions()


def test_a_damaged_copy_is_fetched_again_and_a_damaged_object_is_told(
    checkout: Callable[[str], Project], address: str, storage: Server
) -> None:
    one = checkout(EDITIONS[0])
    copy = publish(one).folder
    whole = (copy / "csv" / "mission.csv").read_bytes()
    (copy / "csv" / "mission.csv").write_bytes(b"damaged")

    again = ObjectStore(address, one.outputs).folder()

    assert (again / "csv" / "mission.csv").read_bytes() == whole
    found = Bucket(address).read(NAME)
    assert found is not None
    storage.put(address, f"{read(found[0], address).latest.folder}/csv/mission.csv", b"damaged")
    shutil.rmtree(copy)
    with pytest.raises(PipelineError, match=r"releases/0\.1\.0-\w{12} is not as it was published: csv/mission\.csv"):
        ObjectStore(address, one.outputs).folder()


def test_the_record_of_evidence_is_stored_and_not_written_over(
    checkout: Callable[[str], Project], address: str
) -> None:
    one, two = ObjectStore(address, checkout(EDITIONS[0]).outputs), ObjectStore(address, checkout(EDITIONS[0]).outputs)
    one.refresh()
    two.refresh()

    one.keep("evidence.csv", b"ours")
    with pytest.raises(PipelineError, match=r"evidence\.csv was changed meanwhile, by another publisher"):
        two.keep("evidence.csv", b"theirs")

    two.refresh()
    assert (two.outputs / "evidence.csv").read_bytes() == b"ours"
    two.keep("evidence.csv", b"both")
    one.refresh()
    assert (one.outputs / "evidence.csv").read_bytes() == b"both"
