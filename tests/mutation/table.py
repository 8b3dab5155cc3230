"""The table of a study: kinds of mistake, how many are detectable, caught, and told of in the right place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.mutation.study import Tried

HEADINGS = ("kind of mistake", "mutants", "detectable", "caught", "file", "line", "column", "caught beyond", "by texts")


def as_table(tried: Sequence[Tried], kinds: Iterable[str]) -> str:
    """One row a kind in Markdown, and a sum. File, line and column are of those caught among the detectable;

    `caught beyond` are those told of though the oracle knows no reason, `by texts` those that only the texts tell of.
    """
    rows = [(kind, *counts([t for t in tried if t.kind == kind])) for kind in kinds]
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *rows, ("all", *counts(tried))]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def counts(tried: Sequence[Tried]) -> tuple[int, ...]:
    """How many were tried, are detectable, caught, in the right file, line and column, caught beyond, told by the texts."""
    detectable = [t for t in tried if t.detectable]
    caught = [t for t in detectable if t.told]
    placed = [sum(getattr(t, which) for t in caught) for which in ("file_right", "line_right", "column_right")]
    beyond = sum(bool(t.told) for t in tried if not t.detectable)
    return len(tried), len(detectable), len(caught), *placed, beyond, sum(t.by_texts for t in tried)


def summary(tried: Sequence[Tried], texts: bool = True) -> str:
    """The shares that matter, in a sentence; with `texts`, those that only the texts tell of, too."""
    mutants, detectable, caught, _, line, column, beyond, by_texts = counts(tried)
    more = f", {by_texts} more by the texts" if texts else ""
    return (
        f"{mutants} mistakes, {detectable} detectable: {_share(caught, detectable)} caught, of these "
        f"{_share(line, caught)} at the right line and {_share(column, caught)} at the right column; "
        f"{beyond} others caught{more}. Of those well formed: {_share(*_well_formed(tried))} caught."
    )


def _well_formed(tried: Sequence[Tried]) -> tuple[int, int]:
    """Of the detectable mistakes that are well formed, how many are caught, and how many there are."""
    chosen = [t for t in tried if t.detectable and all(r.reason != "form" for r in t.reasons)]
    return sum(bool(t.told) for t in chosen), len(chosen)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


def slips(tried: Iterable[Tried]) -> list[Tried]:
    """The detectable mistakes that nothing told of."""
    return [t for t in tried if t.detectable and not t.told]


def slipped(tried: Iterable[Tried]) -> Iterator[str]:
    """A line for each detectable mistake that nothing told of, or that was told of elsewhere."""
    for t in tried:
        if t.detectable and not t.told:
            yield f"SLIPPED {t.kind}: {t.mutant.what[:160]} -- {t.reasons[0].reason}: {t.reasons[0].what[:160]}"
        elif t.detectable and not t.line_right:
            yield f"ELSEWHERE {t.kind}: {t.mutant.what[:160]} -- {t.told[0]}"
        elif t.told and not t.detectable:
            yield f"BEYOND {t.kind}: {t.mutant.what[:160]} -- {t.told[0]}"
