"""Countries and the codes that others know them by."""

from schemas import fields
from schemas.base import Source


class Country(Source):
    """One row per country or territory that the dataset names."""

    iso3: fields.Cells = fields.iso3("ISO 3166-1 alpha-3 code.", key=True, defines=True)
    iso2: fields.Cells = fields.text("ISO 3166-1 alpha-2 code (XK for Kosovo is user-assigned).", example="AL")
    code_status: fields.Cells = fields.code(
        "Standing of the two codes in ISO 3166-1.",
        {"official": "Assigned by ISO 3166-1.", "user_assigned": "Not in ISO 3166-1; in common use."},
    )
    name: fields.Cells = fields.text("Name in common use.")
    official_name: fields.Cells = fields.text("Name in formal use.")
    capital: fields.Cells = fields.text("Capital, as the document cited names it.")
    region: fields.Cells = fields.text("Region, as the document cited groups it.")
    is_wb6: fields.Cells = fields.boolean("Whether it is one of the Western Balkan Six.")
    gw_code: fields.Cells = fields.integer("Number in the Gleditsch and Ward list of states.")
    cow_code: fields.Cells = fields.integer("Number in the Correlates of War list of states.")
    status_note: fields.Cells = fields.text("Note on status that goes with the name wherever it is given.")
    aliases: fields.Cells = fields.listing(
        "Other names that documents call it by, capitals included.", "text", example="Belgrade; Serbian"
    )
