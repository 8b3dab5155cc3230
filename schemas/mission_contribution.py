"""Who contributes what to a mission, and how much of it that is."""

from schemas import fields
from schemas.base import Published


class MissionContribution(Published):
    """One row per mission, country, set of missions covered, place, date and unit; a figure over several missions stands once under each.

    Only contributions on record: other countries may contribute as well, and figures of different dates do not add up.
    """

    mission_id: fields.Cells = fields.identifier(
        "The mission.", key=True, references="mission.mission_id", example="kfor"
    )
    iso3: fields.Cells = fields.iso3("The country that contributes.", key=True)
    missions: fields.Cells = fields.listing(
        "All missions that the figure covers, as in deployment.",
        "id",
        key=True,
        references="mission.mission_id",
        example="kfor",
    )
    location_iso3: fields.Cells = fields.iso3(
        "Where they are deployed; empty where the figure covers several places.", key=True, required=False
    )
    as_of: fields.Cells = fields.edtf("Date or period the figure is stated for.", key=True, example="2023-12")
    unit: fields.Cells = fields.code(
        "What is counted: contingent for all of a country's people, or the kind of unit.",
        key=True,
        example="contingent",
    )
    mission_name: fields.Cells = fields.text("Name of the mission in English.", example="Kosovo Force")
    country_name: fields.Cells = fields.text(
        f"Name of the country in common use. {fields.STATUS_NOTE}", example="Albania"
    )
    shared_with: fields.Cells = fields.listing(
        "The other missions that the same figure covers; empty where it is for this one alone.",
        "id",
        references="mission.mission_id",
        example="enhanced-forward-presence",
    )
    unit_count: fields.Cells = fields.integer("How many such units.")
    personnel: fields.Cells = fields.quantity(
        "How many people, over all missions that the figure covers.", "persons", example="~60"
    )
    mission_total_as_of: fields.Cells = fields.edtf(
        "Date of the mission's total: the date of the row where one is stated for it, else the last within a year before.",
        example="2023-10",
    )
    mission_personnel: fields.Cells = fields.quantity(
        "The mission's total, as stated for mission_total_as_of.", "persons"
    )
    share: fields.Cells = fields.number(
        "Personnel divided by the mission's total, to four decimals; only for a whole contingent in one mission, both "
        "with a best value, and not where it exceeds the total.",
        "fraction",
        example="0.0133",
    )
    coverage: fields.Cells = fields.code(
        "Whether the contingents that one document states for this mission and date are all of its total.",
        {
            "complete": "They add up to the total that the same document states, roughly where figures are rough.",
            "partial": "They do not; residual says what is left.",
            "no_total": "No one document states both: single figures, or a table without a total of its own.",
        },
    )
    table_document_id: fields.Cells = fields.identifier(
        "The document whose contingents and total these are: one with a total, then the one with most contingents.",
        references="document.document_id",
        example="nato2017-kfor",
    )
    parts_sum: fields.Cells = fields.integer(
        "Sum of the whole contingents that this document states for this mission and date, best values only; figures "
        "over several missions are left out.",
        unit="persons",
        example="61",
    )
    residual: fields.Cells = fields.quantity(
        "The total that the document states less its contingents: what they leave unexplained, so that a partial table "
        "shows how partial it is.",
        "persons",
        whole=False,
    )
