"""The command line: wb6. Each command is a thin layer over a function of the same meaning; heavy imports wait until one runs."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import traceback
from pathlib import Path

import click

from pipeline.problems import PipelineError, SourceError, counted, only_errors, render, tally
from pipeline.project import Project

_EXIT = "\n\n\b\nExit status:\n  0  all is well, or there are only warnings\n  1  problems were found; each is listed, and nothing published has changed\n  2  the command was called wrongly"


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
            click.echo(str(error), err=True)
        sys.exit(1)


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
    if not project.sources.is_dir():
        raise click.UsageError(f"{project.root} has no folder sources; name a checkout with --project")
    ctx.obj = project


@cli.command(epilog="\b\nExamples:\n  wb6 check\n  wb6 check --format github\n  WB6_DOCUMENTS=texts wb6 check" + _EXIT)
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.pass_obj
def check(project: Project, style: str) -> None:
    """Validate every file in sources/, and report every problem at once.

    Where WB6_DOCUMENTS names a folder of texts (<document_id>.txt or .pdf), each claim's figure, year and
    country is looked for in the passage it cites.
    """
    from pipeline.check import check_sources

    report = check_sources(project)
    if report.problems or style == "json":
        click.echo(render(report.problems, style))
    click.echo(f"{report.files} files, {report.rows} rows: {tally(report.problems)}", err=True)
    if report.waiting:
        click.echo(f"Not looked at until those are mended: {', '.join(report.waiting)}", err=True)
    sys.exit(1 if only_errors(report.problems) else 0)


@cli.command(epilog="\b\nExamples:\n  wb6 fmt\n  wb6 fmt sources/membership.csv\n  wb6 fmt --check" + _EXIT)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 where a file is not canonical.")
@click.pass_obj
def fmt(project: Project, files: tuple[Path, ...], only_check: bool) -> None:
    """Write source files in canonical form: commas, LF, UTF-8 without BOM, columns and rows in order.

    Repairs what spreadsheets do: semicolons or tabs, UTF-16, BOM, CRLF, spaces around cells, empty rows.
    """
    from pipeline.fmt import format_files

    done = format_files(project, files, write=not only_check)
    for path in done.changed:
        click.echo(f"{'would change' if only_check else 'wrote'} {path}")
    click.echo(
        f"{len(done.changed)} of {done.looked_at} files {'are not canonical' if only_check else 'changed'}", err=True
    )
    sys.exit(1 if only_check and done.changed else 0)


@cli.command(
    epilog="\b\nExamples:\n  wb6 release\n  wb6 release --dry-run\n  wb6 release --full\n"
    "  WB6_DOCUMENTS=texts wb6 release" + _EXIT
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
    from pipeline.fresh import find_stale
    from pipeline.made import latest_version

    if full:
        forget_kept(project)
    elif not find_stale(project, blueprint(project)):
        click.echo(f"Nothing changed since release {latest_version(project)}.")
        return
    from pipeline.check import check_sources
    from pipeline.orchestration.run import rebuild_once

    progress = None if quiet else lambda line: click.echo(line, err=True)
    outcome = rebuild_once(project, progress, full=full, publishes=not dry_run)
    if outcome.failures and outcome.version is None:
        problems = check_sources(project).problems
        wrong = only_errors(problems)  # warnings hold nothing up: without errors, it is the run that failed
        click.echo(render(problems, "text") if wrong else "\n".join(outcome.failures))
        found = tally(problems) if wrong else counted(len(outcome.failures), "problem")
        click.echo(f"Not released: {found}. The latest release stands as it was.", err=True)
        sys.exit(1)
    if dry_run:
        from pipeline.rehearsal import rehearsal

        click.echo(rehearsal(project))
    elif outcome.published:
        click.echo(f"Published release {outcome.version} in outputs/releases/{outcome.version}.")
        if outcome.changed:
            click.echo(f"Changed tables: {outcome.changed}.")
    else:
        click.echo(f"Nothing changed since release {outcome.version}.")
    if outcome.failures:
        click.echo("\n".join(outcome.failures))
        click.echo("The release stands; what comes after it failed. Mend that, and run wb6 release again.", err=True)
        sys.exit(1)


@cli.command(
    epilog="\b\nExamples:\n  wb6 diff 0.1.0 0.2.0\n  wb6 diff 0.1.0 latest --format html > changes.html\n"
    "  wb6 diff 0.1.0 0.2.0 --format csv" + _EXIT
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

    click.echo(compared(project, old, new, style))


@cli.command(
    epilog="\b\nExamples:\n  wb6 query \"SELECT iso3, start FROM membership WHERE organisation_id = 'nato'\"\n"
    '  wb6 query --format csv "FROM country_profile"\n  wb6 query --out profile.parquet "FROM country_profile"\n'
    "  wb6 query \"SELECT mission_id, holds FROM mission_as_of('2003-06-01')\"" + _EXIT
)
@click.argument("sql")
@click.option("--release", "version", help="The release to ask; by default the latest.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "json", "markdown", "parquet"]),
    help="By default what the end of --out says, else a table.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write the answer to.")
@click.pass_obj
def query(project: Project, sql: str, version: str | None, style: str | None, out: Path | None) -> None:
    """Ask a release in SQL (DuckDB). Every table is there by its name, and macros ask of a day; nothing can be written."""
    from pipeline.query import ask, keep

    if style == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text to look at; name a file with --out")
    if out is not None:
        keep(project, sql, version, style, out)
    else:
        click.echo(ask(project, sql, version, style or "table"), nl=False)


@cli.command(
    epilog="\b\nExamples:\n  wb6 sql\n  wb6 sql --release 0.1.0\n"
    '  echo "FROM country_profile;" | wb6 sql --format markdown' + _EXIT
)
@click.option("--release", "version", help="The release to ask; by default the latest.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "json", "markdown"]),
    default="table",
    show_default=True,
)
@click.pass_obj
def sql(project: Project, version: str | None, style: str) -> None:
    """Open a prompt over a release, to ask it in SQL (DuckDB); .help lists what else it knows.

    From a pipe it answers one statement after the other, and stops at the first that it cannot.
    """
    from pipeline.prompt import converse

    sys.exit(0 if converse(project, version, style) else 1)


@cli.command(
    epilog="\b\nExamples:\n  wb6 cite mission_strength kfor 2023-10\n  wb6 cite membership MNE nato status=member --column start\n"
    "  wb6 cite document panero2023 --format bibtex\n"
    "  wb6 cite --query \"FROM event WHERE iso3 = 'XKX'\" --format csl-json\n  wb6 cite" + _EXIT
)
@click.argument("fact", nargs=-1)
@click.option("--column", help="The column whose value is cited; by default every one of the row.")
@click.option("--query", "sql", help="Cite the documents behind the answer to this query instead.")
@click.option("--release", "version", help="The release to cite from; by default the latest.")
@click.option("--style", default="chicago-notes", show_default=True, help="A CSL style by its name or file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "bibtex", "biblatex", "csl-json"]),
    default="text",
    show_default=True,
)
@click.pass_obj
def cite(
    project: Project,
    fact: tuple[str, ...],
    column: str | None,
    sql: str | None,
    version: str | None,
    style: str,
    form: str,
) -> None:
    """Cite a FACT, named by its table and the parts of its key: its footnotes, with the passages that were read.

    With --query, the documents behind an answer: those of its claim_id; of its table_name and row_key; of the values that
    stand in its rows, where it has the key of a table that it reads; or of its document_id. With neither, the dataset.
    """
    from pipeline.cite.pandoc import style_file
    from pipeline.cite.write import Wish, cite_answer, cite_dataset, cite_fact

    if sql is not None and (fact or column):
        raise click.UsageError("name a fact or give --query, not both")
    if column and not fact:
        raise click.UsageError("--column is of a fact; name its table and key")
    wish = Wish(style_file(style), form)
    if sql is not None:
        cited = cite_answer(project, version, sql, wish)
    else:
        cited = cite_fact(project, version, fact, column, wish) if fact else cite_dataset(project, version, wish)
    click.echo(cited.text)
    if cited.aside:
        click.echo(cited.aside, err=True)


@cli.command(epilog="\b\nExamples:\n  wb6 explore\n  wb6 explore 0.2.0 --out page.html" + _EXIT)
@click.argument("version", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.pass_obj
def explore(project: Project, version: str | None, out: Path | None) -> None:
    """Make the explorer of a release, by default the latest: one page that opens from disk and needs no network.

    A release holds its own as explorer.html, from the first after 0.3.0 on; this makes it for any, in build/ or --out.
    """
    from pipeline.explorer.make import make_page

    click.echo(f"Wrote {make_page(project, version, out)}; open it in a browser.")


@cli.command(
    epilog="\b\nExamples:\n  wb6 verify\n  wb6 verify 0.1.0 --rebuild\n  wb6 verify --all --format json" + _EXIT
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
    click.echo(render_verified(done, style))
    sys.exit(1 if any(one.faults for one in done) else 0)


@cli.command(epilog="\b\nExamples:\n  DAGSTER_HOME=build/dagster wb6 prune --days 90\n  wb6 prune --dry-run" + _EXIT)
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


def main() -> None:
    """The entry point of wb6. Start-up and leave-taking are felt by everyone, so neither does more than is needed."""
    # Pandera loads these where they are installed, for features that no command uses.
    for unused in ("hypothesis", "geopandas"):
        sys.modules.setdefault(unused, None)  # type: ignore[arg-type]
    # Imports make many objects and little garbage: collecting it all the while finds nothing.
    gc.set_threshold(100_000, 50, 100)
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
