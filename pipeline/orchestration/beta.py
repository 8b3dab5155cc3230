"""What Dagster calls beta and this project uses knowingly. Its version is pinned, so that nothing changes unseen."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg


@contextmanager
def beta(what: str) -> Iterator[None]:
    """Use something that is beta, without the warning about it; `what` is a pattern of how that warning begins."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", f"{what}.* is currently in beta", dg.BetaWarning)
        yield
