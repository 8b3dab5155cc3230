"""The one resource: which checkout to build, whose turn it is, and the process of Spark's where that does the steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import dagster as dg
from pydantic import PrivateAttr

from pipeline.blueprint import blueprint
from pipeline.orchestration.engines import Context, SparkProcess, steps_of
from pipeline.orchestration.observed import newly_seen
from pipeline.orchestration.turn import turn_to_build
from pipeline.project import Project
from pipeline.stores import have_at_hand

if TYPE_CHECKING:
    from pipeline.handed import Steps


class Checkout(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder that holds `sources` and `outputs`; empty for WB6_PROJECT, or the checkout that this code lies in.

    `in_turn` where whoever starts the run has waited for its turn already.
    """

    root: str = ""
    in_turn: bool = False
    _spark: SparkProcess | None = PrivateAttr(None)

    def project(self) -> Project:
        """Its paths."""
        return Project.here(self.root or None)

    def steps(self, context: Context) -> Steps:
        """The steps, done by the engine that WB6_ENGINE names. Raises PipelineError where it names none."""
        if self._spark is None:
            self._spark = SparkProcess(self.project())
        return steps_of(context, self._spark)

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
            try:
                yield self
            finally:
                if self._spark is not None:
                    self._spark.close()
