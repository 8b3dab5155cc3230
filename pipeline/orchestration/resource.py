"""The one resource: which checkout to build, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import dagster as dg

from pipeline.blueprint import blueprint
from pipeline.orchestration.observed import newly_seen
from pipeline.orchestration.turn import turn_to_build
from pipeline.project import Project
from pipeline.stores import have_at_hand


class Checkout(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder that holds `sources` and `outputs`; empty for WB6_PROJECT, or the checkout that this code lies in.

    `in_turn` where whoever starts the run has waited for its turn already.
    """

    root: str = ""
    in_turn: bool = False

    def project(self) -> Project:
        """Its paths."""
        return Project.here(self.root or None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Checkout]:
        """Let one run at a time use the build folder, and note which files it finds changed; a sensor only reads."""
        project, instance, log = self.project(), context.instance, context.log
        if not context.run:
            yield self
            return
        with nullcontext() if self.in_turn else turn_to_build(project, log.warning if log else print):
            if not self.in_turn:
                have_at_hand(project)
            if instance and not instance.is_ephemeral:
                for seen in newly_seen(instance, project, blueprint(project)):
                    instance.report_runless_asset_event(seen)
            yield self
