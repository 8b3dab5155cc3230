"""The one resource: which checkout to build, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import dagster as dg

from pipeline.orchestration.turn import turn
from pipeline.project import Project


class Checkout(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder that holds `sources` and `outputs`; empty for WB6_PROJECT, or the checkout that this code lies in."""

    root: str = ""

    def project(self) -> Project:
        """Its paths."""
        return Project.here(self.root or None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Checkout]:
        """Let one run at a time use the build folder, whether a daemon started it or someone in a terminal."""

        def tell() -> None:
            if context.log:
                context.log.warning("another rebuild of this checkout is under way; waiting for it to end")

        with ExitStack() as stack:
            # A sensor only reads. And a disk that cannot hold the lock cannot hold tables: the first step tells of it.
            with suppress(OSError):
                if context.run:
                    stack.enter_context(turn(self.project().build / ".lock", tell))
            yield self
