"""Rows of one key set against each other: what they differ in, and which of them are preferred."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.engine import Connection, literal, quoted
from pipeline.plausible.warn import DAYS_APART, SAY_WHY, Loaded, is_answered, warning
from pipeline.problems import Problem, shown
from schemas.registry import Field


def check_agreement(con: Connection, loaded: Loaded) -> list[Problem]:
    """Rows of one key that differ in what the thing is, more than threefold in a figure, or by months in a date.

    Reads `claims.weighed`. Told where a row is far from more than half of the others; a note of any of them answers it.
    """
    chosen = ", ".join(literal(name) for name in loaded) or "NULL"
    rows = con.execute(
        "WITH cells AS (SELECT DISTINCT table_name, column_name, row_key, source_line, value, note FROM claims.weighed "
        f"WHERE column_name IS NOT NULL AND rank <> 'deprecated' AND table_name IN ({chosen})), "
        "several AS (SELECT table_name, column_name, row_key FROM cells "
        "GROUP BY table_name, column_name, row_key HAVING count(DISTINCT value) > 1) "
        "SELECT c.table_name, c.column_name, c.row_key, c.source_line, c.value, c.note FROM cells c JOIN several s "
        "ON s.table_name = c.table_name AND s.column_name = c.column_name AND s.row_key = c.row_key ORDER BY c.source_line"
    ).fetchall()
    stated: dict[tuple[str, str, str], list[tuple[int, str, str | None]]] = defaultdict(list)
    for table, column, key, line, value, note in rows:
        stated[table, column, key].append((line, value, note))
    problems = []
    for (table, column, _), cells in stated.items():
        is_far = _FAR.get(_compared_as(loaded[table][0].field(column)))
        if is_far is None or any(is_answered(note) for _, _, note in cells):
            continue
        for line, value, _ in cells:
            far = [(other_line, other) for other_line, other, _ in cells if is_far(value, other)]
            if 2 * len(far) > len(cells) - 1:
                place = f"{loaded[table][1].label}:{far[0][0]}"
                what = f"{place} says {shown(far[0][1])} of the same; correct the one that is wrong, or {SAY_WHY}"
                problems.append(warning(loaded, table, line, column, value, what, "agreement"))
    return problems


def _compared_as(field: Field) -> str:
    """How claims of a field are compared: as what a thing is (kind, country, organisation, unit), a figure, a date, or not."""
    cell = field.cell
    if cell.kind in ("code", "id", "iso3", "integer", "boolean") or (cell.kind == "text" and cell.references):
        return "class"
    return cell.kind


def _figures_apart(a: str, b: str) -> bool:
    """Whether one figure is more than three times the other. Nobody counts as far from none."""
    one, other = sorted(float(found[0]) if (found := re.search(r"[0-9]+(\.[0-9]+)?", text)) else 0.0 for text in (a, b))
    return other > 3 * one > 0


def _dates_apart(a: str, b: str) -> bool:
    """Whether two EDTF cells lie two months and more apart, by the days that they can mean; open ends are near anything."""
    (first, last), (begin, end) = _bounds(a), _bounds(b)
    return bool(
        (last and begin and begin - last > timedelta(DAYS_APART))
        or (end and first and first - end > timedelta(DAYS_APART))
    )


def _bounds(cell: str) -> tuple[date | None, date | None]:
    """The first and the last day that an EDTF cell can mean; None where open. As `pipeline.expand` has it in SQL."""
    start, _, end = cell.partition("/")
    low, high = start.strip("?~%."), (end or start).strip("?~%.")
    first = date.fromisoformat((low.replace("X", "0") + "-01-01")[:10]) if low else None
    if not high:
        return first, None
    if len(high) == 10:
        return first, date.fromisoformat(high)
    year, month = int(high[:4].replace("X", "9")), int(high[5:7] or 12)
    return first, date(year, month, monthrange(year, month)[1])


_FAR: dict[str, Callable[[str, str], bool]] = {
    "class": lambda a, b: a != b,
    "quantity": _figures_apart,
    "edtf": _dates_apart,
}


def check_ranks(con: Connection, loaded: Loaded) -> list[Problem]:
    """Preferred rows that state different values of the same, of which only one is published; reasons that say nothing.

    Reads `claims.weighed`. A note of any of the rows answers the first.
    """
    chosen = ", ".join(literal(name) for name in loaded) or "NULL"
    preferred = (
        "(SELECT DISTINCT table_name, column_name, row_key, source_line, value, note FROM claims.weighed "
        f"WHERE column_name IS NOT NULL AND rank = 'preferred' AND table_name IN ({chosen}))"
    )
    differing = con.execute(
        f"SELECT a.table_name, a.source_line, a.column_name, a.value, min(b.source_line), min_by(b.value, b.source_line), "
        f"string_agg(concat_ws(' ', a.note, b.note), ' ') FROM {preferred} a JOIN {preferred} b "
        "ON b.table_name = a.table_name AND b.column_name = a.column_name AND b.row_key = a.row_key AND b.value <> a.value "
        "GROUP BY ALL"
    ).fetchall()
    told = "{}:{} prefers {} of the same; prefer one of the two, or " + SAY_WHY
    problems = [
        warning(loaded, table, line, field, value, told.format(loaded[table][1].label, at, shown(other)), "ranks")
        for table, line, field, value, at, other, notes in differing
        if not is_answered(notes)
    ]
    for name, (table, _) in loaded.items():
        if table.layer == "source":
            found = con.execute(
                f"SELECT source_line, rank_reason FROM source.{quoted(name)} WHERE rank_reason NOT LIKE '%_ _%'"
            ).fetchall()
            what = "says too little; say why in one sentence"
            problems += [warning(loaded, name, line, "rank_reason", reason, what, "ranks") for line, reason in found]
    return problems
