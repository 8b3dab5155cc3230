"""Where claims differ, and what decided."""

from schemas import fields
from schemas.base import Published


class Conflict(Published):
    """One row per key and column on which claims differ, with every value, its documents, and what decided."""

    table_name: fields.Cells = fields.text("Table the claims are about.", key=True)
    row_key: fields.Cells = fields.text("Key of the row, as in claim.", key=True)
    column_name: fields.Cells = fields.text("Column on which they differ.", key=True)
    n_values: fields.Cells = fields.integer("How many values are claimed for the cell.", example="2")
    published_value: fields.Cells = fields.text("The value that stands in the published table, as written.")
    only_precision: fields.Cells = fields.boolean(
        "Whether the values that are not deprecated are one date, stated more or less exactly.", required=True
    )
    decided_by: fields.Cells = fields.code(
        "Which part of the rule of weighing decided.",
        {
            "others_deprecated": "All other values are known to be wrong.",
            "preferred": "A claim of it is preferred, for the reason given.",
            "more_reliable": "It is stated by a more reliable document.",
            "later": "Of equally reliable documents, it is stated by the one issued later.",
            "more_documents": "Of documents equally reliable and recent, more state it than any other value.",
            "order_of_documents": "Nothing distinguishes them; taken in the order of document ids.",
            "order_of_passages": "One document states both; taken in the order of its passages.",
            "none_stands": "Every claim is deprecated, and no value is published.",
        },
        required=True,
    )
    reason: fields.Cells = fields.text(
        "Why that value stands, in a sentence.",
        required=True,
        example="A document of grade A states it, and of the others none is above B.",
    )
    documents: fields.Cells = fields.listing(
        "Documents that state any of the values.", "id", references="document.document_id", example="panero2023"
    )
    statements: fields.Cells = fields.text(
        "Every value with its documents, their Admiralty grades and any rank with its reason, the published value first, "
        "separated by |.",
        example="61.5 [imf2024-pr138 (A)] | 60.27 [srna2024-debt (B)]",
    )
