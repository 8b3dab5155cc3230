"""The pipeline in pandas and Pandera, straightforward and in memory: what an analyst would write first.

    python -m tests.bench.peers.in_pandas CHECKOUT OUTPUT

The same Pandera models on whole tables, keys and references by merging, claims by melting, weighing by sorting, the two
joins with the most rows in their plain part, and Parquet (zstd) and CSV of every table made.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.bibliography import read_bibliography
from pipeline.project import Project
from schemas.registry import CLAIM_COLUMNS, Field, Table, sources, tables, written
from tests.bench.peers.pandas_cells import cells_as_text, expand, first_day

if TYPE_CHECKING:
    import pandas as pd

    Frame = pd.DataFrame
    Frames = dict[str, pd.DataFrame]

_CELL = ["table_name", "row_key", "column_name"]


def run_in_pandas(root: Path, output: Path) -> None:
    """Read, validate, weigh, join and write. Raises where the sources are not sound."""
    project = Project(root)
    read = read_all(project)
    validate(read)
    claims = weighed(read)
    made = {name: published(table, read[name], claims) for name, table in sources().items()}
    made["document"] = _expanded(written()["document"], read["document"])
    made["claim"] = claim_table(claims, read["reference"])
    made["conflict"] = conflicts(made["claim"])
    made["mission_contribution"] = contributions(made)
    for name, frame in made.items():
        write(name, frame, output)


def read_all(project: Project) -> Frames:
    """Every source table as text, empty cells as missing."""
    import pandas as pd

    read = {
        name: pd.read_csv(project.sources / table.file, dtype="str", keep_default_na=False, na_values=[""])
        for name, table in sources().items()
    }
    read["document"] = read_bibliography(project.sources / "references.json", "references.json").rows.to_pandas()
    return read


def validate(read: Frames) -> None:
    """Rows against their models; keys, references and citations across tables."""
    for name, table in written().items():
        table.model.to_schema().validate(read[name], lazy=True)
    for name, table in sources().items():
        frame = read[name]
        cited = frame.assign(cite=frame["cite"].str.split("; ")).explode("cite")
        assert cited["cite"].str.split(", ", n=1).str[0].isin(read["document"]["document_id"]).all(), name
        stated = [*table.key, "cite", *(f.name for f in table.claimed)]
        assert not cited.duplicated(stated).any(), name
        for field in table.fields:
            _validate_reference(field, frame, read)


def _validate_reference(field: Field, frame: Frame, read: Frames) -> None:
    import pandas as pd

    if not field.cell.references:
        return
    known = pd.concat([read[to][column] for to, column in (r.split(".") for r in field.cell.references)])
    found = frame[field.name].dropna().str.split("; ").explode()
    assert found.isin(known).all(), field.name


def _key(table: Table, frame: Frame) -> pd.Series[str]:
    parts = [f"{name}=" + frame[name].fillna("") for name in table.key]
    key = parts[0]
    for part in parts[1:]:
        key = key + "|" + part
    return key


def _cells(table: Table, frame: Frame) -> Frame:
    """One row per filled cell and citation; one per citation of a row that fills none."""
    import pandas as pd

    names = [f.name for f in table.claimed]
    rows = frame[[*CLAIM_COLUMNS]].assign(
        table_name=table.name,
        row_key=_key(table, frame),
        source_file=f"sources/{table.file}",
        source_line=range(2, len(frame) + 2),
        rank=frame["rank"].fillna("normal"),
    )
    columns = list(rows.columns)
    cells = pd.concat([rows, frame[names].add_prefix("value of ")], axis=1)
    long = cells.melt(columns, var_name="column_name", value_name="value").dropna(subset="value")
    long["column_name"] = long["column_name"].str.removeprefix("value of ")
    bare = rows[frame[names].isna().all(axis=1)].assign(column_name=None, value=None)
    both = pd.concat([long, bare], ignore_index=True) if len(bare) else long
    both = both.assign(cite=both["cite"].str.split("; ")).explode("cite", ignore_index=True)
    passage = both["cite"].str.partition(", ")
    return both.assign(document_id=passage[0], locator=passage[2].replace("", None)).drop(columns="cite")


def weighed(read: Frames) -> Frame:
    """Every claim, with its id, its corroboration, and whether its value stands."""
    import pandas as pd

    claims = pd.concat([_cells(t, read[name]) for name, t in sources().items() if len(read[name])], ignore_index=True)
    documents = read["document"][["document_id", "reliability", "issued"]]
    claims = claims.merge(documents, "left", "document_id")
    claims["claim_id"] = _ids(claims)
    live = claims["rank"] != "deprecated"
    same = [*_CELL, "value"]
    agreed = claims[live].groupby(same, dropna=False)["document_id"].nunique().rename("corroboration").reset_index()
    claims = claims.merge(agreed, "left", same).fillna({"corroboration": 0}).astype({"corroboration": "int64"})
    best = claims[claims["rank"] != "deprecated"].assign(
        first=lambda c: c["rank"] != "preferred",
        grade=lambda c: c["reliability"].map({g: n for n, g in enumerate("ABCDEF")}),
        age=lambda c: -first_day(c["issued"]).astype("int64"),
        passage=lambda c: c["locator"].fillna(""),
        fewer=lambda c: -c["corroboration"],
    )
    best = best.sort_values(["first", "grade", "age", "fewer", "document_id", "passage", "value"])
    winners = best.drop_duplicates(_CELL)[same].rename(columns={"value": "winner"})
    claims = claims.merge(winners.assign(won=True), "left", _CELL)
    equal = (claims["value"] == claims["winner"]) | (claims["value"].isna() & claims["winner"].isna())
    stands = (claims["rank"] != "deprecated") & claims["won"].notna() & equal
    return claims.assign(is_published=stands).drop(columns=["winner", "won"])


def _ids(claims: Frame) -> list[str]:
    columns = [claims[n].fillna("") for n in (*_CELL, "value", "document_id", "locator")]
    return [hashlib.sha256("|".join(parts).encode()).hexdigest()[:16] for parts in zip(*columns, strict=True)]


def published(table: Table, frame: Frame, claims: Frame) -> Frame:
    """One row per key that a live row states, in the order of the key."""
    live = frame[frame["rank"] != "deprecated"]
    keys = live[[*table.key]].assign(row_key=_key(table, live)).drop_duplicates()
    mine = claims[claims["table_name"] == table.name]
    won = mine[mine["is_published"] & mine["column_name"].notna()].drop_duplicates(["row_key", "column_name"])
    values = won.pivot(index="row_key", columns="column_name", values="value")
    values = values.reindex(columns=[f.name for f in table.claimed]).astype("str")
    counted = mine.groupby("row_key").agg(n_claims=("claim_id", "size"))
    differing = mine[mine["rank"] != "deprecated"].groupby(["row_key", "column_name"])["value"].nunique()
    disputed = differing.gt(1).groupby("row_key").any().rename("disputed").reset_index()
    whole = keys.merge(values, "left", "row_key").merge(counted, "left", "row_key").merge(disputed, "left", "row_key")
    made = _expanded(table, whole.fillna({"disputed": False}).astype({"disputed": bool}))
    return made.sort_values(list(table.key), na_position="last", key=_sortable, ignore_index=True)


def _sortable(column: Any) -> Any:
    return column.map(tuple, na_action="ignore") if column.dtype == object else column


def _expanded(table: Table, frame: Frame) -> Frame:
    import pandas as pd

    made: dict[str, Any] = {}
    for field in table.facts if table.layer == "source" else table.fields:
        made |= expand(field, frame[field.name])
    return pd.DataFrame(made | {n: frame[n] for n in ("n_claims", "disputed") if n in frame})


def claim_table(claims: Frame, reference: Frame) -> Frame:
    """The published table of claims."""
    note = claims["locator"].str.extract(r"(?:^|, )n\. ([0-9]+)")[0]
    notes = reference.groupby(["document_id", "note_number"])["cited_document_id"].min()
    cited = notes.rename("origin_document_id").reset_index()
    whole = claims.assign(note_number=note, evidence="not_checked", first_release="0.1.0")
    whole = whole.merge(cited, "left", ["document_id", "note_number"])
    return whole[[c.name for c in tables()["claim"].columns]].sort_values("claim_id", ignore_index=True)


def conflicts(claims: Frame) -> Frame:
    """The keys and columns with more than one value, with the published one and all documents; no sentence says why."""
    cells = claims[claims["column_name"].notna()]
    n_values = cells.groupby(_CELL)["value"].transform("nunique")
    grouped = cells[n_values > 1].groupby(_CELL)
    standing = cells[cells["is_published"]].groupby(_CELL)["value"].first()
    found = grouped.agg(n_values=("value", "nunique"), documents=("document_id", lambda d: sorted(set(d))))
    return found.join(standing.rename("published_value")).reset_index()


def contributions(made: Frames) -> Frame:
    """Each country's part in each mission, with the names and the total of the same date; no earlier total, no residual."""
    parts = made["deployment"].assign(mission_id=made["deployment"]["missions"]).explode("mission_id")
    parts = parts.merge(made["mission"][["mission_id", "name"]], "left", "mission_id")
    parts = parts.merge(made["country"][["iso3", "name"]], "left", "iso3", suffixes=("_of_mission", "_of_country"))
    totals = made["mission_strength"][["mission_id", "as_of", "personnel"]]
    parts = parts.merge(totals, "left", ["mission_id", "as_of"], suffixes=("", "_of_mission"))
    parts["share"] = (parts["personnel"] / parts["personnel_of_mission"]).round(4)
    order = ["mission_id", "iso3", "location_iso3", "as_of", "unit"]
    return parts.sort_values(order, na_position="last", ignore_index=True)


def write(name: str, frame: Frame, output: Path) -> None:
    """Write a table as Parquet and as CSV."""
    for kind in ("parquet", "csv"):
        (output / kind).mkdir(parents=True, exist_ok=True)
    frame.to_parquet(output / "parquet" / f"{name}.parquet", compression="zstd", index=False)
    cells_as_text(frame).to_csv(output / "csv" / f"{name}.csv", index=False)


if __name__ == "__main__":
    run_in_pandas(Path(sys.argv[1]), Path(sys.argv[2]))
