"""Every reader that is fuzzed, by name."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tests.fuzz.target import Target

NAMES = ("csv", "edtf", "quantity", "cite", "list", "plain", "references", "dataset")
"""Their names, known without reading any of them."""


def target(name: str) -> Target:
    """The target of that name. Raises KeyError."""
    return _made()[name]


@functools.cache
def _made() -> Mapping[str, Target]:
    from tests.fuzz.cells import cell_targets
    from tests.fuzz.documents import document_targets
    from tests.fuzz.tables import table_target

    made = {one.name: one for one in (*cell_targets(), *document_targets(), table_target())}
    return {name: made[name] for name in NAMES}
