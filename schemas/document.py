"""The documents that claims are cited from."""

from schemas import fields
from schemas.base import Bibliography


class Document(Bibliography):
    """One row per document in references.json: what was read, by whom it is, and how reliable it is."""

    document_id: fields.Cells = fields.identifier("Citation key of the document.", key=True, example="panero2023")
    type: fields.Cells = fields.text(
        "CSL type of the document, such as report or webpage.", required=True, example="report"
    )
    title: fields.Cells = fields.text("Title, as printed.", required=True)
    authors: fields.Cells = fields.listing(
        "Authors as family and given name, or as the body that signs.", "text", example="Panero, Emmanuele"
    )
    publisher: fields.Cells = fields.text("Publisher, or the site or series the document appeared in.")
    issued: fields.Cells = fields.edtf("When the document was issued.")
    url: fields.Cells = fields.url("Address of the document.")
    language: fields.Cells = fields.language("Language of the document, as a BCP 47 tag.")
    reliability: fields.Cells = fields.code(
        "How far the document can be relied on for facts of the kind cited from it (Admiralty grade).",
        {
            "A": "Completely reliable: primary publication of the body concerned.",
            "B": "Usually reliable: established press, research or reference work.",
            "C": "Fairly reliable: a copy or a report at second hand.",
            "D": "Not usually reliable: an interested or unclear source.",
            "E": "Unreliable: known to have been wrong.",
            "F": "Cannot be judged; weighed after E.",
        },
        required=True,
    )
    text_sha256: fields.Cells = fields.sha256(
        "SHA-256 of the text that the evidence check read, where one was at hand."
    )
    csl: fields.Cells = fields.text(
        "What its item in references.json says beyond the other columns, as a JSON object of CSL variables: "
        "with them, it is the item to the letter.",
        example='{"container-title": "Panorama Internazionale"}',
    )
