"""datapackage.json agrees with the data: files, bytes, digests, columns, types, keys, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.engine import literal, quoted
from pipeline.files import sha256
from pipeline.verify.fault import RESTORE, Fault, contradictions
from pipeline.verify.manifest import read_json
from pipeline.verify.model import TYPES
from pipeline.verify.opened import Opened
from schemas.registry import Table

PACKAGE = "datapackage.json"


def resources(release: Opened) -> tuple[dict[str, dict[str, Any]], list[Fault]]:
    """The resources of the data package by name, and what keeps them from being read."""
    said, found = read_json(release.folder / PACKAGE, PACKAGE)
    if found:
        return {}, found
    listed = said.get("resources")
    if not isinstance(listed, list) or not all(isinstance(r, dict) and isinstance(r.get("name"), str) for r in listed):
        return {}, [Fault(PACKAGE, "its resources are no list of named resources", RESTORE)]
    by_name = {resource["name"]: resource for resource in listed}
    twice = len(listed) > len(by_name)
    return by_name, [Fault(PACKAGE, "lists a resource twice")] if twice else []


def package_faults(release: Opened) -> list[Fault]:
    """What the data package says that is not so."""
    by_name, found = resources(release)
    if not by_name:
        return found
    whats = list(_about(release))
    names = release.manifest.tables.keys()
    lacking, strange = sorted(names - by_name.keys()), sorted(by_name.keys() - release.manifest.listed)
    whats += [f"lacks a resource for {', '.join(lacking)}"] if lacking else []
    whats += [f"has a resource for {', '.join(strange)}, which manifest.json does not list"] if strange else []
    for name in sorted(names & by_name.keys()):
        said = by_name[name]
        whats += [f"{name}: {what}" for what in [*_resource(release, name, said), *_lost(release, name, said)]]
    return found + contradictions(PACKAGE, whats)


def _about(release: Opened) -> Iterator[str]:
    said, _ = read_json(release.folder / PACKAGE, PACKAGE)
    about = release.manifest.about
    licences = said.get("licenses")
    licence = licences[0] if isinstance(licences, list) and licences and isinstance(licences[0], dict) else {}
    pairs = {
        "version": (said.get("version"), release.version),
        "name": (said.get("name"), about.get("name")),
        "title": (said.get("title"), about.get("title")),
        "licence": (licence.get("name"), about.get("licence")),
        "address of the licence": (licence.get("path"), about.get("licence_url")),
        "list of keywords": (said.get("keywords"), about.get("keywords")),
    }
    for what, (one, other) in pairs.items():
        if one != other:
            yield f"its {what} is {one!r}, and that of the release {other!r}"


def _resource(release: Opened, name: str, said: Mapping[str, Any]) -> Iterator[str]:
    table, label = release.manifest.tables[name].table, f"csv/{name}.csv"
    if said.get("path") != label:
        yield f"its path is {said.get('path')!r}, not {label}"
    path = release.files.get(label)
    if path is not None:
        if said.get("bytes") != path.stat().st_size:
            yield f"{said.get('bytes')!r} bytes stated, and {label} has {path.stat().st_size}"
        if said.get("hash") != f"sha256:{sha256(path)}":
            yield f"the hash stated is not that of {label}"
    schema = said.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(fields, list) or not all(isinstance(f, dict) for f in fields):
        yield "has no list of fields"
        return
    if [f.get("name") for f in fields] != [c.name for c in table.columns]:
        yield f"its fields are not the columns of {label}"
        return
    yield from _key(schema, table)
    for field, column in zip(fields, table.columns, strict=True):
        if field.get("type") not in TYPES[column.type]:
            yield f"{column.name} has the type {field.get('type')!r}, and is {column.type}"
        yield from _constraints(release, table, column.name, field.get("constraints"))


def _key(schema: Mapping[str, Any], table: Table) -> Iterator[str]:
    primary, unique = schema.get("primaryKey"), schema.get("uniqueKeys")
    stated = primary if primary is not None else unique[0] if isinstance(unique, list) and unique else []
    if ([stated] if isinstance(stated, str) else stated) != list(table.key):
        yield f"its key is {stated!r}, and that of manifest.json {list(table.key)!r}"


def _constraints(release: Opened, table: Table, column: str, said: object) -> Iterator[str]:
    """What the data package demands of a column that its Parquet file does not, or that a cell does not meet."""
    constraints = said if isinstance(said, dict) else {}
    if table.name not in release.tables:
        return
    stated, declared = constraints.get("required") is True, column in release.required[table.name]
    if stated != declared:
        yield f"{column} is {'' if stated else 'not '}required, and parquet/{table.name}.parquet says otherwise"
    codes = constraints.get("enum")
    if isinstance(codes, list) and codes:
        known = ", ".join(literal(str(code)) for code in codes)
        cell = f"CAST({quoted(column)} AS VARCHAR)"
        sql = f"SELECT DISTINCT {cell} FROM now.{quoted(table.name)} WHERE {cell} NOT IN ({known}) ORDER BY 1"
        yield from (
            f"{column} holds {row[0]!r}, which is none of its codes" for row in release.con.execute(sql).fetchall()
        )


def foreign_keys(name: str, resource: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The foreign keys of a resource that have a form: the table they lead to, and column by column."""
    schema = resource.get("schema")
    listed = schema.get("foreignKeys", []) if isinstance(schema, dict) else []
    for key in listed if isinstance(listed, list) else []:
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(reference, dict):
            continue
        one, other = _names(key.get("fields")), _names(reference.get("fields"))
        target = reference.get("resource") or name
        if isinstance(target, str) and one and len(one) == len(other):
            yield target, list(zip(one, other, strict=True))


def _names(said: object) -> list[str]:
    """One name or several, as a list; empty where they are none."""
    names = said if isinstance(said, list) else [said]
    return [n for n in names if isinstance(n, str)] if all(isinstance(n, str) for n in names) else []


def _lost(release: Opened, name: str, said: Mapping[str, Any]) -> Iterator[str]:
    """Foreign keys that lead to no table or column of the release."""
    shapes = {(n, c.name) for n, listed in release.manifest.tables.items() for c in listed.table.columns}
    unknown = release.manifest.listed - release.manifest.tables.keys()
    for target, pairs in foreign_keys(name, said):
        ends = [end for one, other in pairs for end in ((name, one), (target, other))]
        lost = [end for end in ends if end not in shapes and end[0] not in unknown]
        yield from (f"a foreign key names {t}.{c}, which is not there" for t, c in lost)
