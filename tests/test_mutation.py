"""A short run of the mutation study: of each kind of mistake one, always the same; `make mutants` runs the whole."""

from __future__ import annotations

from tests.conftest import ROOT
from tests.mutation.mutant import MISTAKES
from tests.mutation.oracle import contradictions
from tests.mutation.sheets import Sheets
from tests.mutation.study import mutants, try_all


def test_the_sources_as_they_are_contradict_themselves_nowhere() -> None:
    assert contradictions(Sheets.of(ROOT / "sources")) == set()


def test_of_every_kind_of_mistake_what_can_be_known_is_told_at_its_line() -> None:
    chosen = list(mutants(Sheets.of(ROOT / "sources"), list(MISTAKES), 1, 8))

    tried = try_all(chosen, ROOT, None)

    detectable = [t for t in tried if t.detectable]
    assert len(detectable) > 0.6 * len(MISTAKES)
    slipped = [t.mutant.what for t in detectable if not t.told]
    elsewhere = [t.mutant.what for t in detectable if t.told and not t.line_right]
    assert len(slipped) <= 0.05 * len(detectable), slipped
    assert len(elsewhere) <= 0.05 * len(detectable), elsewhere
