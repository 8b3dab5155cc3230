"""Bases, headquarters and installations."""

from schemas import fields
from schemas.base import Source


class Facility(Source):
    """One row per facility."""

    facility_id: fields.Cells = fields.identifier("Id of the facility.", key=True, example="kucova-air-base")
    name: fields.Cells = fields.text("Name in English.")
    iso3: fields.Cells = fields.iso3("Where it stands.")
    kind: fields.Cells = fields.code("What sort of facility it is.", example="air_base")
    status: fields.Cells = fields.code("Its state.", example="under_upgrade")
    funders: fields.Cells = fields.listing(
        "Who pays for it: ISO codes or organisation ids.",
        "text",
        references=("country.iso3", "organisation.organisation_id"),
        example="ALB; nato",
    )
    start: fields.Cells = fields.edtf("When work began or it opened.")
    end: fields.Cells = fields.edtf("When it closed.")
