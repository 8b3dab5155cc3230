"""Steps on the way to an organisation."""

from schemas import fields
from schemas.base import Source


class Milestone(Source):
    """One row per country, organisation and step taken towards or within it."""

    iso3: fields.Cells = fields.iso3("The country.", key=True)
    organisation_id: fields.Cells = fields.identifier(
        "The organisation.", key=True, references="organisation.organisation_id"
    )
    milestone: fields.Cells = fields.code("The step.", key=True, example="accession_protocol_signed")
    date: fields.Cells = fields.edtf("When the step was taken.", example="2019-02-06")
