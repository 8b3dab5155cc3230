"""What a query or a definition calls, and what of that is refused: functions that run others by name, or change anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

ASKING = frozenset(
    {
        "generate_series", "glob", "histogram", "histogram_values", "icu_calendar_names", "json_each", "json_tree",
        "pg_timezone_names", "query_table", "range", "repeat", "repeat_row", "sniff_csv", "summary", "test_all_types", "test_vector_types", "unnest",
    }
)  # fmt: skip
"""Table functions that make or tell something, and change nothing; query_table() takes names of tables, and of files as FROM does."""

_TELLING = ("duckdb_", "parquet_", "pragma_", "read_")
"""How others begin that only read: of files, those that DuckDB is let read."""

REFUSED = frozenset(
    {
        "add_parquet_key", "arrow_scan", "arrow_scan_dumb", "checkpoint", "copy_database", "create_external_resource",
        "deregister_external_resource", "destroy_external_resource", "disable_logging", "disable_profiling", "enable_logging",
        "enable_profiling", "force_checkpoint", "import_database", "json_execute_serialized_sql", "pandas_scan", "python_arrow_scan",
        "python_map_function", "query", "read_duckdb", "register_external_resource", "register_external_resource_type",
        "seq_scan", "truncate_duckdb_logs", "which_secret", "write_log",
    }
)  # fmt: skip
"""Functions that run a text, or another function by its name, and so write; read memory by its address; or change the engine."""


def is_asking(name: str) -> bool:
    """Whether a table function is known to change nothing."""
    return name not in REFUSED and (name in ASKING or name.startswith(_TELLING))


def refused(sql: str) -> str | None:
    """The first function that an SQL text calls and may not; None where there is none."""
    return next((name for name in _called(sql) if name in REFUSED), None)


def _called(sql: str) -> Iterator[str]:
    """The names before a bracket, whether of functions or not; DuckDB takes them in any case, quoted or not."""
    for (name, _), (after, _) in pairwise(_tokens(sql)):
        if after.startswith("("):
            yield name.removeprefix('"').removesuffix('"').replace('""', '"').lower()


def _tokens(sql: str) -> Iterator[tuple[str, object]]:
    """The parts of an SQL text, with their kinds, without what is remarked."""
    import duckdb

    code = sql.encode()
    starts = [*duckdb.tokenize(sql), (len(code), duckdb.token_type.comment)]
    for (begin, kind), (end, _) in pairwise(starts):
        if kind != duckdb.token_type.comment:
            yield code[begin:end].decode("utf-8", "replace").strip(), kind
