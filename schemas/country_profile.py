"""Each of the six at a glance."""

from schemas import fields
from schemas.base import Published


class CountryProfile(Published):
    """One row per country of the Western Balkan Six, as it stood on the dataset's cut-off date (as_of)."""

    iso3: fields.Cells = fields.iso3("The country.", key=True)
    name: fields.Cells = fields.text("Name in common use.", example="Albania")
    status_note: fields.Cells = fields.text("Note on status that goes with the name wherever it is given.")
    nato_status: fields.Cells = fields.code(
        "How it stands towards NATO: the strongest status recorded that has not ended; codes as in membership.",
        example="member",
    )
    nato_status_since: fields.Cells = fields.edtf("Since when it has that status.", example="2009-04-01")
    eu_status: fields.Cells = fields.code(
        "How it stands towards the European Union: the strongest status recorded that has not ended; codes as in membership.",
        example="candidate",
    )
    eu_status_since: fields.Cells = fields.edtf("Since when it has that status.", example="2014-06-27")
    pfp_status: fields.Cells = fields.code(
        "How it stands towards the Partnership for Peace; empty for members of NATO: the strongest status recorded that has not ended; codes as in membership.",
        example="participant",
    )
    pfp_status_since: fields.Cells = fields.edtf("Since when it has that status.", example="1994-02-23")
    neutral: fields.Cells = fields.boolean(
        "Whether a declaration of neutrality towards NATO is recorded and stands.", required=True
    )
    neutral_since: fields.Cells = fields.edtf("Since when it is declared neutral.", example="2007-12-26")
    other_memberships: fields.Cells = fields.listing(
        "How it stands towards each other organisation recorded: organisation id and status.",
        "text",
        example="coe: member",
    )
    missions_hosted: fields.Cells = fields.listing(
        "Missions on its soil or in its airspace.", "id", references="mission.mission_id", example="kfor"
    )
    missions_staffed: fields.Cells = fields.listing(
        "Missions under way that it contributes to: as a recorded contributor, or by its latest deployment on record.",
        "id",
        references="mission.mission_id",
        example="kfor",
    )
    personnel_by_mission: fields.Cells = fields.listing(
        "Latest figure for each mission that runs, or set of missions counted together (joined by +), and unit, with its date; no unit is named where it is the whole contingent.",
        "text",
        example="kfor: ~60 (2023-12)",
    )
    threats: fields.Cells = fields.listing(
        "Threats that bear on it.", "id", references="threat.threat_id", example="hybrid-operations-russia"
    )
    threat_actors: fields.Cells = fields.listing(
        "Whose threats they are, where that is said.", "id", references="actor.actor_id", example="russia"
    )
    latest_indicators: fields.Cells = fields.listing(
        "Latest value of each indicator, and counterpart where it has one, with unit and period.",
        "text",
        example="public_debt_pct_gdp: 61.5 pct_gdp (2023)",
    )
