"""Who is deployed where, in which mission."""

from schemas import fields
from schemas.base import Source


class Deployment(Source):
    """One row per country, set of missions, place, date and unit."""

    iso3: fields.Cells = fields.iso3("The country that deploys.", key=True)
    missions: fields.Cells = fields.listing(
        "The missions that the figure covers; several for a whole-country total.",
        "id",
        key=True,
        references="mission.mission_id",
        example="kfor",
    )
    location_iso3: fields.Cells = fields.iso3(
        "Where they are deployed; empty where the figure covers several places.", key=True, required=False
    )
    as_of: fields.Cells = fields.edtf("Date or period the figure is stated for.", key=True)
    unit: fields.Cells = fields.code(
        "What is counted: contingent for all of a country's people, or the kind of unit.",
        key=True,
        example="contingent",
    )
    unit_count: fields.Cells = fields.integer("How many such units.")
    personnel: fields.Cells = fields.quantity("How many people.", "persons", example="~60")
