"""The commands of those who run the pipeline for others: storage and history. Each is a thin layer over a function of the same meaning."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pipeline.cli_readers import EXIT
from pipeline.problems import PipelineError, counted
from pipeline.project import Project


@click.command(epilog="\b\nExamples:\n  WB6_OUTPUTS=s3://bucket/prefix wb6 upload" + EXIT)
@click.pass_obj
def upload(project: Project) -> None:
    """Copy the releases of outputs/ to the object storage that WB6_OUTPUTS names, to go on publishing there.

    Oldest first, each read back and compared. What is there already stays; where it is something else, nothing is copied.
    """
    from pipeline.objects.begin import upload as upload_releases

    done = upload_releases(project)
    click.echo(f"Uploaded {', '.join(done)} to {project.outputs_at}." if done else "Every release is there already.")


@click.command(epilog="\b\nExamples:\n  DAGSTER_HOME=build/dagster wb6 prune --days 90\n  wb6 prune --dry-run" + EXIT)
@click.option(
    "--days", type=click.IntRange(min=1), default=90, show_default=True, help="Forget what is older than this."
)
@click.option("--dry-run", is_flag=True, help="Forget nothing; say how much would be.")
def prune(days: int, dry_run: bool) -> None:
    """Forget old runs of the Dagster instance that DAGSTER_HOME names, with their logs. Releases are not touched.

    The run that last made an asset or evaluated a check stays, however old.
    """
    import datetime

    import dagster as dg

    from pipeline.orchestration.prune import prune as prune_runs

    home = Path(os.environ.get("DAGSTER_HOME", ""))
    if not (home / "dagster.yaml").is_file() or home == Path():
        raise PipelineError("DAGSTER_HOME names no Dagster instance; set it to the folder that holds dagster.yaml")
    with dg.DagsterInstance.from_config(str(home.resolve())) as instance:
        done = prune_runs(instance, days, datetime.datetime.now(datetime.UTC), forget=not dry_run)
    click.echo(
        f"{'Would forget' if dry_run else 'Forgot'} {counted(done.forgotten, 'run')} older than {counted(days, 'day')}."
    )
    if done.kept:
        click.echo(f"{counted(done.kept, 'older run')} kept, for the latest of an asset or a check.", err=True)


OPERATORS: tuple[click.Command, ...] = (upload, prune)
"""The commands, in the order in which they are needed."""
