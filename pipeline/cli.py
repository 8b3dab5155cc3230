"""The command line: wb6. Each command is a thin layer over a function of the same meaning; heavy imports wait until one runs."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import traceback
from pathlib import Path

import click

from pipeline.cli_operators import OPERATORS
from pipeline.cli_readers import EXIT, READERS
from pipeline.place import is_remote
from pipeline.problems import PipelineError, SourceError, counted, only_errors, render, tally
from pipeline.project import Project
from pipeline.say import say


class _Commands(click.Group):
    """Shows the commands in the order a curator meets them, and expected failures without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SourceError as error:
            click.echo(render(error.problems, "text"))
        except PipelineError as error:
            say(str(error), err=True)
        except OSError as error:
            from pipeline.disk import disk_failure

            told = _unprinted(error) or (disk_failure(error, ctx.obj.root) if isinstance(ctx.obj, Project) else None)
            if told is None:
                raise
            click.echo(told, err=True)
        sys.exit(1)


def _unprinted(error: OSError) -> str | None:
    """What to tell where what is printed to, such as a file on a full disk, did not take it; None for any other failure."""
    printing = any(frame.f_code is click.echo.__code__ for frame, _ in traceback.walk_tb(error.__traceback__))
    return f"what is printed could not be written: {error.strerror}; print it elsewhere" if printing else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder whose sources and outputs to work on; schemas and joins are those of this installation.",
)
@click.version_option(package_name="wb6")
@click.pass_context
def cli(ctx: click.Context, root: Path | None) -> None:
    """WB6: an open, cited, versioned dataset of the Western Balkan Six and NATO."""
    project = Project.here(root)
    if not is_remote(project.sources_at) and not project.sources.is_dir():
        raise click.UsageError(f"{project.root} has no folder sources; name a checkout with --project")
    ctx.obj = project


@cli.command(epilog="\b\nExamples:\n  wb6 check\n  wb6 check --format github\n  WB6_DOCUMENTS=texts wb6 check" + EXIT)
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.pass_obj
def check(project: Project, style: str) -> None:
    """Validate every file in sources/, and report every problem at once.

    Where WB6_DOCUMENTS names a folder of texts (<document_id>.txt or .pdf), each claim's figure, year and
    country is looked for in the passage it cites.
    """
    from pipeline.check import MOST_BY_HAND, check_sources
    from pipeline.stores import have_at_hand

    have_at_hand(project, latest=False)
    report = check_sources(project)
    if report.problems or style == "json":
        click.echo(render(report.problems, style))
    click.echo(f"{counted(report.files, 'file')}, {counted(report.rows, 'row')}: {tally(report.problems)}", err=True)
    if report.waiting:
        click.echo(f"Not looked at until those are mended: {', '.join(report.waiting)}", err=True)
    if report.too_long:
        tables = ", ".join(report.too_long)
        click.echo(f"Too long to look for slips of hands (above {MOST_BY_HAND:,} rows): {tables}", err=True)
    sys.exit(1 if only_errors(report.problems) else 0)


@cli.command(epilog="\b\nExamples:\n  wb6 fmt\n  wb6 fmt sources/membership.csv\n  wb6 fmt --check" + EXIT)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 where a file is not canonical.")
@click.pass_obj
def fmt(project: Project, files: tuple[Path, ...], only_check: bool) -> None:
    """Write source files in canonical form: commas, LF, UTF-8 without BOM, columns and rows in order.

    Repairs what spreadsheets do: semicolons or tabs, UTF-16, BOM, CRLF, spaces around cells, empty rows.
    """
    from pipeline.fmt import format_files
    from pipeline.stores import fetch_sources

    if is_remote(project.sources_at) and not only_check:
        raise PipelineError(
            f"{project.sources_at} is not written to; run wb6 fmt on a folder of its files, and upload what it changed"
        )
    fetch_sources(project)
    done = format_files(project, files, write=not only_check)
    for path in done.changed:
        click.echo(f"{'would change' if only_check else 'wrote'} {path}")
    click.echo(
        f"{len(done.changed)} of {done.looked_at} files {'are not canonical' if only_check else 'changed'}", err=True
    )
    sys.exit(1 if only_check and done.changed else 0)


