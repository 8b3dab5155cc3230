"""The commands of those who read releases: ask, cite, look. Each is a thin layer over a function of the same meaning."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.project import Project
from pipeline.say import say

EXIT = "\n\n\b\nExit status:\n  0  all is well, or there are only warnings\n  1  problems were found; each is listed, and nothing published has changed\n  2  the command was called wrongly"
"""What every command says of its exit status."""


@click.command(
    epilog="\b\nExamples:\n  wb6 query \"SELECT iso3, start FROM membership WHERE organisation_id = 'nato'\"\n"
    '  wb6 query --format csv "FROM country_profile"\n  wb6 query --out profile.parquet "FROM country_profile"\n'
    "  wb6 query \"SELECT mission_id, holds FROM mission_as_of('2003-06-01')\"" + EXIT
)
@click.argument("sql")
@click.option("--release", "version", help="The release to ask; by default the latest.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "json", "markdown", "parquet"]),
    help="By default what the end of --out says (.csv, .json, .md, .parquet, .txt), else a table.",
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
        say(ask(project, sql, version, style or "table"), nl=False)


@click.command(
    epilog="\b\nExamples:\n  wb6 sql\n  wb6 sql --release 0.1.0\n"
    '  echo "FROM country_profile;" | wb6 sql --format markdown' + EXIT
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


@click.command(
    epilog="\b\nExamples:\n  wb6 cite mission_strength kfor 2023-10\n  wb6 cite membership MNE nato status=member --column start\n"
    "  wb6 cite document panero2023 --format bibtex\n"
    "  wb6 cite --query \"FROM event WHERE iso3 = 'XKX'\" --format csl-json\n  wb6 cite" + EXIT
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
    say(cited.text)
    if cited.aside:
        say(cited.aside, err=True)


@click.command(epilog="\b\nExamples:\n  wb6 explore\n  wb6 explore 0.2.0 --out page.html" + EXIT)
@click.argument("version", required=False)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.pass_obj
def explore(project: Project, version: str | None, out: Path | None) -> None:
    """Make the explorer of a release, by default the latest: one page that opens from disk and needs no network.

    A release holds its own as explorer.html, from 0.4.0 on; this makes it for any, in build/ or --out.
    """
    from pipeline.explorer.make import make_page

    click.echo(f"Wrote {make_page(project, version, out)}; open it in a browser.")


READERS: tuple[click.Command, ...] = (query, sql, cite, explore)
"""The commands, in the order in which a reader meets them."""
