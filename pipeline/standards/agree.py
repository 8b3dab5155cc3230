"""Whether the descriptions of a release agree with what it holds: what the standards' own validators leave unchecked.

Validators check form. That a digest, a size, a column, its meaning or a version named in a description is that of the
release, that every file and table is described, and that no property is misspelt, is checked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pipeline.engine import literal, quoted
from pipeline.files import SUMS
from pipeline.standards import croissant, csvw, datapackage, ro_crate, vocabulary
from pipeline.standards.compare import about, columns, differ, file, listed, misspelt, opens, target

if TYPE_CHECKING:
    from pipeline.verify.opened import Opened


def _datapackage(release: Opened) -> list[str]:
    """What datapackage.json says that is not so."""
    package, profiles = release.json("datapackage.json"), datapackage.PROFILES
    names = {"name": "name", "title": "title", "version": "version", "keywords": "keywords"}
    found = about(release, package, names) + opens("the description", package["description"], _description(release))
    found += about(release, package["licenses"][0], {"name": "licence", "path": "licence_url"})
    found += misspelt("the package", package, vocabulary.PACKAGE)
    found += differ("$schema", package["$schema"], f"{profiles}/datapackage.json")
    found += listed("table", (r["name"] for r in package["resources"]), release.manifest.tables)
    for resource in package["resources"]:
        if resource["name"] in release.manifest.tables:
            found += _resource(release, resource)
    return found


def _resource(release: Opened, resource: Mapping[str, Any]) -> list[str]:
    """What the package says of one table."""
    name, schema, profiles = resource["name"], resource["schema"], datapackage.PROFILES
    first = "descriptions" not in release.manifest.said
    types = {**datapackage.TYPES, "VARCHAR[]": "string"} if first else datapackage.TYPES
    found = misspelt(name, resource, vocabulary.RESOURCE)
    found += misspelt(f"the schema of {name}", schema, vocabulary.SCHEMA)
    if not first:
        found += differ(f"$schema of {name}", resource["$schema"], f"{profiles}/dataresource.json")
        found += differ(f"$schema of the schema of {name}", schema["$schema"], f"{profiles}/tableschema.json")
    found += differ(f"the path of {name}", resource["path"], f"csv/{name}.csv")
    found += differ(f"the description of {name}", resource["description"], release.manifest.tables[name].description)
    found += file(release, resource["path"], resource["bytes"], resource["hash"].removeprefix("sha256:"))
    fields = [(f["name"], f["type"], f["description"]) for f in schema["fields"]]
    keys = [schema["primaryKey"]] if "primaryKey" in schema else schema.get("uniqueKeys", [])
    found += columns(release, name, types, fields, [part for key in keys for part in key])
    for field in schema["fields"]:
        found += misspelt(f"{name}.{field['name']}", field, vocabulary.FIRST_FIELD if first else vocabulary.FIELD)
        found += _constraints(release, name, field)
    for foreign in schema.get("foreignKeys", []):
        to = foreign["reference"]
        found += target(release, name, to.get("resource") or name, to["fields"][0])
    return found


def _constraints(release: Opened, table: str, field: Mapping[str, Any]) -> Iterator[str]:
    """What the package demands of a column that its Parquet file does not, or that a cell does not meet."""
    name, constraints = field["name"], field.get("constraints", {})
    where = f"{table}.{name}"
    yield from misspelt(f"a constraint of {where}", constraints, vocabulary.CONSTRAINTS)
    if "categories" in field:
        yield from differ(f"the categories of {where}", [c["value"] for c in field["categories"]], constraints["enum"])
    column = (
        next((c for c in release.tables[table].columns if c.name == name), None) if table in release.tables else None
    )
    if column is None:
        return
    if constraints.get("required", False) is column.nullable:
        yield f"{where} is {'' if column.nullable else 'not '}required, and parquet/{table}.parquet says otherwise"
    if codes := constraints.get("enum"):
        cell = f"CAST({quoted(name)} AS VARCHAR)"
        known = ", ".join(literal(str(code)) for code in codes)
        sql = f"SELECT DISTINCT {cell} FROM now.{quoted(table)} WHERE {cell} NOT IN ({known}) ORDER BY 1"
        yield from (
            f"{where} holds {row[0]!r}, which is none of its codes" for row in release.con.execute(sql).fetchall()
        )


def _croissant(release: Opened) -> list[str]:
    said = release.json("croissant.json")
    names = {"name": "name", "alternateName": "title", "version": "version", "license": "licence_url"}
    found = about(release, said, {**names, "keywords": "keywords", "datePublished": "released"})
    found += about(release, said["publisher"], {"name": "publisher"})
    found += opens("the description", said["description"], _description(release))
    found += misspelt("the dataset", said, vocabulary.CROISSANT)
    found += differ("@context", said["@context"], croissant.CONTEXT)
    data = {name for name in release.sums.names if name.startswith(("csv/", "parquet/"))}
    found += listed("file", (f["contentUrl"] for f in said["distribution"]), data)
    for entry in said["distribution"]:
        found += misspelt(entry["@id"], entry, vocabulary.FILE)
        found += differ(f"the id of {entry['contentUrl']}", entry["@id"], entry["contentUrl"])
        found += file(release, entry["contentUrl"], int(entry["contentSize"].removesuffix(" B")), entry["sha256"])
    found += listed("table", (r["@id"] for r in said["recordSet"]), release.manifest.tables)
    for records in said["recordSet"]:
        if records["@id"] in release.manifest.tables:
            found += _records(release, records)
    return found


def _records(release: Opened, records: Mapping[str, Any]) -> list[str]:
    """What a record set says of its table's columns, key and references."""
    name = records["@id"]
    found = misspelt(name, records, vocabulary.RECORDS)
    found += differ(f"the description of {name}", records["description"], release.manifest.tables[name].description)
    fields = [(f["source"]["extract"]["column"], f["dataType"], f["description"]) for f in records["field"]]
    key = [part["@id"].removeprefix(f"{name}/") for part in records.get("key", [])]
    found += columns(release, name, croissant.TYPES, fields, key)
    for field in records["field"]:
        found += misspelt(field["@id"], field, vocabulary.RECORD_FIELD)
        found += differ("the id of a field", field["@id"], f"{name}/{field['source']['extract']['column']}")
        found += differ(f"the file of {field['@id']}", field["source"]["fileObject"]["@id"], f"parquet/{name}.parquet")
        if "references" in field:
            to = field["references"]["fileObject"]["@id"].removeprefix("parquet/").removesuffix(".parquet")
            found += target(release, field["@id"], to, field["references"]["extract"]["column"])
    return found


