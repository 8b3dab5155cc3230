"""Whether the descriptions of a release agree with what it holds: what the standards' own validators leave unchecked.

Validators check form. That a digest, a size, a column or a version named in a description is that of the release, that
every file and table is described, and that no property is misspelt, is checked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.files import SUMS
from pipeline.standards import croissant, csvw, datapackage, ro_crate, vocabulary
from pipeline.standards.facts import Facts, differ, listed, misspelt, read_facts


def disagreements(folder: Path) -> list[str]:
    """Where descriptions and release differ, each a line. The checksums of the release must hold."""
    facts = read_facts(folder)
    found = []
    for name, check in _CHECKS.items():
        if name not in facts.manifest.get("descriptions", []):  # the first releases state none
            continue
        if name not in facts.digests:
            found.append(f"{name}: missing")
        else:
            try:
                found += [f"{name}: {what}" for what in check((folder / name).read_text("utf-8"), facts)]
            except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
                found.append(f"{name}: cannot be read as its standard says: {type(error).__name__} {error}")
    return found


def _datapackage(text: str, facts: Facts) -> list[str]:
    package, profiles = json.loads(text), datapackage.PROFILES
    found = misspelt("the package", package, vocabulary.PACKAGE)
    found += differ("$schema", package["$schema"], f"{profiles}/datapackage.json")
    found += differ("the version", package["version"], facts.manifest["version"])
    found += listed("table", (r["name"] for r in package["resources"]), facts.tables)
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        found += misspelt(name, resource, vocabulary.RESOURCE)
        found += misspelt(f"the schema of {name}", schema, vocabulary.SCHEMA)
        found += differ(f"$schema of {name}", resource["$schema"], f"{profiles}/dataresource.json")
        found += differ(f"$schema of the schema of {name}", schema["$schema"], f"{profiles}/tableschema.json")
        found += _file(resource["path"], resource["bytes"], resource["hash"].removeprefix("sha256:"), facts)
        fields = [(f["name"], f["type"]) for f in schema["fields"]]
        found += differ(f"the columns of {name}", fields, facts.columns(name, datapackage.TYPES))
        keys = [schema["primaryKey"]] if "primaryKey" in schema else schema.get("uniqueKeys", [])
        found += differ(f"the key of {name}", [name for key in keys for name in key], facts.tables[name]["key"])
        for field in schema["fields"]:
            where = f"{name}.{field['name']}"
            found += misspelt(where, field, vocabulary.FIELD)
            found += misspelt(f"a constraint of {where}", field.get("constraints", {}), vocabulary.CONSTRAINTS)
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"]
            found += _target(name, target.get("resource", name), target["fields"][0], facts)
    return found


def _croissant(text: str, facts: Facts) -> list[str]:
    said = json.loads(text)
    found = misspelt("the dataset", said, vocabulary.CROISSANT)
    found += differ("@context", said["@context"], croissant.CONTEXT)
    found += differ("the version", said["version"], facts.manifest["version"])
    data = {name for name in facts.digests if name.startswith(("csv/", "parquet/"))}
    found += listed("file", (f["contentUrl"] for f in said["distribution"]), data)
    for file in said["distribution"]:
        found += misspelt(file["@id"], file, vocabulary.FILE)
        found += _file(file["contentUrl"], int(file["contentSize"].removesuffix(" B")), file["sha256"], facts)
    found += listed("table", (r["@id"] for r in said["recordSet"]), facts.tables)
    for records in said["recordSet"]:
        found += _records(records, facts)
    return found


def _records(records: Mapping[str, Any], facts: Facts) -> list[str]:
    """What a record set says of its table's columns, key and references."""
    name = records["@id"]
    found = misspelt(name, records, vocabulary.RECORDS)
    fields = [(f["source"]["extract"]["column"], f["dataType"]) for f in records["field"]]
    found += differ(f"the columns of {name}", fields, facts.columns(name, croissant.TYPES))
    key = [part["@id"].removeprefix(f"{name}/") for part in records.get("key", [])]
    found += differ(f"the key of {name}", key, facts.tables[name]["key"])
    for field in records["field"]:
        found += misspelt(field["@id"], field, vocabulary.RECORD_FIELD)
        column = field["source"]["extract"]["column"]
        found += differ("the id of a field", field["@id"], f"{name}/{column}")
        found += differ(f"the file of {field['@id']}", field["source"]["fileObject"]["@id"], f"parquet/{name}.parquet")
        if "references" in field:
            file = field["references"]["fileObject"]["@id"]
            target = file.removeprefix("parquet/").removesuffix(".parquet")
            found += _target(field["@id"], target, field["references"]["extract"]["column"], facts)
    return found


