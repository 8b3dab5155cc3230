"""A YAML file of a few names with plain values, as people write one by hand: nothing else that YAML can say is taken.

Anchors can make a line of text a gigabyte, tags can ask for any type, and deep nesting overflows whoever reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.hidden import BEYOND, FORBIDDEN
from pipeline.problems import Problem, SourceError, shown

_DEEPEST = 4
"""How many mappings and lists may lie within one another; one within one is all that dataset.yaml needs."""


UNMADE = object()
"""What is said where YAML can make nothing of what is written."""


@dataclass(frozen=True)
class Sheet:
    """What a file says by name, the line of each name, those that stand twice, and the node of the whole file.

    What YAML can make no value of, as of 2023-02-30, is said as `UNMADE`, which is of no type that anybody asks for.
    """

    said: Mapping[str, Any]
    lines: Mapping[str, int]
    repeated: tuple[str, ...]
    root: Any


def read_sheet(data: bytes, file: str) -> Sheet:
    """Read the bytes of a file. Raises SourceError where it is no such YAML."""
    import yaml

    try:
        text = data.decode("utf-8")
        _look_through(text, file)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as error:
        line, column = _place(text, error.position)
        what = f"not YAML: the character U+{ord(text[error.position]):04X} may not stand here; delete it"
        raise SourceError([Problem(file, line, column, what, "dataset")]) from None
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"), error.start)
        what = f"byte 0x{data[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise SourceError([Problem(file, line, column, what, "dataset")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise SourceError([Problem(file, line, column, f"not YAML: {what}; mend the syntax here", "dataset")]) from None
    if not isinstance(root, yaml.MappingNode) or not all(isinstance(key, yaml.ScalarNode) for key, _ in root.value):
        raise SourceError([Problem(file, 1, 1, "not a mapping; write lines such as name: wb6", "dataset")])
    names = [key.value for key, _ in root.value]
    said = {key.value: _value(node) for key, node in root.value}
    lines = {key.value: key.start_mark.line + 1 for key, _ in reversed(root.value)}
    return Sheet(said, lines, tuple(sorted({n for n in names if names.count(n) > 1})), root)


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _look_through(text: str, file: str) -> None:
    """Raise SourceError at the first thing that a plain file has no need of, before anything is made of it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        what = None
        if depth > _DEEPEST:
            what = "nested too deeply; write lines such as name: wb6"
        elif anchor := getattr(event, "anchor", None):
            what = f"an anchor or its alias ({shown(anchor)}); write the value itself"
        elif tag := getattr(event, "tag", None):
            what = f"a tag ({shown(tag)}); write the value alone"
        mark: Any = event.start_mark
        if what:
            raise SourceError([Problem(file, mark.line + 1, mark.column + 1, what, "dataset")])


def _value(node: Any) -> Any:
    """What YAML makes of a node."""
    import yaml

    try:
        return yaml.constructor.SafeConstructor().construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError, OverflowError):
        return UNMADE


def hidden_in(text: str) -> str | None:
    """What is wrong with a text that holds a character nobody sees; None where none does. A text may be of many lines."""
    found = FORBIDDEN.search(text) or BEYOND.search(text)
    return f"the invisible character U+{ord(found.group()):04X} stands in the text; delete it" if found else None
