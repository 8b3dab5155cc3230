"""A proof that lacks memory or room, or is interrupted, says so, and does not call the release damaged."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.engine import connect
from pipeline.project import Project
from pipeline.verify import itself
from pipeline.verify.fault import Fault
from pipeline.verify.unchecked import UncheckedError
from tests.tampered import release, wb6

MEMORY = "the release could not be checked: out of memory; give more with WB6_MEMORY, such as 4GB\n"
FULL = "the release could not be checked: No space left on device; make room, and verify again\n"
FILES = (
    "the release could not be checked: Too many open files; close files or raise the limit (ulimit -n), "
    "and verify again\n"
)
DISK = "the release could not be checked: Input/output error; check the disk, and verify again\n"
LACKS = {
    "Python's memory": (MemoryError(), MEMORY),
    "Arrow's memory": (pa.ArrowMemoryError("malloc of size 8 failed"), MEMORY),
    "DuckDB's memory": (duckdb.OutOfMemoryException("failed to allocate"), MEMORY),
    "room": (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), FULL),
    "room for DuckDB": (duckdb.IOException("Could not write file: No space left on device"), FULL),
    "open files": (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), FILES),
    "open files for DuckDB": (duckdb.IOException('Cannot open file "x": Too many open files'), FILES),
    "a disk that can be read": (OSError(errno.EIO, os.strerror(errno.EIO)), DISK),
}
PLACES = (
    "pipeline.verify.sums.sha256",
    "pipeline.verify.manifest.json.loads",
    "pyarrow.parquet.read_schema",
    "pipeline.verify.cells._differing",
    "pipeline.verify.metadata.contradictions",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", LACKS)
def test_what_a_proof_lacks_is_no_fault_of_a_release(
    store: Project, monkeypatch: pytest.MonkeyPatch, place: str, what: str
) -> None:
    error, said = LACKS[what]
    fail(monkeypatch, place, error)

    done = wb6(store, "0.2.0")

    assert (done.exit_code, done.output) == (1, said)
    with connect() as con, pytest.raises(UncheckedError):
        itself.faults(con, release(store))


@pytest.mark.parametrize("place", PLACES[2:4])
def test_an_interrupted_proof_finds_nothing(store: Project, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    fail(monkeypatch, place, RuntimeError("Query interrupted"))

    done = wb6(store, "0.2.0")

    assert (done.exit_code, done.output.strip()) == (1, "Aborted!")


def test_a_list_of_checksums_that_cannot_be_opened_here_is_no_fault(
    store: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists, read = release(store) / "SHA256SUMS", Path.read_text

    def lacking(path: Path, *how: str) -> str:
        if path == lists:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return read(path, *how)

    monkeypatch.setattr(Path, "read_text", lacking)

    assert wb6(store, "0.2.0").output == FILES


@pytest.mark.parametrize("hidden", ["\u115f", "\u3164", "\u2800", "\u202e", "\n"])
def test_a_file_whose_name_nobody_sees_is_named_by_numbers(hidden: str) -> None:
    assert str(Fault(f"a{hidden}b", "missing", "restore it")) == f"a\\u{ord(hidden):04x}b: missing; restore it"


def fail(monkeypatch: pytest.MonkeyPatch, place: str, error: Exception) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("pipeline.verify.cells._rendered_alike", lambda *_: False)
    monkeypatch.setattr(place, failing)


def test_a_proof_with_too_little_memory_says_so(
    store: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WB6_MEMORY", "3MB")

    done = wb6(store, "0.2.0")

    assert done.exit_code == 1
    assert "could not be checked: out of memory" in done.output or "set WB6_MEMORY to more" in done.output
    assert len(done.output.splitlines()) == 1
