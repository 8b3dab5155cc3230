"""Things that happened on a date."""

from schemas import fields
from schemas.base import Source


class Event(Source):
    """One row per event."""

    event_id: fields.Cells = fields.identifier("Id of the event.", key=True, example="banjska-attack-2023")
    name: fields.Cells = fields.text("Name in English.")
    kind: fields.Cells = fields.code("What sort of event it was.", example="armed_attack")
    date: fields.Cells = fields.edtf("When it happened.")
    iso3: fields.Cells = fields.iso3("Where it happened.")
    place: fields.Cells = fields.text("Place, as the document names it.")
    missions: fields.Cells = fields.listing("Missions involved.", "id", references="mission.mission_id")
    threats: fields.Cells = fields.listing("Threats it belongs to.", "id", references="threat.threat_id")
    actors: fields.Cells = fields.listing("Actors that took part.", "id", references="actor.actor_id")
