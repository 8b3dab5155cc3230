"""What bears on the security of the six."""

from schemas import fields
from schemas.base import Source


class Threat(Source):
    """One row per threat, as a document describes it."""

    threat_id: fields.Cells = fields.identifier("Id of the threat.", key=True, example="russian-influence-operations")
    name: fields.Cells = fields.text("Name in English.")
    category: fields.Cells = fields.code(
        "What sort of threat it is.",
        {
            "influence": "Influence on opinion, media or politics.",
            "economic_leverage": "Dependence through trade, loans or investment.",
            "hybrid": "Several means below the threshold of war.",
            "cyber": "Attacks on or through computer networks.",
            "terrorism": "Terrorism.",
            "radicalisation": "Radicalisation towards violence.",
            "organised_crime": "Organised crime.",
            "paramilitary": "Armed groups outside the state's forces.",
            "armed_attack": "Attack with arms.",
            "ethnic_tension": "Tension between communities.",
            "civil_unrest": "Violent protest.",
        },
    )
    actor_id: fields.Cells = fields.identifier("Whose threat it is.", references="actor.actor_id")
    instruments: fields.Cells = fields.listing("Means used.", example="disinformation; media")
    sectors: fields.Cells = fields.listing("Fields of life it works in.", example="energy; infrastructure")
    aim: fields.Cells = fields.text("What it aims at, as the document judges.")
    intent: fields.Cells = fields.code("Whether harm is meant, as the document judges.", example="deliberate")
    start: fields.Cells = fields.edtf("Since when.")
    end: fields.Cells = fields.edtf("Until when.")
