"""Alliances, unions, programmes and formats."""

from schemas import fields
from schemas.base import Source


class Organisation(Source):
    """One row per organisation, programme or format that countries belong to or take part in."""

    organisation_id: fields.Cells = fields.identifier("Id of the organisation.", key=True, example="nato")
    name: fields.Cells = fields.text("Name in English.")
    kind: fields.Cells = fields.code(
        "What sort of organisation it is.",
        {
            "alliance": "Alliance by treaty.",
            "union": "Union of states.",
            "intergovernmental": "Organisation of states.",
            "programme": "Programme or framework run by an organisation.",
            "format": "Format of meetings without an organisation of its own.",
            "body": "Organ of an organisation.",
        },
    )
    established: fields.Cells = fields.edtf("When it came into being.")
    parent_organisation_id: fields.Cells = fields.identifier(
        "The organisation it is part of.", references="organisation.organisation_id"
    )
