"""What a query or a definition calls, and what of that is refused: functions that run others by name, or change anything."""

from __future__ import annotations

from itertools import pairwise

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


def refused(sql: str) -> str | None:
    """The first function that an SQL text calls and may not; None where there is none.

    Any name before a bracket counts, whether of a function or not; DuckDB takes them in any case, quoted or not.
    """
    words = [word for _, word in parts(sql)]
    called = (_plain(name) for name, after in pairwise(words) if after.startswith("("))
    return next((name for name in called if name in REFUSED), None)


def _plain(name: str) -> str:
    return name.removeprefix('"').removesuffix('"').replace('""', '"').lower()


def parts(sql: str) -> list[tuple[int, str]]:
    """The words and signs of an SQL text but for what is remarked: where each begins, in bytes, and what it is."""
    import duckdb

    code, found = sql.encode(), duckdb.tokenize(sql)
    ends = [*(begin for begin, _ in found[1:]), len(code)]
    return [
        (begin, code[begin:end].decode("utf-8", "replace").strip())
        for (begin, kind), end in zip(found, ends, strict=True)
        if kind != duckdb.token_type.comment
    ]
