"""Which threats bear on whom, from whom, and what is there to meet them."""

from schemas import fields
from schemas.base import Published


class ThreatExposure(Published):
    """One row per country and threat that bears on it, with the threat's actor."""

    iso3: fields.Cells = fields.iso3("The country it bears on.", key=True)
    threat_id: fields.Cells = fields.identifier(
        "The threat.", key=True, references="threat.threat_id", example="hybrid-operations-russia"
    )
    country_name: fields.Cells = fields.text("Name of the country in common use.", example="Albania")
    status_note: fields.Cells = fields.text("Note on status that goes with the name wherever it is given.")
    nato_status: fields.Cells = fields.code(
        "How the country stood towards NATO on the dataset's cut-off date: the strongest status recorded; codes as in membership.",
        example="member",
    )
    category: fields.Cells = fields.code("What sort of threat it is; codes as in threat.", example="hybrid")
    threat_name: fields.Cells = fields.text("Name of the threat in English.")
    actor_id: fields.Cells = fields.identifier(
        "Whose threat it is; empty where no actor is said.", references="actor.actor_id", example="russia"
    )
    actor_name: fields.Cells = fields.text("Name of the actor in English.", example="Russian Federation")
    actor_iso3: fields.Cells = fields.iso3("The country that the actor is, belongs to or acts from.")
    channel: fields.Cells = fields.code(
        "Through what it reaches the country; region_wide where the six are meant together.", example="public_debt"
    )
    start: fields.Cells = fields.edtf("Since when the threat is there.")
    end: fields.Cells = fields.edtf("Until when.")
    missions: fields.Cells = fields.listing(
        "Missions on the country's soil or in its airspace on the cut-off date.",
        "id",
        references="mission.mission_id",
        example="kfor",
    )
    events: fields.Cells = fields.listing(
        "Events in the country, up to the cut-off date, that belong to the threat.",
        "id",
        references="event.event_id",
        example="banjska-attack-2023",
    )
    n_events: fields.Cells = fields.integer("How many such events are recorded; 0 where none is.")
