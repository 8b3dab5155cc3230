"""How many serve in a mission."""

from schemas import fields
from schemas.base import Source


class MissionStrength(Source):
    """One row per mission and date for which a total is stated."""

    mission_id: fields.Cells = fields.identifier("The mission.", key=True, references="mission.mission_id")
    as_of: fields.Cells = fields.edtf("Date or period the total is stated for.", key=True)
    personnel: fields.Cells = fields.quantity("Military and civilian personnel in the mission.", "persons")
    nations: fields.Cells = fields.quantity("Countries that contribute personnel.", "countries", example="27")
