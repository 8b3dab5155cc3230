"""Citations as a reader asks for them: of a fact, of what an answer rests on, or of the dataset."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.cite import pandoc
from pipeline.cite.exported import told_of
from pipeline.cite.facts import Fact, Value, find_fact
from pipeline.cite.joined import claimed_origins, put_together
from pipeline.cite.notes import dataset_item
from pipeline.cite.source import Passage, Source
from pipeline.csl import citable
from pipeline.damaged import told_where_damaged
from pipeline.engine import Connection
from pipeline.interruptible import interruptible
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.query import answered, opened, release_folder


@dataclass(frozen=True)
class Cited:
    """What was asked for, and what a reader should know beside it."""

    text: str
    aside: str = ""


@dataclass(frozen=True)
class Wish:
    """How a citation is to look."""

    style: Path
    form: str


def cite_fact(project: Project, version: str | None, named: Sequence[str], column: str | None, wish: Wish) -> Cited:
    """The footnotes of a row, or of one of its values, named by its table and the parts of its key.

    Raises PipelineError where they name none.
    """
    folder = release_folder(project, version)
    table, *parts = named
    with told_where_damaged(folder), opened(folder) as con, interruptible(con):
        keys = _keys(con, folder)
        if table == "document":
            if not parts:
                raise PipelineError("name the documents, too: wb6 cite document ID")
            return Cited(_written(con, {"": [Source(Passage(_document(con, name), None)) for name in parts]}, wish))
        if table not in keys:
            raise PipelineError(_no_table(con, table, parts, keys, _manifest(folder)))
        fact = find_fact(con, keys[table], table, parts, column)
        return Cited(_written(con, _by_value(fact), wish), _aside(fact))


def cite_answer(project: Project, version: str | None, sql: str, wish: Wish) -> Cited:
    """The sources behind the answer to a query: see `behind`. Raises PipelineError where it does not say."""
    from pipeline.cite.behind import sources_behind

    folder = release_folder(project, version)
    with told_where_damaged(folder), opened(folder) as con, interruptible(con):
        keys = _keys(con, folder)
        joins = claimed_origins(_manifest(folder), keys)
        behind = answered(con, sql, lambda answer: sources_behind(con, keys, joins, answer, sql))
        text = _written(con, {"": behind.sources}, wish)
        told = [] if behind.sources else ["The answer rests on no document."]
        return Cited(text, "\n".join([*told, *(f"Not cited: {what}" for what in behind.left_out)]))


def cite_dataset(project: Project, version: str | None, wish: Wish) -> Cited:
    """The release itself, as one cites it."""
    folder = release_folder(project, version)
    with told_where_damaged(folder):
        item = dataset_item(_manifest(folder))
    return Cited(_in_form([item], {"": [Source(Passage(item["id"], None))]}, wish))


def _manifest(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return manifest


def _keys(con: Connection, folder: Path) -> dict[str, list[str]]:
    """The key of each table that has claims."""
    tables = _manifest(folder)["tables"]
    claimed = con.execute("SELECT DISTINCT table_name FROM claim ORDER BY 1").fetchall()
    return {name: tables[name]["key"] for (name,) in claimed}


def _no_table(
    con: Connection, table: str, parts: Sequence[str], keys: Mapping[str, Sequence[str]], manifest: Mapping[str, Any]
) -> str:
    if table in manifest["tables"]:
        return f"{put_together(con, table, parts, keys, manifest)}; or a document: wb6 cite document ID"
    listed = ", ".join(keys)
    return f"there is no table {table}{_meant(table, keys) or f'; there are {listed}'}"


def _document(con: Connection, name: str) -> str:
    ids = [row[0] for row in con.execute("SELECT document_id FROM document ORDER BY 1").fetchall()]
    if name in ids:
        return name
    raise PipelineError(f"there is no document {name}{_meant(name, ids)}")


def _meant(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, [*known], 3, 0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _items(con: Connection, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The documents of these ids as CSL items, in order of their ids."""
    wanted = sorted(set(ids))
    answer = con.execute("SELECT * FROM document WHERE list_contains(?, document_id) ORDER BY document_id", [wanted])
    columns = [column[0] for column in answer.description or []]
    return [citable(dict(zip(columns, row, strict=True))) for row in answer.fetchall()]


def _written(con: Connection, groups: Mapping[str, Sequence[Source]], wish: Wish) -> str:
    """Sources in groups, each below its heading where it has one."""
    sources = [source for group in groups.values() for source in group]
    items = _items(con, [passage.document_id for source in sources for passage in source.passages])
    return _in_form(items, groups, wish) if sources else ""


def _in_form(items: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[Source]], wish: Wish) -> str:
    """The sources as the style cites them, with its list of references unless it makes notes; or the items alone."""
    sources = [source for group in groups.values() for source in group]
    if wish.form == "csl-json":
        return json.dumps(told_of(items, sources), ensure_ascii=False, indent=2)
    if wish.form not in pandoc.WRITERS:
        return pandoc.converted(told_of(items, sources), wish.form).strip()
    shown = iter(pandoc.cited(items, sources, wish.style, wish.form))
    parts = [part for heading, group in groups.items() for part in (heading, *islice(shown, len(group))) if part]
    if not pandoc.makes_notes(wish.style):
        parts.append(pandoc.references(items, wish.style, wish.form))
    return "\n\n".join(parts)


def _by_value(fact: Fact) -> dict[str, Sequence[Source]]:
    """The sources of a fact, under the values that they are for where not all have the same."""
    told: dict[tuple[Source, ...], list[str]] = {}
    for value in fact.values:
        told.setdefault(value.sources, []).append(_told(value))
    return {f"{', '.join(of)}:" if told.keys() - {sources} else "": sources for sources, of in told.items()}


def _told(value: Value) -> str:
    return f"{value.column} {value.value}" if value.column else "the row itself"


def _aside(fact: Fact) -> str:
    if not fact.contradicting:
        return ""
    return f"Not cited, since other claims outweigh it: {'; '.join(fact.contradicting)}"
