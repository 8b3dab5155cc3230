"""What a claim rests on: the passage that was read, and the one that it cites itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    """A document and the place in it, as CSL locator terms; the whole of it where there is none."""

    document_id: str
    locator: str | None


@dataclass(frozen=True)
class Source:
    """The passage that was read and, where it cites another document for what it says, that one's."""

    read: Passage
    origin: Passage | None = None

    @classmethod
    def of(cls, document: str, locator: str | None, origin: str | None, origin_locator: str | None) -> Source:
        """The source of a claim, given its document and origin, each with the place in it."""
        return cls(Passage(document, locator), Passage(origin, origin_locator) if origin else None)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was read, and what that rests on."""
        return (self.read, self.origin) if self.origin else (self.read,)


ORIGIN_LOCATOR = """
    (SELECT min(r.locator) FROM {reference} r
     WHERE r.document_id = c.document_id AND r.cited_document_id = c.origin_document_id
       AND CAST(r.note_number AS VARCHAR) = regexp_extract(coalesce(c.locator, ''), '(^|, )n\\. ([0-9]+)', 2))
"""
"""The place in the origin of a claim `c`, in SQL: what the note that the claim's locator names cites of it."""
