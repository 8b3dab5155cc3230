"""Whom a threat bears on."""

from schemas import fields
from schemas.base import Source


class ThreatTarget(Source):
    """One row per threat and country it bears on."""

    threat_id: fields.Cells = fields.identifier("The threat.", key=True, references="threat.threat_id")
    iso3: fields.Cells = fields.iso3("The country it bears on.", key=True)
    channel: fields.Cells = fields.code(
        "Through what it reaches that country; region_wide where the six are meant together.", example="public_debt"
    )
