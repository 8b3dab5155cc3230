"""Which document cites which."""

from schemas import fields
from schemas.base import Source


class Reference(Source):
    """One row per note of a document and work it cites: what a claim read there rests on."""

    document_id: fields.Cells = fields.identifier(
        "The document that cites.", key=True, references="document.document_id"
    )
    note_number: fields.Cells = fields.integer("Number of the footnote or endnote.", key=True)
    cited_document_id: fields.Cells = fields.identifier("The work cited.", key=True, references="document.document_id")
    locator: fields.Cells = fields.locator("The passage cited, in CSL locator terms.")
