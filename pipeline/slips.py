"""Slips of the fingers: words that differ by one letter left out, put in, replaced, or swapped with the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 5
"""Words with fewer letters are near one another by chance: kfor, ifor and sfor are three missions."""

LONGEST = 200
"""Words with more letters are texts, and not compared: what is held of each grows with the square of its letters."""

_NO_DIGITS = str.maketrans("", "", "0123456789")


def near_pairs(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every two words a slip apart, both ways round.

    Words that differ in digits alone are a series, not a slip.
    """
    shapes: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        for shape in _shapes(word):
            shapes[shape].append(word)
    pairs = {(a, b) for alike in shapes.values() if len(alike) > 1 for a in alike for b in alike if a != b}
    yield from (pair for pair in sorted(pairs) if max(map(len, pair)) >= SHORTEST and is_slip(*pair))


def _shapes(word: str) -> set[str]:
    """A word, and what is left of it without one of its letters: words that are a slip apart share one. None for what is no word."""
    if not SHORTEST - 1 <= len(word) <= LONGEST:
        return set()
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}


def nearest(words: Iterable[str], known: Iterable[tuple[str, int]]) -> dict[str, tuple[str, int]]:
    """For words that may be a slip of known ones the first of those, with what stands beside it. No known word is kept."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for shape in _shapes(word) if len(word) >= SHORTEST else ():
            shapes[shape].append(word)
    found: dict[str, tuple[str, int]] = {}
    for other, place in known:
        for word in {word for shape in _shapes(other) for word in shapes.get(shape, ())}:
            if word not in found and is_slip(word, other):
                found[word] = other, place
    return found


def is_slip(a: str, b: str) -> bool:
    """Whether one word may be meant by the other."""
    if a.translate(_NO_DIGITS) == b.translate(_NO_DIGITS):
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest, other = a[at:], b[at:]
    swapped = len(rest) > 1 and rest[1] + rest[0] + rest[2:] == other
    return swapped or rest[1:] == other or rest == other[1:] or rest[1:] == other[1:]


def meant(word: str, known: Iterable[str]) -> str | None:
    """The first of some known words that a word may be a slip of."""
    return next((other for other in sorted(known) if len(word) >= SHORTEST and is_slip(word, other)), None)


def meant_country(code: str, names: Mapping[str, str]) -> str | None:
    """The code of the only country that three letters may be meant for: those its name begins with, or its own misplaced.

    `names` gives each known code its name. SER may be meant for SRB, and ABL for ALB.
    """
    by_name = [known for known, name in names.items() if name.upper().startswith(code.upper())]
    by_letters = [known for known in names if known != code.upper() and sorted(known) == sorted(code.upper())]
    found = by_name or by_letters
    return found[0] if len(code) == 3 and len(found) == 1 else None