@cli.command(
    epilog="\b\nExamples:\n  wb6 release\n  wb6 release --dry-run\n  wb6 release --full\n"
    "  WB6_DOCUMENTS=texts wb6 release" + EXIT
)
@click.option("--full", is_flag=True, help="Trust nothing that was kept; make everything again.")
@click.option("--quiet", is_flag=True, help="Only the outcome, no progress.")
@click.option(
    "--dry-run", is_flag=True, help="Publish nothing: show the version it would be, and what it would change."
)
@click.pass_obj
def release(project: Project, full: bool, quiet: bool, dry_run: bool) -> None:
    """Run the pipeline through Dagster, and publish a release if anything changed.

    Makes and checks again what an edit of a source, a text, the code or the store has made out of date, by content and
    not by time. With DAGSTER_HOME set, the run is kept in that instance and shows in the Dagster UI.
    """
    from pipeline.blueprint import blueprint, forget_kept
    from pipeline.engines import chosen_engine
    from pipeline.fresh import find_stale
    from pipeline.made import latest_version
    from pipeline.stores import have_at_hand, store_of

    chosen_engine()  # a wrong one is told before anything is done
    have_at_hand(project)
    if full:
        forget_kept(project)
    elif not find_stale(project, blueprint(project)):
        click.echo(f"Nothing changed since release {latest_version(project)}.")
        return
    from pipeline.check import check_sources
    from pipeline.orchestration.run import rebuild_once

    progress = None if quiet else lambda line: click.echo(line, err=True)
    before = latest_version(project)
    try:
        outcome = rebuild_once(project, progress, full=full, publishes=not dry_run)
    except KeyboardInterrupt:
        click.echo(f"\nStopped. {_which_stands(project, before)}.", err=True)
        raise
    if outcome.failures and outcome.version is None:
        problems = check_sources(project).problems
        wrong = only_errors(problems)  # warnings hold nothing up: without errors, it is the run that failed
        click.echo(render(problems, "text") if wrong else "\n".join(outcome.failures))
        found = tally(problems) if wrong else counted(len(outcome.failures), "problem")
        click.echo(f"Not released: {found}. {_which_stands(project, before)}.", err=True)
        sys.exit(1)
    if dry_run:
        from pipeline.rehearsal import rehearsal

        click.echo(rehearsal(project))
    elif outcome.version and outcome.published:
        click.echo(f"Published release {outcome.version} in {store_of(project).place(outcome.version)}.")
        if outcome.changed:
            click.echo(f"Changed tables: {outcome.changed}.")
    else:
        click.echo(f"Nothing changed since release {outcome.version}.")
    if outcome.failures:
        click.echo("\n".join(outcome.failures))
        click.echo("The release stands; what comes after it failed. Mend that, and run wb6 release again.", err=True)
        sys.exit(1)


def _which_stands(project: Project, before: str | None) -> str:
    """Which release is the latest after a run that failed or was stopped, and whether it was so before."""
    from pipeline.made import latest_version

    now = latest_version(project)
    return "The latest release stands as it was" if now == before else f"The latest release is {now} all the same"


@cli.command(
    epilog="\b\nExamples:\n  wb6 diff 0.1.0 0.2.0\n  wb6 diff 0.1.0 latest --format html > changes.html\n"
    "  wb6 diff 0.1.0 0.2.0 --format csv" + EXIT
)
@click.argument("old")
@click.argument("new", default="latest")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "csv", "html"]), default="text", show_default=True
)
@click.pass_obj
def diff(project: Project, old: str, new: str, style: str) -> None:
    """What changed from the release OLD to NEW (by default the latest), and why: the weightiest changes first.

    json and csv list every changed cell with its class and the claims behind it; text and html tell them with footnotes.
    """
    from pipeline.diff.command import diff as compared

    say(compared(project, old, new, style))


for command in READERS:
    cli.add_command(command)


@cli.command(
    epilog="\b\nExamples:\n  wb6 verify\n  wb6 verify 0.1.0 --rebuild\n  wb6 verify --all --format json" + EXIT
)
@click.argument("version", required=False)
@click.option("--all", "every", is_flag=True, help="Every release of the store.")
@click.option("--rebuild", is_flag=True, help="Also make the release again from the sources at its commit (needs git).")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def verify(project: Project, version: str | None, every: bool, rebuild: bool, style: str) -> None:
    """Prove that a release, by default the latest, is whole and true.

    Checksums, CSV against Parquet, schemas, keys, references, claims behind every value, metadata, the version against
    what changed, and the signature where there is one. Without wb6, sha256sum -c SHA256SUMS proves the first of these.
    """
    if version and every:
        raise click.UsageError("name a release or say --all, not both")
    from pipeline.verify.render import render as render_verified
    from pipeline.verify.run import verify as verify_releases

    done = verify_releases(project, version, every, rebuild)
    say(render_verified(done, style))
    sys.exit(1 if any(one.faults for one in done) else 0)


for command in OPERATORS:
    cli.add_command(command)


def main() -> None:
    """The entry point of wb6. Start-up and leave-taking are felt by everyone, so neither does more than is needed."""
    # Pandera loads these where they are installed, for features that no command uses.
    for unused in ("hypothesis", "geopandas", "pyspark.pandas"):
        sys.modules.setdefault(unused, None)  # type: ignore[arg-type]
    # Imports make many objects and little garbage: collecting it all the while finds nothing.
    gc.set_threshold(100_000, 50, 100)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called: what is printed is not asked for
            setattr(sys, name, open(os.devnull, "w"))  # noqa: PTH123, SIM115
    code = _run()
    # Everything is written and closed by now; taking the interpreter apart would cost a quarter of a second.
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _run() -> int:
    """Run the command; its exit status."""
    try:
        cli.main(prog_name="wb6")
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0 if exit_.code is None else 1
    except BaseException:
        traceback.print_exc()
        return 1


if __name__ == "__main__":
    main()
