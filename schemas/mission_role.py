"""What part a country has in a mission."""

from schemas import fields
from schemas.base import Source


class MissionRole(Source):
    """One row per mission, country and part it has."""

    mission_id: fields.Cells = fields.identifier("The mission.", key=True, references="mission.mission_id")
    iso3: fields.Cells = fields.iso3("The country.", key=True)
    role: fields.Cells = fields.code(
        "The part it has.",
        {
            "contributor": "Sends personnel or units.",
            "asset_provider": "Provides aircraft or other capabilities.",
            "beneficiary": "Is protected or helped by it.",
            "host": "Has it on its soil.",
            "observer": "Sends observers.",
        },
        key=True,
    )
    start: fields.Cells = fields.edtf("When that part began.")
    end: fields.Cells = fields.edtf("When that part ended.")
