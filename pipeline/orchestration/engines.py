"""Where steps are done: in this process on DuckDB or, with WB6_ENGINE=spark, in a process of Spark's, through Dagster Pipes.

That process is one for all steps of a run. Results come back as messages of a Pipes session per step, and what Dagster is
told of them is the same whichever engine did the work.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

import schemas
from pipeline.engines import SPARK, chosen_engine
from pipeline.problems import PipelineError
from pipeline.project import Project

if TYPE_CHECKING:
    from pipeline.handed import Steps

Context = dg.AssetExecutionContext | dg.AssetCheckExecutionContext

_LOG = "spark.log"
_SECONDS_TO_END = 20


class SparkProcess:
    """The process of a run that has Spark. It starts with the first step that is asked of it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._log = project.build / _LOG
        self._process: subprocess.Popen[str] | None = None

    def ask(self, context: Context, step: str, *arguments: Any) -> Any:
        """Have a step done; what it gives, as plain data. Raises PipelineError where it fails, or the process ends."""
        extras = {"project": str(self._project.root), "step": step, "arguments": list(arguments)}
        with dg.open_pipes_session(
            context=context.op_execution_context,
            context_injector=dg.PipesTempFileContextInjector(),
            message_reader=dg.PipesTempFileMessageReader(),
            extras=extras,
        ) as session:
            answered = self._send(json.dumps(dict(session.get_bootstrap_env_vars())))
        told = session.get_custom_messages()
        if not answered or not told:
            self.close()
            raise PipelineError(f"Spark's process ended in the middle of {step}; the end of {self._log} says why")
        if "failed" in told[-1]:
            raise PipelineError(told[-1]["failed"])
        return told[-1]["gave"]

    def _send(self, line: str) -> bool:
        """Send a line to the process; whether it answered."""
        process = self._process = self._process or self._start()
        if process.stdin is None or process.stdout is None:
            return False
        try:
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
        except BrokenPipeError:
            return False
        return bool(process.stdout.readline())

    def _start(self) -> subprocess.Popen[str]:
        code = str(Path(schemas.__path__[0]).parent)
        paths = os.pathsep.join([code, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("w") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "pipeline.spark"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONPATH": paths},
            )

    def close(self) -> None:
        """Let the process end, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def steps_of(context: Context, spark: SparkProcess) -> Steps:
    """The steps, done where WB6_ENGINE says. Raises PipelineError where it names no engine."""
    if chosen_engine() == SPARK:
        from pipeline.handed import Handed

        return Handed(lambda step, *arguments: spark.ask(context, step, *arguments))
    from pipeline import steps

    return steps
