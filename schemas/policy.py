"""Strategies, plans, resolutions and laws."""

from schemas import fields
from schemas.base import Source


class Policy(Source):
    """One row per policy document of a country or an organisation."""

    policy_id: fields.Cells = fields.identifier(
        "Id of the policy.", key=True, example="albania-integrity-plan-2022-2025"
    )
    iso3: fields.Cells = fields.iso3("The country whose policy it is.")
    organisation_id: fields.Cells = fields.identifier(
        "The organisation whose policy it is.", references="organisation.organisation_id"
    )
    title: fields.Cells = fields.text("Title in English.")
    kind: fields.Cells = fields.code("What sort of policy it is.", example="strategy")
    adopted: fields.Cells = fields.edtf("When it was adopted or published.")
    period: fields.Cells = fields.edtf("The period it covers.", example="2022/2025")
    topics: fields.Cells = fields.listing("What it is about.", example="capability_development")
    document_id: fields.Cells = fields.identifier(
        "The document itself, where it is in the bibliography.", references="document.document_id"
    )
