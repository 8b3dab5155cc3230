"""Dealings between states, organisations and actors."""

from schemas import fields
from schemas.base import Source


class Relation(Source):
    """One row per relation between two parties."""

    relation_id: fields.Cells = fields.identifier("Id of the relation.", key=True, example="china-serbia-arms-supply")
    party_a: fields.Cells = fields.party("The party that acts, supplies or lends.")
    party_b: fields.Cells = fields.party("The other party.")
    kind: fields.Cells = fields.code("What sort of relation it is.", example="arms_supply")
    sector: fields.Cells = fields.code("The field it is in.", example="air_defence")
    start: fields.Cells = fields.edtf("Since when, or when.")
    end: fields.Cells = fields.edtf("Until when.")
    value: fields.Cells = fields.quantity(
        "Its size, in the unit given.", "as the column unit says", whole=False, example="943991500"
    )
    unit: fields.Cells = fields.code("Unit of the value.", example="usd")
