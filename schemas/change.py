"""What changed against the release before."""

from schemas import fields
from schemas.base import Published


class Change(Published):
    """One row per changed cell, added or removed row, or changed column or table."""

    table: fields.Cells = fields.text("Table that changed.", required=True)
    key: fields.Cells = fields.text("Key of the row, as in claim.row_key; empty for a change of schema.")
    column: fields.Cells = fields.text("Column that changed; empty where the whole row or table did.")
    old: fields.Cells = fields.text("Value before.")
    new: fields.Cells = fields.text("Value after.")
    change_class: fields.Cells = fields.code(
        "Why it changed, from the claims behind it.",
        {
            "new_evidence": "A document not cited for it before says so.",
            "correction": "The same citation, read or written differently.",
            "reassessed": "The same claims, ranked or graded differently.",
            "retracted": "No claim says so any longer.",
            "added": "A row that was not there.",
            "renamed": "The same row, or the same row referred to, under another id.",
            "schema": "A table, column or key was added, removed or changed.",
        },
        required=True,
        alias="class",
    )
    claims: fields.Cells = fields.listing(
        "Ids of the claims behind the new value, or the old one where there is no new.", "text"
    )
