"""What can be known of a mistake from the sources alone: an oracle that shares no code with the checks it is set against.

A mistake is *detectable* where the sources, as they are after it, contradict themselves or the rules of the curator's guide:

- **form**: a file is no CSV or JSON of its table, or a cell is not written as its kind is;
- **name**: a code, id, citation or note names nothing, or stands once, a slip of the fingers away from one in use, or two
  countries share it;
- **twin**: the same is claimed twice from one passage;
- **rival**: two rows of one key differ where documents do not: in what a thing is (kind, country, organisation, unit), threefold in
  a figure, by more than two months in a date; or two are preferred;
- **order**: an end before its start, spells that overlap or are not numbered through, a membership apart from its step, a place
  in the order of joining that another has, a thing that is its own parent or deals with itself;
- **series**: a figure is an outlier by the guide's rule, or does not add up in a table that did;
- **place**: a date or a country lies outside its mission's, or disagrees with the row's own id or with the section cited;
- **document**: a fact is dated two months and more after its document, a document is cited nowhere or of another year than its id says,
  or one of them is later than the edition;
- **record**: a figure, year or country cited from a text that was looked through is not among those found in it.

All else yields another plausible statement, which nobody can tell from the right one without the text: it is *undetectable*.
The oracle is plain Python over plain rows, slow and simple, and is written from the guide, not from the checks.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.mutation.sheets import Sheets


@dataclass(frozen=True)
class Contradiction:
    """One thing that cannot be: the kind of reason, and what is wrong, in words that do not depend on line numbers."""

    reason: str
    what: str


Witness = Callable[[Sheets], list[Contradiction]]


def contradictions(sheets: Sheets, changed: Iterable[str] | None = None) -> set[Contradiction]:
    """All that is wrong with the sources. Where a file is malformed, only that, since nothing else can be read.

    With `changed`, the form of only those files is looked at; the others are known to be sound.
    """
    from tests.mutation import witness_of_facts, witness_of_form, witness_of_names, witness_of_things

    try:
        malformed = witness_of_form.form(sheets, sheets.files if changed is None else changed)
    except (csv.Error, UnicodeDecodeError, json.JSONDecodeError, ValueError, KeyError, TypeError) as error:
        return {Contradiction("form", f"unreadable: {error}")}
    if malformed:
        return set(malformed)
    every: list[Witness] = [*witness_of_names.WITNESSES, *witness_of_facts.WITNESSES, *witness_of_things.WITNESSES]
    return {found for witness in every for found in witness(sheets)}
