"""The process that Dagster hands steps to: one Spark for all of a run, since starting it takes longer than most steps.

Each line on standard input has the parameters of one Pipes session, whose extras name the step. The step's result, or what
went wrong, goes back as a message of that session; a line on standard output says that it was sent.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from time import perf_counter
from typing import TYPE_CHECKING

from pipeline.handed import done
from pipeline.problems import PipelineError
from pipeline.project import Project

if TYPE_CHECKING:
    from dagster_pipes import PipesContext


def main() -> None:
    """Do steps until there is no more to read."""
    from dagster_pipes import (
        PipesContext,
        PipesDefaultContextLoader,
        PipesDefaultMessageWriter,
        PipesMappingParamsLoader,
    )

    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # what Spark prints is no answer
        for line in sys.stdin:
            parameters = PipesMappingParamsLoader(json.loads(line))
            with PipesContext(parameters, PipesDefaultContextLoader(), PipesDefaultMessageWriter()) as pipes:
                _do(pipes)
            print("sent", file=answers, flush=True)


def _do(pipes: PipesContext) -> None:
    """Do the step that a session asks for, and tell what it gave."""
    from pipeline.spark.session import start

    project = Project.here(pipes.get_extra("project"))
    step, arguments = pipes.get_extra("step"), pipes.get_extra("arguments")
    try:
        began, is_first = perf_counter(), not start.cache_info().currsize
        spark = start()
        if is_first:
            pipes.log.info(
                f"Spark {spark.version} on {spark.sparkContext.master}: {perf_counter() - began:.1f} s to start"
            )
        began = perf_counter()
        pipes.report_custom_message({"gave": done(project, step, arguments)})
        pipes.log.info(f"{step} on Spark: {perf_counter() - began:.1f} s")
    except PipelineError as error:
        pipes.report_custom_message({"failed": str(error)})
    except Exception:  # whoever asked is told of everything
        pipes.report_custom_message({"failed": traceback.format_exc()})


if __name__ == "__main__":
    main()
