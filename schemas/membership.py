"""Who belongs to what, and since when."""

from schemas import fields
from schemas.base import Source
from schemas.standings import STANDINGS


class Membership(Source):
    """One row per country, organisation, status and spell: a period in which the country stood so towards it."""

    iso3: fields.Cells = fields.iso3("The country.", key=True)
    organisation_id: fields.Cells = fields.identifier(
        "The organisation.", key=True, references="organisation.organisation_id"
    )
    status: fields.Cells = fields.code(
        "How the country stands towards the organisation.",
        STANDINGS,
        key=True,
    )
    spell: fields.Cells = fields.integer("Number of the spell, from 1, in order of time.", key=True)
    start: fields.Cells = fields.edtf("When the spell began.", example="2009-04-01")
    end: fields.Cells = fields.edtf("When the spell ended.")
    ordinal: fields.Cells = fields.integer("Which member in order of joining, where that is said.", example="30")
