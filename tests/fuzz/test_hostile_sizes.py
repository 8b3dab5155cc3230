"""Files made to exhaust the machine: each is refused in bounded time and memory, and nothing is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.problems import MOST
from tests.fuzz.bounded import wb6
from tests.small import DATASET, header, row, write_project

HEADER = header("milestone")
GOOD = "ALB,eu,candidate_status,2014-06-27,web2023,,,\n"
ROW = "ALB,eu,applied,2009,web2023,,,"
NAMES = ", ".join(HEADER.strip().split(","))
MEGABYTE = 1 << 20

BIG = {
    "a million columns": (
        "milestone.csv",
        lambda: ",".join(f"c{n}" for n in range(10**6)).encode(),
        f"1:9: 1000000 columns where the table has 8; the columns are {NAMES}",
    ),
    "a million fields": (
        "milestone.csv",
        lambda: (HEADER + "a," * 10**6 + "\n").encode(),
        "2:9: 1000001 fields where the header has 8; quote cells that hold a comma",
    ),
    "a cell of 100 MB": (
        "milestone.csv",
        lambda: (HEADER + ROW).encode() + b"x" * (100 * MEGABYTE) + b"\n",
        '2:8: note "' + "x" * 57 + '...": longer than 131072 characters; shorten it',
    ),
    "100 MB of quotes": (
        "milestone.csv",
        lambda: (HEADER + ROW).encode() + b'"' * (100 * MEGABYTE - 1) + b"\n",
        "2:8: the quote opened here is never closed; close it at the end of the cell",
    ),
    "30 MB of NUL": (
        "milestone.csv",
        lambda: (HEADER + GOOD).encode() + bytes(30 * MEGABYTE),
        f"3:1: {MOST} problems were found up to here; mend those, and check again for more",
    ),
    "30 MB of line ends": (
        "milestone.csv",
        lambda: (HEADER + GOOD).encode() + b"\n" * (30 * MEGABYTE),
        "3:1: the line is empty; delete it",
    ),
    "10 MB of cells that are all wrong": (
        "milestone.csv",
        lambda: (HEADER + GOOD).encode() + b"a,b,c,d,e,f,,\n" * (10 * MEGABYTE // 14),
        "not a known code; write one of normal, preferred, deprecated",
    ),
    "an id of 120,000 letters": (
        "event.csv",
        lambda: (
            header("event")
            + row("event", event_id="abcdefghijkl" * 10_000, kind="raid", cite="web2023")
            + row("event", event_id="raid-2018", kind="raid", date="2019", cite="nobody2023")
        ).encode(),
        '3:10: cite "nobody2023": no document "nobody2023" in sources/references.json',
    ),
    "200 MB of JSON": (
        "references.json",
        lambda: b'["' + b"x" * (200 * MEGABYTE) + b'"]',
        "1:1: larger than 128 megabytes; put the right file here",
    ),
    "millions of JSON items": (
        "references.json",
        lambda: b"[" + b"1," * (15 * MEGABYTE) + b"1]",
        "1:1: more than 1000000 items; export the documents that are cited",
    ),
    "100,000 levels of JSON": (
        "references.json",
        lambda: b'[{"id": "a", "x": ' + b'{"a":' * 10**5 + b"1" + b"}" * 10**5 + b"}]",
        "1:2: not JSON: nested too deeply; mend the syntax here",
    ),
    "100 MB of YAML": (
        "dataset.yaml",
        lambda: (DATASET + "more: " + "x" * (100 * MEGABYTE)).encode(),
        "1:1: larger than 1 megabyte; put the right file here",
    ),
}


@pytest.mark.parametrize(("name", "content", "expected"), BIG.values(), ids=BIG)
def test_a_file_made_to_exhaust_the_machine_is_refused_in_bounded_time_and_memory(
    tmp_path: Path, name: str, content: Callable[[], bytes], expected: str
) -> None:
    project = write_project(tmp_path)
    (project.sources / name).write_bytes(content())

    ran = wb6(project, "check")

    assert ran.code == 1, ran.err[-2000:]
    assert ran.out.startswith(f"sources/{name}:")
    assert expected in ran.out.splitlines()[0]
    assert len(ran.out.splitlines()) <= MOST + 1
    assert "Traceback" not in ran.err
    assert not (project.outputs / "releases").exists()
