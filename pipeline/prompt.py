"""wb6 sql: a prompt over a release, with the same bounds as a query. Reads from a terminal, or from a pipe."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.answer import STYLES, rendered
from pipeline.engine import Connection, literal, quoted
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.query import answered, opened, release_folder, unended
from pipeline.say import say

_PROMPT, _MORE = "wb6> ", "...> "

SHOWN = [style for style in STYLES if style != "parquet"]
"""The forms that can be shown."""


@dataclass
class Session:
    """One conversation with a release: how its answers look, and what was typed of a statement so far."""

    con: Connection
    style: str
    begun: str = ""

    def answer(self, sql: str) -> None:
        """Answer one statement."""
        say(answered(self.con, sql, lambda answer: rendered(self.con, answer, self.style)).decode(), nl=False)


def converse(project: Project, version: str | None, style: str) -> bool:
    """Answer statements and dot-commands until the end of input; whether all was answered.

    At a terminal what fails is told and the next is asked; from a pipe the first that fails ends it.
    """
    folder = release_folder(project, version)
    with opened(folder) as con:
        session = Session(con, style)
        if not sys.stdin.isatty():
            return all(_carried_out(session, part) for part in _parts(session, _piped()))
        click.echo(f"Release {folder.name}. End a statement with ; and type .help for help, .quit to leave.")
        with _editing(con):
            for part in _parts(session, _typed(session)):
                _carried_out(session, part)
    return True


def _carried_out(session: Session, part: str) -> bool:
    """Whether a statement or dot-command could be answered; if not, why is told."""
    try:
        if part.startswith("."):
            _command(session, part)
        else:
            session.answer(part)
    except PipelineError as error:
        say(str(error), err=True)
        return False
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return False
    return True


def _parts(session: Session, lines: Iterator[str | None]) -> Iterator[str]:
    """The statements and dot-commands in lines of input. A line that is None drops what was begun."""
    for line in lines:
        if line is None:
            session.begun = ""
        elif not session.begun and line.strip().startswith("."):
            if line.strip() in (".quit", ".exit"):
                return
            yield line.strip()
        elif session.begun or line.strip():
            session.begun += line + "\n"
            if _ended(session.begun):
                text, session.begun = session.begun, ""
                yield from _statements(session.con, text)
    if session.begun:
        yield from _statements(session.con, session.begun)


def _ended(text: str) -> bool:
    """Whether a text ends with the semicolon of a statement, and not with one in a text or comment."""
    return unended(text) != text


def _statements(con: Connection, text: str) -> list[str]:
    import duckdb

    try:
        return [statement.query for statement in con.extract_statements(text)]
    except duckdb.Error:
        return [text]  # answering it tells what is wrong with it, and where


def _piped() -> Iterator[str | None]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _typed(session: Session) -> Iterator[str | None]:
    while True:
        try:
            yield input(_MORE if session.begun else _PROMPT)
        except KeyboardInterrupt:
            click.echo()
            yield None
        except EOFError:
            click.echo()
            return


@contextlib.contextmanager
def _editing(con: Connection) -> Iterator[None]:
    """Line editing with completion of names, and a history that outlives the session, where the system offers them."""
    try:
        import readline
    except ImportError:  # no such thing on Windows
        yield
        return
    names = [row[0] for row in con.execute(_WORDS).fetchall() if row[0].isprintable()]

    def complete(start: str, number: int) -> str | None:
        fitting = [name for name in names if name.startswith(start.lower())]
        return fitting[number] if number < len(fitting) else None

    history = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "wb6" / "sql_history"
    readline.set_completer(complete)
    readline.set_completer_delims(" \t\n,;()=<>'\"")
    readline.parse_and_bind("tab: complete")
    readline.set_history_length(1000)
    with contextlib.suppress(OSError):
        readline.read_history_file(history)
    yield
    with contextlib.suppress(OSError):
        history.parent.mkdir(parents=True, exist_ok=True)
        readline.write_history_file(history)


_MACROS = "SELECT function_name, parameters, coalesce(comment, '') FROM duckdb_functions() WHERE NOT internal"
_VIEWS = "SELECT view_name, coalesce(comment, '') FROM duckdb_views() WHERE NOT internal"
_WORDS = (
    f"SELECT view_name FROM ({_VIEWS}) UNION SELECT function_name FROM ({_MACROS}) "
    "UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY 1"
)


def _command(session: Session, line: str) -> None:
    name, _, rest = line.partition(" ")
    if name not in _COMMANDS:
        raise PipelineError(f"there is no command {name}; there are {', '.join(_COMMANDS)} and .quit")
    _COMMANDS[name][0](session, rest.strip().rstrip(";"))


def _help(session: Session, _: str) -> None:
    for name, (_does, means) in _COMMANDS.items():
        click.echo(f"{name:<10}{means}")
    click.echo(f"{'.quit':<10}leave; so does Ctrl-D")


def _tables(session: Session, _: str) -> None:
    for name, comment in session.con.execute(f"{_VIEWS} ORDER BY 1").fetchall():
        say(f"{name:<24}{comment}".rstrip())


def _schema(session: Session, table: str) -> None:
    asked = f"table_name = {literal(table)}" if table else "true"
    rows = session.con.execute(
        "SELECT table_name, column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        f"WHERE NOT internal AND {asked} ORDER BY table_name, column_index"
    ).fetchall()
    if not rows:
        session.answer(f"DESCRIBE {quoted(table)}")  # tells that there is none, and which may be meant
    shown = ""
    for of, column, kind, comment in rows:
        if of != shown:
            say(of)
            shown = of
        say(f"  {column:<28}{kind:<11}{comment}".rstrip())


def _macros(session: Session, _: str) -> None:
    for name, parameters, comment in session.con.execute(f"{_MACROS} ORDER BY 1").fetchall():
        say(f"{name}({', '.join(parameters)})\n    {comment}")


def _format(session: Session, style: str) -> None:
    if style not in SHOWN:
        raise PipelineError(f"there is no format {style!r}; there are {', '.join(SHOWN)}")
    session.style = style


_COMMANDS: Mapping[str, tuple[Callable[[Session, str], None], str]] = {
    ".help": (_help, "this list"),
    ".tables": (_tables, "the tables, with what a row of each is"),
    ".schema": (_schema, "the columns of every table or, with its name, of one: their types and meaning"),
    ".macros": (_macros, "the macros, with what they answer"),
    ".format": (_format, f"how answers look: {', '.join(SHOWN)}"),
}
"""The dot-commands: what carries each out, and what it does."""
