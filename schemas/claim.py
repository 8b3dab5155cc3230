"""Every claim, cell by cell."""

from schemas import fields
from schemas.base import Published


class Claim(Published):
    """One row per filled value cell and citation of every source row, or per citation of a row that fills none (it claims that the row exists)."""

    claim_id: fields.Cells = fields.text(
        "Id of the claim, from its table, key, column, value, document and locator.", key=True
    )
    table_name: fields.Cells = fields.text("Table the claim is about.", required=True)
    row_key: fields.Cells = fields.text(
        "Key of the row, as name=value pairs separated by |.",
        required=True,
        example="iso3=ALB|organisation_id=nato|status=member|spell=1",
    )
    column_name: fields.Cells = fields.text("Column claimed; empty where the row itself is claimed.")
    value: fields.Cells = fields.text("The value as written.")
    document_id: fields.Cells = fields.identifier(
        "The document that was read.", required=True, references="document.document_id"
    )
    locator: fields.Cells = fields.text("The passage, in CSL locator terms.", example="sec. Albania, n. 19")
    origin_document_id: fields.Cells = fields.identifier(
        "The document that the passage itself cites for it.", references="document.document_id"
    )
    rank: fields.Cells = fields.code(
        "How the claim is weighed.",
        {
            "normal": "As any other.",
            "preferred": "Before others.",
            "deprecated": "Known to be wrong; kept, not published.",
        },
        required=True,
    )
    rank_reason: fields.Cells = fields.text("Why it is preferred or deprecated.")
    note: fields.Cells = fields.text("What the curator noted.")
    is_published: fields.Cells = fields.boolean("Whether this value stands in the published table.", required=True)
    corroboration: fields.Cells = fields.integer("How many documents say the same, this one included.")
    evidence: fields.Cells = fields.code(
        "Whether figure, year and country were found in the passage.",
        {
            "found": "All found.",
            "not_found": "The passage lacks one of them.",
            "not_checked": "No text was at hand, or the claim has no figure, year or country.",
        },
        required=True,
    )
    source_file: fields.Cells = fields.text("File the claim is written in.", required=True)
    source_line: fields.Cells = fields.integer("Line of that file.")
    first_release: fields.Cells = fields.text("Release in which the claim first appeared.", example="0.1.0")
