"""Every dated thing in one table."""

from schemas import fields
from schemas.base import Published


class Timeline(Published):
    """One row per dated thing: the start or end of a spell, or something that happened once."""

    date: fields.Cells = fields.edtf("When.", example="2009-04-01")
    iso3: fields.Cells = fields.iso3(
        "The country it is about; for a mission its only host, for a relation the one of the six that is a party; empty where there is none or more than one."
    )
    kind: fields.Cells = fields.code(
        "What sort of thing is dated.",
        {
            "membership_start": "A spell of standing towards an organisation began.",
            "membership_end": "Such a spell ended.",
            "milestone": "A step towards or within an organisation was taken.",
            "mission_start": "A mission began.",
            "mission_end": "A mission ended.",
            "mission_role_start": "A country's part in a mission began.",
            "mission_role_end": "A country's part in a mission ended.",
            "event": "An event happened.",
            "threat_start": "A threat began.",
            "threat_end": "A threat ended.",
            "relation_start": "A relation between two parties began, or took place.",
            "relation_end": "A relation between two parties ended.",
            "facility_start": "Work on a facility began, or it opened.",
            "facility_end": "A facility closed.",
            "policy_adopted": "A policy was adopted or published.",
            "organisation_established": "An organisation came into being.",
        },
        key=True,
        example="membership_start",
    )
    label: fields.Cells = fields.text(
        f"The thing in words. {fields.STATUS_NOTE}",
        required=True,
        example="Albania: member, North Atlantic Treaty Organization (start)",
    )
    table: fields.Cells = fields.text("Table that the thing is a row of.", key=True, example="membership")
    key: fields.Cells = fields.text(
        "Key of that row, as row_key in claim.", key=True, example="iso3=ALB|organisation_id=nato|status=member|spell=1"
    )