def _csvw(release: Opened) -> list[str]:
    group = release.json("csvw-metadata.json")
    names = {"dc:title": "title", "dc:publisher": "publisher", "dc:subject": "keywords", "schema:version": "version"}
    found = about(release, group, names) + about(release, group["dc:license"], {"@id": "licence_url"})
    found += opens("the description", group["dc:description"], _description(release))
    found += misspelt("the group", group, vocabulary.GROUP)
    urls = {f"csv/{name}.csv": name for name in release.manifest.tables}
    found += listed("file", (t["url"] for t in group["tables"]), urls)
    for table in group["tables"]:
        if table["url"] in urls:
            found += _csvw_table(release, urls[table["url"]], table)
    return found


def _csvw_table(release: Opened, name: str, table: Mapping[str, Any]) -> list[str]:
    """What the group says of one CSV file."""
    schema = table["tableSchema"]
    found = misspelt(name, table, vocabulary.TABLE) + misspelt(f"the schema of {name}", schema, vocabulary.COLUMNS)
    found += differ(f"the description of {name}", table["dc:description"], release.manifest.tables[name].description)
    said = []
    for column in schema["columns"]:
        found += misspelt(f"{name}.{column['name']}", column, vocabulary.COLUMN)
        type_ = column["datatype"]
        said.append((column["name"], type_ if isinstance(type_, str) else type_["base"], column["dc:description"]))
    true = release.manifest.tables[name].table
    unsaid = any(c.type == "VARCHAR[]" for c in true.columns if c.name in true.key)  # as the standard cannot say it
    found += columns(release, name, csvw.TYPES, said, schema.get("primaryKey", true.key if unsaid else []))
    for foreign in schema.get("foreignKeys", []):
        to = foreign["reference"]
        table_name = to["resource"].removeprefix("csv/").removesuffix(".csv")
        found += target(release, name, table_name, to["columnReference"][0])
    return found


def _ro_crate(release: Opened) -> list[str]:
    graph = release.json(ro_crate.FILE)["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    root = entities["./"]
    names = {"name": "title", "version": "version", "keywords": "keywords", "datePublished": "released"}
    found = about(release, root, names) + about(release, root["license"], {"@id": "licence_url"})
    found += opens("the description", root["description"], _description(release))
    found += listed("entity", (entity["@id"] for entity in graph), entities)
    found += differ("the type of ./", root["@type"], "Dataset")
    found += listed("file", [part["@id"] for part in root["hasPart"]], {*release.sums.names, SUMS} - {ro_crate.FILE})
    for name, entity in entities.items():
        found += misspelt(name, entity, vocabulary.CRATE)
        if entity["@type"] == "File" and name != SUMS:
            found += file(release, name, int(entity["contentSize"]), entity["sha256"])
            found += _rows(release, name, entity)
        links = [link for value in entity.values() for link in (value if isinstance(value, list) else [value])]
        targets = {link["@id"] for link in links if isinstance(link, dict)} - entities.keys() - {ro_crate.SPECIFICATION}
        found += [f"{name} refers to {target}, which is not described" for target in sorted(targets)]
    return found


def _rows(release: Opened, name: str, entity: Mapping[str, Any]) -> list[str]:
    """Whether a data file holds what the crate says of it."""
    folder, _, rest = name.rpartition("/")
    table = release.manifest.tables.get(rest.partition(".")[0]) if folder else None
    if table is None:
        return []
    return differ(f"the description of {name}", entity["description"], f"{table.description} Rows: {table.rows}.")


def _citation(release: Opened) -> list[str]:
    import yaml

    try:
        said = yaml.safe_load(release.files["CITATION.cff"].read_text("utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    found = about(release, said, {"version": "version", "title": "title", "license": "licence"})
    found += about(release, said["authors"][0], {"name": "publisher"})
    found += differ("the keywords", said.get("keywords", []), release.manifest.about.get("keywords"))
    found += differ("the date", str(said.get("date-released")), str(release.manifest.about.get("issued")))
    found += opens("the abstract", said["abstract"], _description(release))
    named = f"version {release.manifest.said['version']} " in said["message"]
    return (
        found
        + differ("the type", said.get("type"), "dataset")
        + ([] if named else ["the message names no such version"])
    )


def _description(release: Opened) -> str:
    return str(release.manifest.about["description"])


DESCRIPTIONS: Mapping[str, Callable[[Opened], list[str]]] = {
    "datapackage.json": _datapackage,
    "croissant.json": _croissant,
    "csvw-metadata.json": _csvw,
    ro_crate.FILE: _ro_crate,
    "CITATION.cff": _citation,
}
"""The descriptions by a standard, each with what says that is not so."""
