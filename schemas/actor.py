"""Who acts: states, bodies, groups."""

from schemas import fields
from schemas.base import Source


class Actor(Source):
    """One row per actor."""

    actor_id: fields.Cells = fields.identifier("Id of the actor.", key=True, example="russia")
    name: fields.Cells = fields.text("Name in English.")
    kind: fields.Cells = fields.code("What sort of actor it is.", example="state")
    iso3: fields.Cells = fields.iso3("The country it is, belongs to or acts from.")
    parent_actor_id: fields.Cells = fields.identifier("The actor it is part of.", references="actor.actor_id")
