"""How a country may stand towards an organisation."""

from __future__ import annotations

from collections.abc import Mapping

STANDINGS: Mapping[str, str] = {
    "member": "Full member.",
    "invited": "Invited to join.",
    "candidate": "Recognised as a candidate for membership.",
    "applicant": "Has applied for membership.",
    "participant": "Takes part in the programme or format.",
    "partner": "Partner without membership.",
    "aspirant": "Declares the aim of joining.",
    "neutral": "Declares that it does not mean to join.",
}
"""Each status with its meaning, from the closest tie to the loosest: of several at once, the closest is the one that counts."""
