"""The tests of the dbt project: what the models of schemas/ ask of each column, as dbt's own generic tests and three more.

dbt has not_null, unique, accepted_values and relationships; it has none for patterns, keys of several columns and items of
lists, for which its documentation says to write a macro.
"""

from __future__ import annotations

from typing import Any

from pipeline.claimed import LIVE
from schemas.fields import pattern_of
from schemas.registry import Column, Field, Table, tables, written

MACROS = """
{% test matches(model, column_name, pattern) %}
SELECT {{ column_name }} FROM {{ model }} WHERE NOT regexp_matches({{ column_name }}, '{{ pattern }}')
{% endtest %}

{% test key_is_unique(model, columns) %}
SELECT {{ columns | join(', ') }} FROM {{ model }} GROUP BY {{ columns | join(', ') }} HAVING count(*) > 1
{% endtest %}

{% test items_exist(model, column_name, to, field, stands) %}
SELECT item FROM (SELECT unnest(string_split({{ column_name }}, '; ')) AS item FROM {{ model }})
WHERE item NOT IN (
    {% for table in to %}{{ 'UNION ALL ' if not loop.first }}SELECT {{ field[loop.index0] }} FROM {{ ref(table) }}
    WHERE {{ stands[loop.index0] }} {% endfor %}
)
{% endtest %}

{% test citations_exist(model, column_name) %}
SELECT cited_id FROM (
    SELECT DISTINCT split_part(unnest(string_split({{ column_name }}, '; ')), ', ', 1) AS cited_id FROM {{ model }}
)
WHERE cited_id NOT IN (SELECT document_id FROM {{ ref('source_document') }})
{% endtest %}
"""


def tested() -> list[dict[str, Any]]:
    """What a schema.yml says of every model that is tested: sources as written, and everything published."""
    written_models = [_of_written(table) for table in written().values()]
    return written_models + [_of_published(table) for table in tables().values() if table.name != "change"]


def _of_written(table: Table) -> dict[str, Any]:
    columns = [{"name": f.name, "quote": True, "data_tests": _of_field(f)} for f in table.fields]
    return {"name": f"source_{table.name}", "columns": [c for c in columns if c["data_tests"]]}


def _of_field(field: Field) -> list[Any]:
    cell = field.cell
    tests: list[Any] = ["not_null"] if cell.required else []
    if cell.codes:
        tests.append({"accepted_values": {"arguments": {"values": list(cell.codes)}}})
    elif pattern := pattern_of(cell):
        tests.append({"matches": {"arguments": {"pattern": pattern.replace("'", "''")}}})
    if len(cell.references) == 1 and cell.kind != "list":
        to, column = cell.references[0].split(".")
        tests.append({"relationships": {"arguments": {"to": f"ref('source_{to}')", "field": column}}})
    elif cell.references:
        pairs = [r.split(".") for r in cell.references]
        live = ["true" if to == "document" else LIVE for to, _ in pairs]
        arguments = {"to": [f"source_{to}" for to, _ in pairs], "field": [c for _, c in pairs], "stands": live}
        tests.append({"items_exist": {"arguments": arguments}})
    if cell.kind == "cite":
        tests.append("citations_exist")
    return tests


def _of_published(table: Table) -> dict[str, Any]:
    alone = table.key[0] if len(table.key) == 1 else None
    columns = [{"name": c.name, "quote": True, "data_tests": _of_column(c, c.name == alone)} for c in table.columns]
    entry: dict[str, Any] = {"name": table.name, "columns": [c for c in columns if c["data_tests"]]}
    if len(table.key) > 1:
        quoted = [f'"{k}"' for k in table.key]
        entry["data_tests"] = [{"key_is_unique": {"arguments": {"columns": quoted}}}]
    return entry


def _of_column(column: Column, is_key: bool) -> list[Any]:
    tests: list[Any] = [] if column.nullable else ["not_null"]
    tests += ["unique"] if is_key else []
    if column.cell.codes and column.name == column.field:
        tests.append({"accepted_values": {"arguments": {"values": list(column.cell.codes)}}})
    return tests
