"""The data of the page: each table as one block of text that no browser can take for markup."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path
from typing import Any

_GZIP = 16 + zlib.MAX_WBITS


def table_columns(path: Path) -> dict[str, list[Any]]:
    """A Parquet table as lists, one per column: numbers, texts, lists of texts, days as text."""
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(path)
    days = [i for i, field in enumerate(table.schema) if pa.types.is_date(field.type)]
    for i in days:
        table = table.set_column(i, table.column_names[i], table.column(i).cast(pa.string()))
    return {name: table.column(name).to_pylist() for name in table.column_names}


def packed(content: Any) -> str:
    """Content as JSON, compressed, in letters and digits: whatever a cell holds, it cannot end the block or run.

    Compressed by pyarrow's own zlib, which the lock pins: Python's is that of the machine, and would give other bytes.
    """
    import pyarrow as pa

    compressed = pa.Codec("gzip", compression_level=9).compress(_written(content), asbytes=True)
    return base64.b64encode(compressed).decode("ascii")


def holds(block: str, content: Any) -> bool:
    """Whether a block holds some content, in whatever way it is compressed. Unpacks no more of it than that content has."""
    wanted = _written(content)
    try:
        unpacking = zlib.decompressobj(_GZIP)
        return unpacking.decompress(base64.b64decode(block, validate=True), len(wanted) + 1) == wanted
    except (ValueError, zlib.error):
        return False


def _written(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
