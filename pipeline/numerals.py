"""The numbers that a passage states, in numerals or in words: 4,500, sixty, a dozen, more than a hundred, half."""

from __future__ import annotations

import functools
import re
from decimal import Decimal

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: n for n, word in enumerate(_ONES.split())} | {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
_WORDS |= {"a": 1, "an": 1, "single": 1, "first": 1, "second": 2, "third": 3, "both": 2, "half": 50}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")


@functools.lru_cache(maxsize=1024)
def numbers_in(passage: str) -> frozenset[Decimal]:
    """Every number stated in a passage. A half counts as 50, as in half of the whole; `a` and `an` as one."""
    found: set[Decimal] = set()
    total = pending = Decimal(0)
    counting = False
    for token in [*_TOKEN.findall(passage), "."]:
        word = token.lower()
        if token[0].isdigit():
            values = _numeral(token)
            found |= set(values)
            total, pending, counting = Decimal(0), values[0], True
        elif word in _SCALES:
            found.add(Decimal(_SCALES[word]))
            pending = (pending or Decimal(1)) * _SCALES[word]
            total, pending = (total + pending, Decimal(0)) if _SCALES[word] >= 1000 else (total, pending)
            found.add(total + pending)
            counting = True
        elif word in _WORDS:
            value = Decimal(_WORDS[word])
            found.add(value)
            pending = pending + value if counting and (pending % 100 == 0 or value < 10 <= pending % 100) else value
            counting = True
            found.add(total + pending)
        elif word != "and":
            total = pending = Decimal(0)
            counting = False
    return frozenset(found)


def _numeral(token: str) -> tuple[Decimal, ...]:
    """What a numeral can mean: commas or points before three digits each may separate thousands or decimals."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", token):
        return (Decimal(token.replace(",", "")),)
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", token):
        return (Decimal(token.replace(".", "")),)
    if re.fullmatch(r"\d{1,3}\.\d{3}", token):
        return (Decimal(token), Decimal(token.replace(".", "")))
    if re.fullmatch(r"\d+([.]\d+)?", token):
        return (Decimal(token),)
    if re.fullmatch(r"\d+,\d+", token):
        return (Decimal(token.replace(",", ".")),)
    return (Decimal(re.split("[.,]", token)[0]),)
