"""Missions, operations and standing activities."""

from schemas import fields
from schemas.base import Source


class Mission(Source):
    """One row per mission or standing activity of an organisation."""

    mission_id: fields.Cells = fields.identifier("Id of the mission.", key=True, example="kfor")
    name: fields.Cells = fields.text("Name in English.")
    short_name: fields.Cells = fields.text("Usual abbreviation.", example="KFOR")
    organisation_id: fields.Cells = fields.identifier(
        "The organisation that runs it.", references="organisation.organisation_id"
    )
    kind: fields.Cells = fields.code("What sort of mission it is.", example="peace_support")
    core_task: fields.Cells = fields.code(
        "The NATO core task (Strategic Concept 2022) that it serves.",
        {
            "deterrence_and_defence": "Deterrence and defence.",
            "crisis_prevention_and_management": "Crisis prevention and management.",
            "cooperative_security": "Cooperative security.",
        },
    )
    hosts: fields.Cells = fields.listing(
        "Countries on whose soil or in whose airspace it runs.", "iso3", references="country.iso3", example="XKX"
    )
    start: fields.Cells = fields.edtf("When it began.", example="1999-06")
    end: fields.Cells = fields.edtf("When it ended; empty while it runs or where not recorded.")
    legal_basis: fields.Cells = fields.text(
        "Act or decision it rests on.", example="UN Security Council Resolution 1244"
    )
    tasks: fields.Cells = fields.listing(
        "What it is to do.", example="freedom_of_movement; safe_and_secure_environment"
    )
