"""The sections of a datasheet, and what sources/dataset.yaml says in each.

After Gebru and others, "Datasheets for Datasets" (2021).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KEY = "datasheet"

SECTIONS: Mapping[str, str] = {
    "motivation": "Motivation",
    "composition": "Composition",
    "collection": "Collection process",
    "preprocessing": "Preprocessing, cleaning and labelling",
    "uses": "Uses",
    "distribution": "Distribution",
    "maintenance": "Maintenance",
}
"""Each section with its heading, in the order in which they are read."""

_ALL = ", ".join(SECTIONS)


@dataclass(frozen=True)
class Misstated:
    """What is wrong with a datasheet as it is written: where, by line and character, and how to mend it."""

    line: int
    column: int
    message: str


def sections_said(root: Any) -> tuple[dict[str, str], list[Misstated]]:
    """What each section says, on one line each, and what is wrong; `root` is the YAML node of the whole file."""
    said: dict[str, str] = {}
    found = []
    for key, sections in _pairs(root):
        if key.value != KEY:
            continue
        if not _is_mapping(sections):
            what = (
                f"{KEY}: not a mapping of sections; write below it lines such as motivation: why the dataset was made"
            )
            return {}, [_at(sections, what)]
        for name, text in _pairs(sections):
            wrong = _wrong(name.value, text, said)
            if wrong:
                found.append(_at(name, f"{KEY}.{name.value}: {wrong}"))
            else:
                said[name.value] = " ".join(text.value.split())
    return {name: said[name] for name in SECTIONS if name in said}, found


def _wrong(name: str, text: Any, said: Mapping[str, str]) -> str | None:
    """Why a section cannot stand; None where it can."""
    if name not in SECTIONS:
        near = difflib.get_close_matches(name, SECTIONS, 1)
        return f"unknown section; {f'did you mean {near[0]}? The' if near else 'the'} sections are {_ALL}"
    if name in said:
        return "repeated; keep one"
    if text.tag != "tag:yaml.org,2002:str" or not text.value.strip():
        return "not a text; write it in plain sentences, after >- where it is long"
    if text.value.lstrip().startswith(("#", "|", ">", "- ", "* ", "```")):
        return "begins as a heading, a list or a table would; write it in plain sentences"
    return None


def _is_mapping(node: Any) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:map")


def _pairs(node: Any) -> Iterator[tuple[Any, Any]]:
    """The keys of a mapping with their values, as nodes that know their places."""
    if node is not None and _is_mapping(node):
        yield from node.value


def _at(node: Any, message: str) -> Misstated:
    return Misstated(node.start_mark.line + 1, node.start_mark.column + 1, message)
