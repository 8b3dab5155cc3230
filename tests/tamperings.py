"""Tamperings with the tables of a release, and what catches each: first of the bytes, then of what they mean."""

from __future__ import annotations

from pathlib import Path

from pipeline.claimed import CLAIM_ID
from tests.tampered import Tampering, change_json, change_table, change_text, make_again, seal, write

A_CLAIM = "(SELECT min(claim_id) FROM claim WHERE table_name = 'mission_strength' AND column_name = 'nations')"


def swap_lines(folder: Path) -> None:
    lines = (folder / "csv" / "country.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "csv" / "country.csv").write_text("".join([lines[0], *reversed(lines[1:])]), "utf-8")


def column(folder: Path, table: str, name: str, type_: str) -> None:
    def change(said: dict[str, dict[str, dict[str, list[dict[str, str]]]]]) -> None:
        next(c for c in said["tables"][table]["columns"] if c["name"] == name)["type"] = type_

    change_json(folder, "manifest.json", change)


def sql(table: str, statement: str, by: set[str], telling: str, *, csv: bool = True) -> Tampering:
    """A table changed as CSV and Parquet, or only as the latter."""
    return Tampering(lambda f: change_table(f, table, statement, csv=csv), by, telling, make_again)


def text(table: str, old: str, new: str, telling: str) -> Tampering:
    """A CSV file changed, and no other."""
    name = f"csv/{table}.csv"
    by = {"cells", "metadata"}
    return Tampering(lambda f: change_text(f, name, old, new), by, telling, sign=lambda f: seal(f, name))


def parquet(table: str, of: str, telling: str, size: int | None = None) -> Tampering:
    """A Parquet file written over with another, or with the beginning of it."""
    name = f"parquet/{table}.parquet"
    return Tampering(
        lambda f: write(f, name, (f / f"parquet/{of}.parquet").read_bytes()[:size]), {"schemas"}, telling,
        sign=lambda f: seal(f, name),
    )  # fmt: skip


BYTES: dict[str, Tampering] = {
    "missing CSV": Tampering(
        lambda f: (f / "csv/event.csv").unlink(), {"metadata"}, "csv/event.csv"),
    "missing Parquet": Tampering(
        lambda f: (f / "parquet/event.parquet").unlink(), {"schemas", "metadata"}, "parquet/event.parquet: missing"),
    "stray CSV": Tampering(
        lambda f: write(f, "csv/harbour.csv", b"a\n"), {"schemas", "metadata"}, "csv/harbour.csv: belongs to no table"),
    "CSV no text": Tampering(
        lambda f: write(f, "csv/event.csv", b"\xff\xfe\x00"), {"cells", "metadata"}, "csv/event.csv",
        sign=lambda f: seal(f, "csv/event.csv")),
    "Parquet of another table": parquet("event", "actor", "parquet/event.parquet: lacks the column event_id"),
    "Parquet cut short": parquet("country", "country", "parquet/country.parquet: cannot be read", -9),
    "Parquet of another release": Tampering(
        lambda f: change_table(f, "event", about={"version": "0.1.0"}), {"schemas"},
        "parquet/event.parquet: calls its version '0.1.0'", lambda f: seal(f, "parquet/event.parquet")),
    "Parquet of another licence": Tampering(
        lambda f: change_table(f, "event", about={"licence": "MIT"}), {"schemas"},
        "parquet/event.parquet: calls its licence 'MIT'", lambda f: seal(f, "parquet/event.parquet")),
    "Parquet that is none": Tampering(
        lambda f: write(f, "parquet/event.parquet", b"PAR1 no PAR1"), {"schemas"}, "cannot be read",
        sign=lambda f: seal(f, "parquet/event.parquet")),
}  # fmt: skip
"""Files that are not what they should be."""

CELLS: dict[str, Tampering] = {
    "changed CSV cell": text("mission_strength", ",28,", ",29,", "the first is row 1, in nations"),
    "changed CSV header": text("mission_strength", "nations,", "states,", "its header is mission_id"),
    "CSV row removed": text("mission", "eufor,EUFOR", "\n", "csv/mission.csv: "),
    "CSV rows in another order": Tampering(
        swap_lines, {"cells", "metadata"}, "2 rows differ", sign=lambda f: seal(f, "csv/country.csv")),
    "changed Parquet cell": sql(
        "country", "UPDATE country SET capital = 'Tirana' WHERE iso3 = 'ALB'", {"cells", "claims", "metadata"},
        "in capital", csv=False),
    "duplicated key": sql(
        "organisation", "INSERT INTO organisation SELECT * FROM organisation LIMIT 1", {"keys"},
        "2 rows have the key organisation_id=eu"),
    "dangling reference": sql(
        "actor", "INSERT INTO actor BY NAME SELECT 'x' AS actor_id, 'ZZZ' AS iso3, 1 AS n_claims, false AS disputed",
        {"references", "claims"}, "iso3 'ZZZ' is not in country.iso3"),
    "dangling item of a list": sql(
        "mission", "UPDATE mission SET hosts = ['XKX', 'ZZZ'] WHERE mission_id = 'kfor'",
        {"references", "claims"}, "hosts 'ZZZ' is not in country.iso3"),
    "claim of no document": sql(
        "claim", f"UPDATE claim SET document_id = 'nil' WHERE claim_id = {A_CLAIM}",
        {"references", "claims"}, "document_id 'nil' is not in document.document_id"),
}  # fmt: skip
"""Cells, keys and references."""

CLAIMS: dict[str, Tampering] = {
    "claim removed": sql(
        "claim", f"DELETE FROM claim WHERE claim_id = {A_CLAIM}",
        {"claims"}, 'kfor|as_of=2023-06: nations "28 exact" has no published claim'),
    "claim of a row removed": sql(
        "claim", "DELETE FROM claim WHERE row_key = 'mission_id=eufor'",
        {"claims"}, "mission_id=eufor: no claim says that there is such a row"),
    "claim not published": sql(
        "claim", f"UPDATE claim SET is_published = false WHERE claim_id = {A_CLAIM}",
        {"claims"}, "has no published claim"),
    "deprecated claim published": sql(
        "claim", "UPDATE claim SET is_published = true WHERE rank = 'deprecated'",
        {"claims", "conflicts"}, "is deprecated and published"),
    "claimed value changed": sql(
        "claim", f"UPDATE claim SET value = '30' WHERE claim_id = {A_CLAIM}",
        {"claims"}, 'nations is "28 exact", and "30 exact" is claimed'),
    "published value changed": sql(
        "mission_strength", "UPDATE mission_strength SET personnel_low = 4501",
        {"claims"}, 'personnel is "4501 more_than", and "4500 more_than" is claimed'),
    "published row removed": sql(
        "relation", "DELETE FROM relation", {"claims"}, "relation_id=loan: claimed, and not there"),
    "miscounted claims": sql("relation", "UPDATE relation SET n_claims = 9", {"claims"}, "n_claims is 9"),
    "dispute denied": sql(
        "mission_strength", "UPDATE mission_strength SET disputed = false",
        {"claims"}, "disputed is false, and by its claims it is true"),
    "first release changed": sql(
        "claim", f"UPDATE claim SET first_release = '0.2.0' WHERE claim_id = {A_CLAIM}",
        {"version"}, "says it first appeared in 0.2.0, and it did in 0.1.0"),
    "conflict removed": sql(
        "conflict", "DELETE FROM conflict WHERE column_name = 'personnel'",
        {"conflicts"}, "is claimed with several values, and missing here"),
    "conflict with another outcome": sql(
        "conflict", "UPDATE conflict SET published_value = '4400' WHERE column_name = 'personnel'",
        {"conflicts"}, "has another published_value than its claims"),
}  # fmt: skip
"""Claims, and what follows from them."""


def alike(folder: Path) -> None:
    """Publish another value, and let its claim say the same."""
    change_table(
        folder, "mission_strength", "UPDATE mission_strength SET nations = 29, nations_low = 29, nations_high = 29"
    )
    change_table(
        folder, "claim",
        f"UPDATE claim SET value = '29', first_release = '0.2.0' WHERE claim_id = {A_CLAIM}",
        f"UPDATE claim SET claim_id = {CLAIM_ID} WHERE value = '29'",
    )  # fmt: skip


EXPLAINED: dict[str, Tampering] = {
    "value and its claim changed alike": Tampering(alike, {"version"}, "csv/change.csv: does not list", make_again),
    "bibliography changed": sql(
        "document", "UPDATE document SET title = 'Forged.' WHERE document_id = 'web2023'", {"version"}, "csv/change.csv: does not list"),
    "reason of a rank changed": sql(
        "claim", "UPDATE claim SET rank_reason = 'Forged.' WHERE rank = 'deprecated'", {"version"}, "csv/change.csv: does not list"),
    "change invented": sql(
        "change", "UPDATE change SET new = '2008' WHERE new = '2009-12'", {"version"}, "lists what is no change"),
    "class of a change changed": sql(
        "change", "UPDATE change SET class = 'correction' WHERE class = 'added'", {"version"}, "csv/change.csv: does not list"),
    "claims behind a change taken away": sql(
        "change", "UPDATE change SET claims = NULL WHERE len(claims) > 0", {"version"}, "csv/change.csv: does not list"),
}  # fmt: skip
"""What only the list of changes tells: each differs from the release before, and is not listed as changed."""

UNSEEN: dict[str, Tampering] = {
    "join changed": sql("timeline", "UPDATE timeline SET label = 'Forged.'", set(), "csv/timeline.csv"),
}  # fmt: skip
"""What contradicts nothing in the release once all has been made right: only its sources do."""

TABLES = {**BYTES, **CELLS, **CLAIMS, **EXPLAINED}
