"""Claims that a text was not searched for, though others from the same text were: new ones, or changed by a slip."""

from __future__ import annotations

from pipeline.engine import Connection
from pipeline.problems import Problem, shown
from pipeline.project import Project
from pipeline.record import read_record
from pipeline.validate import Origin


def unchecked_claims(con: Connection, project: Project, origins: dict[str, Origin]) -> list[Problem]:
    """Claims of a figure, a year or a country from a text that is on record, which the record does not know.

    Reads `claims.weighed`, `source.country` and `source.document`. For who has no texts at hand: with them, the search itself tells what is amiss.
    """
    record = read_record(project)
    if project.documents or not record:
        return []
    from pipeline.evidence import claims_of, country_names, needles

    known = {(sha, claim_id) for sha, claim_id, _ in record}
    texts = {sha for sha, _ in known}
    stated = con.execute(
        "SELECT document_id, text_sha256 FROM source.document WHERE text_sha256 IS NOT NULL"
    ).fetchall()
    hashes = {document: sha for document, sha in stated if sha in texts}
    names = country_names(con)
    problems = []
    for claim in claims_of(con, hashes):
        if claim.deprecated or (hashes[claim.document_id], claim.claim_id) in known or not any(needles(claim, names)):
            continue
        column = origins[claim.table.name].column_of(claim.column or claim.table.key[0])
        what = f"{claim.column or 'row'} {shown(claim.value or claim.subject or '')}"
        why = f"not on record as found in {claim.document_id}; look it up again, or check it with WB6_DOCUMENTS"
        problems.append(
            Problem(claim.source_file, claim.source_line, column, f"{what}: {why}", "record", severity="warning")
        )
    return problems
