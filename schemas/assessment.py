"""What authors judge, kept apart from what they report."""

from schemas import fields
from schemas.base import Source


class Assessment(Source):
    """One row per judgement of an author, in our own words."""

    assessment_id: fields.Cells = fields.identifier("Id of the assessment.", key=True)
    subject: fields.Cells = fields.text("Whom or what it is about: an id, an ISO code or a theme.")
    topic: fields.Cells = fields.code("What it judges.", example="nato_integration")
    statement: fields.Cells = fields.text("The judgement in our own words.")
    stance: fields.Cells = fields.code(
        "Its tendency.",
        {
            "positive": "Favourable.",
            "negative": "Unfavourable.",
            "neutral": "Neither.",
            "mixed": "Both.",
            "warning": "Points to a danger.",
            "recommendation": "Says what should be done.",
        },
    )
