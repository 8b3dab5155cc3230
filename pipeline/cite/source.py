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

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was read, and what that rests on."""
        return (self.read, self.origin) if self.origin else (self.read,)
