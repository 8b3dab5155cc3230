"""references.json and dataset.yaml: read as Python's json and PyYAML read them, and to the letter, or refused."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from pipeline.bibliography import read_bibliography
from pipeline.csl import item_of
from pipeline.dataset import read_dataset
from pipeline.hidden import BEYOND, FORBIDDEN
from pipeline.items import parse_items
from pipeline.problems import SourceError
from pipeline.project import Project
from tests.fuzz.target import Count, DisagreementError, Target, assert_told_well
from tests.small import DATASET, DOCUMENTS, document

LABEL = "sources/references.json"


def items_by_python(content: bytes) -> list[Any] | None:
    """The items of a JSON array, in which no name stands twice and every number is one; None where it is none."""

    def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError
        return dict(pairs)

    def refuse(_: str) -> None:
        raise ValueError

    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=unrepeated, parse_constant=refuse)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def assert_items_read(path: Path, content: bytes) -> bool:
    """Whether the items are taken: those that Python reads, each given back as it was. A refusal must say why."""
    expected = items_by_python(content)
    try:
        items = [item for item, _ in parse_items(content, LABEL)]
    except SourceError as refusal:
        assert_told_well(refusal.problems)
        if expected is not None and not any(reason in str(refusal) for reason in ("too deep", "too large", "too many")):
            raise DisagreementError(f"{content!r} is refused: {refusal}") from None
        return False
    if items != expected:
        raise DisagreementError(f"{content!r}: {items} where Python reads {expected}")
    path.write_bytes(content)
    try:
        rows = read_bibliography(path, LABEL).rows.to_pylist()
    except SourceError as refusal:
        assert_told_well(refusal.problems)
        return False
    for item, row in zip(items, rows, strict=True):
        for text in filter(None, row.values()):
            if FORBIDDEN.search(text) or BEYOND.search(text):
                raise DisagreementError(f"a hidden character is let through: {row}")
        if row["document_id"] is None:  # refused where cells are
            continue
        listed = {**row, "authors": row["authors"].split("; ") if row["authors"] else None}
        said = {name: value for name, value in item.items() if value is not None}
        if item_of(listed) != said and item_of(listed) != item:
            raise DisagreementError(f"{item} is given back as {item_of(listed)}")
    return True


def assert_dataset_read(project: Project, content: bytes) -> bool:
    """Whether the file is taken: what PyYAML reads, without a hidden character. A refusal must say why."""
    (project.sources / "dataset.yaml").write_bytes(content)
    try:
        read = read_dataset(project)
    except SourceError as refusal:
        assert_told_well(refusal.problems)
        return False
    said = yaml.safe_load(content.decode("utf-8"))
    for name, value in said.items():
        taken = getattr(read, name)
        if name != "datasheet" and (tuple(value) if isinstance(value, list) else value) != (taken or None):
            raise DisagreementError(f"{name}: {value!r} is read as {taken!r}")
    texts = [read.name, read.title, read.description, read.publisher, read.licence, read.licence_url]
    for text in (*texts, *read.keywords, *read.datasheet.values()):
        if FORBIDDEN.search(text) or BEYOND.search(text):
            raise DisagreementError(f"a hidden character is let through: {text!r}")
    return True


def _target(name: str, assert_read: Callable[[bytes], bool], seeds: tuple[str, ...], words: tuple[str, ...]) -> Target:
    """A target; what follows a first byte above 127 are edits of a seed, since few other bytes make a whole document."""
    count = Count()
    spoken = [word.encode("utf-8", "surrogatepass") for word in (*words, *"019 \n-")]

    def attempt(data: bytes) -> None:
        content = (
            _edited(seeds[data[1] % len(seeds)].encode(), spoken, data[2:14]) if data[1:] and data[0] > 127 else data
        )
        count.taken += assert_read(content)
        count.compared += 1

    first = (*(seed.encode() for seed in seeds), *(bytes([128, n]) + b"\0\1\2" for n in range(len(seeds))))
    good = tuple(seed.encode() for seed in seeds if seed.strip("\ufeff[]"))
    return Target(name, attempt, count, lambda: None, first, words, 700, good)


def _edited(content: bytes, words: list[bytes], edits: bytes) -> bytes:
    """Bytes in which words are put in, or stand for what was there: each edit is a place, what comes there, what goes."""
    for place, word, gone in zip(edits[0::3], edits[1::3], edits[2::3], strict=False):
        at = (place * 5 + gone // 8) % (len(content) + 1)
        content = content[:at] + words[word % len(words)] + content[at + gone % 8 :]
    return content


def document_targets() -> list[Target]:
    """The readers of references.json and of dataset.yaml."""
    project = Project(Path(tempfile.mkdtemp(prefix="wb6-fuzz-")))
    project.sources.mkdir()
    (project.sources / "LICENSE").write_text("CC-BY-4.0\n", "utf-8")
    path = project.sources / "references.json"
    people = [{"family": "Panero", "given": "E."}, {"literal": "NATO"}]
    items = (
        *DOCUMENTS,
        document("a", issued=None)
        | {"issued": {"date-parts": [[2023, 12], [2024, "1"]]}, "author": people, "x": [1.5, {}]},
    )
    listed = (*(json.dumps([item]) for item in items), json.dumps(DOCUMENTS, indent=1), "[]", "\ufeff[]")
    names = ('"id":', '"issued":', '"date-parts":', '"author":', '"custom":', '"literal":', "null", "1e999", "NaN", "[[", "]]",
             '"\\ud800"', "\\u202e", "-1", "[]", "{}", "true", ",", "9" * 19, "2023.7", '"raw":')  # fmt: skip
    sheet = DATASET + "issued: 2024-02-01\ndatasheet:\n  motivation: >-\n    Why.\n  uses: Any.\n"
    said = ("&a", "*a", "<<: ", "!!int ", "!!timestamp ", "!!bool ", "? ", "- ", "\n", ": ", "|", ">", "{", "[", "}", "]", '"\\u202e"',
            '"\\ud800"', '"\\0"', "datasheet:", "issued:", "as_of: ", "0x", "1_0", "---", "...", "%YAML 1.1", "\u2028")  # fmt: skip
    return [
        _target("references", lambda data: assert_items_read(path, data), listed, names),
        _target("dataset", lambda data: assert_dataset_read(project, data), (DATASET, sheet), said),
    ]
