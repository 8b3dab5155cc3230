"""What changes are told under."""

from __future__ import annotations

from collections.abc import Mapping

SECTIONS: Mapping[str, str] = {
    "schema": "The shape of the data",
    "correction": "Corrected: the same document, read or written differently",
    "retracted": "Withdrawn: no document says so any longer",
    "reassessed": "Weighed differently: the same documents, ranked or graded differently",
    "new_evidence": "Changed by new evidence: a document not cited for it before",
    "renamed": "Renamed: the same under another id",
    "added": "Added",
    "dataset": "What the dataset says of itself",
    "evidence": "Other claims that came, went or changed",
    "rejected": "Judged wrong: claims that are kept and not published",
}
"""The sections of a story, in order."""
