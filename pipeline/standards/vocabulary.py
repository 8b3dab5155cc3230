"""The properties that the descriptions of a release use, by entry: any other is a slip of the pen."""

from __future__ import annotations

# Data Package
PACKAGE = {"$schema", "name", "title", "description", "version", "keywords", "licenses", "contributors", "resources"}
RESOURCE = {
    "$schema",
    "name",
    "type",
    "path",
    "description",
    "format",
    "mediatype",
    "encoding",
    "bytes",
    "hash",
    "schema",
}
SCHEMA = {"$schema", "fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys"}
FIELD = {"name", "type", "description", "example", "constraints", "categories", "delimiter", "itemType", "unit"}
FIRST_FIELD = {"name", "type", "description", "example", "constraints", "unit", "itemSeparator"}
"""Those of the first releases, which listed no descriptions in their manifest, and wrote lists as strings."""
CONSTRAINTS = {"required", "enum"}

# Croissant
CROISSANT = {
    "@context",
    "@type",
    "conformsTo",
    "name",
    "alternateName",
    "description",
    "version",
    "datePublished",
    "license",
    "creator",
    "publisher",
    "keywords",
    "inLanguage",
    "isLiveDataset",
    "citeAs",
    "rai:dataCollection",
    "rai:dataLimitations",
    "rai:dataPreprocessingProtocol",
    "rai:dataReleaseMaintenancePlan",
    "rai:dataUseCases",
    "distribution",
    "recordSet",
}
FILE = {"@type", "@id", "name", "description", "contentUrl", "contentSize", "encodingFormat", "sha256"}
RECORDS = {"@type", "@id", "name", "description", "key", "field"}
RECORD_FIELD = {"@type", "@id", "name", "description", "dataType", "isArray", "arrayShape", "references", "source"}

# CSV on the Web
GROUP = {
    "@context",
    "@type",
    "dc:title",
    "dc:description",
    "dc:publisher",
    "dc:license",
    "dc:subject",
    "dc:issued",
    "schema:version",
    "tables",
}
TABLE = {"@type", "url", "dc:title", "dc:description", "tableSchema"}
COLUMNS = {"columns", "primaryKey", "foreignKeys"}
COLUMN = {"name", "titles", "dc:description", "datatype", "required", "separator"}

# RO-Crate
CRATE = {
    "@id",
    "@type",
    "name",
    "description",
    "version",
    "datePublished",
    "license",
    "author",
    "publisher",
    "keywords",
    "creditText",
    "hasPart",
    "encodingFormat",
    "contentSize",
    "sha256",
    "conformsTo",
    "about",
}
