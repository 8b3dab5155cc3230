"""Figures stated of an event."""

from schemas import fields
from schemas.base import Source


class EventFigure(Source):
    """One row per event, measure and group of people or things counted."""

    event_id: fields.Cells = fields.identifier("The event.", key=True, references="event.event_id")
    measure: fields.Cells = fields.code(
        "What is counted, such as killed, injured or participants.", key=True, example="injured"
    )
    group: fields.Cells = fields.code("Who or what is counted; all for everyone.", key=True, example="kfor")
    value: fields.Cells = fields.quantity("The count.", "persons or things, as the measure says", example="~30")
