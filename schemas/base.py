"""The kinds of table: sources of claims, the bibliography, and what is published from them."""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from schemas import fields


class Source(pa.DataFrameModel):
    """A table of claims, as people write it: every row says where it was read."""

    cite: fields.Cells = fields.cite(
        "Where the row was read: a document and the passage in it; several separated by '; '."
    )
    rank: fields.Cells = fields.code(
        "How the claim is weighed, as in Wikidata; empty means normal.",
        {
            "normal": "Weighed by the reliability and date of its document.",
            "preferred": "Taken before normal claims, for the reason given.",
            "deprecated": "Kept as said, known to be wrong, never published as a value.",
        },
    )
    rank_reason: fields.Cells = fields.text("Why the claim is preferred or deprecated; required with either rank.")
    note: fields.Cells = fields.text("Anything a later curator should know.")

    @pa.dataframe_check(name="rank_and_reason")
    def rank_and_reason(cls, rows: Any) -> Any:
        """A preferred or deprecated claim says why, and no other does; a rank that is no code is told by its own check."""
        rank = rows["rank"]
        known = rank.isna() | rank.isin(["normal", "preferred", "deprecated"])
        return ~known | (rank.isin(["preferred", "deprecated"]) == rows["rank_reason"].notna())


class Bibliography(pa.DataFrameModel):
    """The documents themselves, from references.json: what claims are cited from."""


class Published(pa.DataFrameModel):
    """A table that the pipeline computes: a join, or the evidence behind the values."""
