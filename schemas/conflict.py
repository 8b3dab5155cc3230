"""Where claims differ."""

from schemas import fields
from schemas.base import Published


class Conflict(Published):
    """One row per key, column and differing value, deprecated ones included: who says it, and which one is published."""

    table_name: fields.Cells = fields.text("Table the claims are about.", key=True)
    row_key: fields.Cells = fields.text("Key of the row.", key=True)
    column_name: fields.Cells = fields.text("Column on which they differ.", key=True)
    value: fields.Cells = fields.text("One of the values, as written.", key=True)
    documents: fields.Cells = fields.listing(
        "Documents that say so.", "id", references="document.document_id", example="panero2023"
    )
    ranks: fields.Cells = fields.listing("Ranks of the claims that say so.", example="normal")
    rank_reasons: fields.Cells = fields.text("Reasons given for those ranks, separated by |.")
    reliability: fields.Cells = fields.text("Best Admiralty grade among those documents.", example="B")
    issued: fields.Cells = fields.text("Most recent date of issue among those documents, in EDTF.", example="2023-12")
    n_values: fields.Cells = fields.integer("How many values are claimed for the cell.", example="2")
    is_published: fields.Cells = fields.boolean("Whether this value stands in the published table.", required=True)