def _csvw(text: str, facts: Facts) -> list[str]:
    group = json.loads(text)
    found = misspelt("the group", group, vocabulary.GROUP)
    found += differ("the version", group["schema:version"], facts.manifest["version"])
    found += listed("file", (t["url"] for t in group["tables"]), (f"csv/{name}.csv" for name in facts.tables))
    for table in group["tables"]:
        name, schema = _table_of(table["url"]), table["tableSchema"]
        found += misspelt(name, table, vocabulary.TABLE) + misspelt(f"the schema of {name}", schema, vocabulary.COLUMNS)
        for column in schema["columns"]:
            found += misspelt(f"{name}.{column['name']}", column, vocabulary.COLUMN)
        types = [c["datatype"] if isinstance(c["datatype"], str) else c["datatype"]["base"] for c in schema["columns"]]
        columns = list(zip((c["name"] for c in schema["columns"]), types, strict=True))
        found += differ(f"the columns of {name}", columns, facts.columns(name, csvw.TYPES))
        if "primaryKey" in schema:
            found += differ(f"the key of {name}", schema["primaryKey"], facts.tables[name]["key"])
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"]
            found += _target(name, _table_of(target["resource"]), target["columnReference"][0], facts)
    return found


def _ro_crate(text: str, facts: Facts) -> list[str]:
    graph = json.loads(text)["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    found = listed("entity", (entity["@id"] for entity in graph), entities)
    found += differ("the version", entities["./"]["version"], facts.manifest["version"])
    found += differ("the type of ./", entities["./"]["@type"], "Dataset")
    parts = [part["@id"] for part in entities["./"]["hasPart"]]
    found += listed("file", parts, {*facts.digests, SUMS} - {ro_crate.FILE})
    for name, entity in entities.items():
        found += misspelt(name, entity, vocabulary.CRATE)
        if entity["@type"] == "File" and name != SUMS:
            found += _file(name, int(entity["contentSize"]), entity["sha256"], facts)
        links = [link for value in entity.values() for link in (value if isinstance(value, list) else [value])]
        targets = {link["@id"] for link in links if isinstance(link, dict)} - entities.keys() - {ro_crate.SPECIFICATION}
        found += [f"{name} refers to {target}, which is not described" for target in sorted(targets)]
    return found


def _citation(text: str, facts: Facts) -> list[str]:
    import yaml

    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    version, dataset = facts.manifest["version"], facts.manifest["dataset"]
    found = differ("the version", said["version"], version)
    found += [] if f"version {version} " in said["message"] else ["the message does not name the version"]
    found += differ("the type", said.get("type"), "dataset")
    found += differ("the title", said["title"], dataset["title"])
    return found + differ("the licence", said["license"], dataset["licence"])


def _file(name: str, size: int, digest: str, facts: Facts) -> list[str]:
    if name not in facts.digests:
        return [f"names file {name}, which the release lacks"]
    return differ(f"the size of {name}", size, facts.sizes[name]) + differ(
        f"the digest of {name}", digest, facts.digests[name]
    )


def _table_of(url: str) -> str:
    return url.removeprefix("csv/").removesuffix(".csv")


def _target(where: str, table: str, column: str, facts: Facts) -> list[str]:
    """Whether a reference leads to the key of a table."""
    key = facts.tables[table]["key"] if table in facts.tables else None
    return [] if key == [column] else [f"{where} refers to {table}.{column}, which is no key"]


_CHECKS: Mapping[str, Callable[[str, Facts], list[str]]] = {
    "datapackage.json": _datapackage,
    "croissant.json": _croissant,
    "csvw-metadata.json": _csvw,
    ro_crate.FILE: _ro_crate,
    "CITATION.cff": _citation,
}
