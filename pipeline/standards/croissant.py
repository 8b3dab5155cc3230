"""croissant.json: the release as machine-learning tools load it (https://docs.mlcommons.org/croissant/), version 1.1."""

from __future__ import annotations

from typing import Any

from pipeline.files import sha256
from pipeline.standards.citation import bibtex
from pipeline.standards.references import Reference, references
from pipeline.standards.staged import Staged
from schemas.fields import STATUS_NOTE
from schemas.registry import Column, Table

TYPES = {
    "VARCHAR": "sc:Text",
    "VARCHAR[]": "sc:Text",
    "BIGINT": "cr:Int64",
    "DOUBLE": "cr:Float64",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
}

_RESPONSIBLE = {
    "collection": "rai:dataCollection",
    "preprocessing": "rai:dataPreprocessingProtocol",
    "uses": "rai:dataUseCases",
    "maintenance": "rai:dataReleaseMaintenancePlan",
}
"""The sections of the datasheet that the vocabulary for responsible use has a property for."""

_MEDIA_TYPES = {"parquet": "application/x-parquet", "csv": "text/csv"}

_CROISSANT = "http://mlcommons.org/croissant/1.1"
_RESPONSIBLE_USE = "http://mlcommons.org/croissant/RAI/1.0"

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The standard's own context, whole and in place: tools compare it, and none needs the network to read it."""


def croissant(staged: Staged) -> dict[str, Any]:
    """Every data file with its digest, and a record set per table, read from its Parquet file."""
    dataset = staged.dataset
    responsible = _responsible(staged)
    publisher = {"@type": "sc:Organization", "name": dataset.publisher}
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [_CROISSANT, *([_RESPONSIBLE_USE] if responsible else [])],
        "name": dataset.name,
        "alternateName": dataset.title,
        "description": f"{dataset.description} {STATUS_NOTE}",
        "version": staged.version,
        "datePublished": (dataset.issued or dataset.as_of).isoformat(),
        "license": dataset.licence_url,
        "creator": publisher,
        "publisher": publisher,
        "keywords": list(dataset.keywords),
        "inLanguage": "en",
        "isLiveDataset": False,
        "citeAs": bibtex(staged),
        **responsible,
        "distribution": [_file(table, kind, staged) for table in staged.tables.values() for kind in _MEDIA_TYPES],
        "recordSet": [_records(table, staged) for table in staged.tables.values()],
    }


def _responsible(staged: Staged) -> dict[str, Any]:
    """What the datasheet says of how the data came about and is to be used, and the gaps that it counts."""
    said = {name: staged.dataset.datasheet[s] for s, name in _RESPONSIBLE.items() if s in staged.dataset.datasheet}
    gaps = [gap for figure in staged.figures if figure.name == "gaps" for gap in figure.rows]
    return {
        **said,
        **({"rai:dataLimitations": [f"{what}: {n} out of {every}" for what, n, every in gaps]} if gaps else {}),
    }


def _file(table: Table, kind: str, staged: Staged) -> dict[str, Any]:
    path = f"{kind}/{table.name}.{kind}"
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "description": table.description,
        "contentUrl": path,
        "contentSize": f"{(staged.folder / path).stat().st_size} B",
        "encodingFormat": _MEDIA_TYPES[kind],
        "sha256": sha256(staged.folder / path),
    }


def _records(table: Table, staged: Staged) -> dict[str, Any]:
    # Loaders join what a field refers to, and can join neither a table to itself nor the items of a list.
    joined = {r.column: r for r in references(table, staged.tables) if r.target != table.name and not r.many}
    fields = [_field(column, table, joined.get(column.name)) for column in table.columns]
    key = {"key": [{"@id": f"{table.name}/{name}"} for name in table.key]} if table.key else {}
    described = {"name": table.name, "description": table.description}
    return {"@type": "cr:RecordSet", "@id": table.name, **described, **key, "field": fields}


def _column_of(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"parquet/{table}.parquet"}, "extract": {"column": column}}


def _field(column: Column, table: Table, reference: Reference | None) -> dict[str, Any]:
    """One column. It refers to a column of a file, not to a field: a loader then need not follow that one's references."""
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": TYPES[column.type],
        **({"isArray": True, "arrayShape": "-1"} if column.type == "VARCHAR[]" else {}),
        "source": _column_of(table.name, column.name),
        **({"references": _column_of(reference.target, reference.target_column)} if reference else {}),
    }
