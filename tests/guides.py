"""The examples of the guides: code with, below it, what it answers. `python -m tests.guides` writes the answers anew.

An example is a fenced block in a language of `RUN`; its answer is the table, or the block of text, that follows it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from pipeline.answer import rendered
from pipeline.cli import cli
from tests.conftest import ROOT
from tests.loaded import loaded

GUIDES = ("README.md", "outputs/README.md")

_EXAMPLE = re.compile(r"```(\w+)\n(.*?)```\n(\n(?:(?:\|[^\n]*\n)+|```text\n.*?```\n))?", re.DOTALL)


_ELSEWHERE = re.compile(r"^## (?:From object storage|Signatures)\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)


class LackingError(Exception):
    """What an example needs and this machine has not."""


@dataclass(frozen=True)
class Example:
    """One example of a guide: its language and code, what the guide shows below it, and where that stands."""

    guide: str
    line: int
    language: str
    code: str
    shown: str
    at: tuple[int, int]


def examples(guide: str) -> Iterator[Example]:
    """The examples of a guide, in order."""
    text = shown_by(guide)
    for found in _EXAMPLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        shown = found[3] or ""
        place = (found.end() - len(shown), found.end())
        yield Example(guide, line, found[1], found[2], shown, place)


def shown_by(guide: str) -> str:
    """The text of a guide, blank where its commands are run by tests of their own."""
    text = (ROOT / guide).read_text("utf-8")
    return _ELSEWHERE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def shows(example: Example, said: str) -> bool:
    """Whether a guide shows what an example answers; a line of three dots in it stands for lines that are left out."""
    parts = re.split(r"^ *\.\.\.\n", example.shown, flags=re.MULTILINE)
    place = 0
    for part in parts:
        place = said.find(part, place) + len(part)
        if place < len(part):
            return False
    return len(parts) > 1 or said == example.shown


def answer(example: Example) -> str:
    """What an example answers, as a guide shows it. Raises LackingError where it cannot be run here."""
    return RUN[example.language](example.code)


def _sql(code: str) -> str:
    with loaded(ROOT / "outputs" / "latest") as con:
        *before, last = con.extract_statements(_read(code))
        for statement in before:
            con.execute(statement).fetchall()
        table = rendered(con, con.sql(last.query), "markdown").decode()
    return f"\n{table}"


def _read(code: str) -> str:
    """The code with the files that it reads, as DuckDB's own prompt does."""
    return re.sub(r"^\.read (.*)$", lambda found: (ROOT / found[1]).read_text("utf-8"), code, flags=re.MULTILINE)


def _sh(code: str) -> str:
    """Commands of wb6; what they tell on the side is not shown."""
    said = ""
    for line in code.replace("\\\n", "").splitlines():
        program, *words = shlex.split(line, comments=True)
        assert program == "wb6", line
        done = CliRunner().invoke(cli, words, catch_exceptions=False)
        if done.exit_code:
            raise AssertionError(f"{line}: {done.output}")
        said += done.stdout
    return _text(said)


def _python(code: str) -> str:
    return _text(_ran([sys.executable, "-c", code]))


def _r(code: str) -> str:
    program = shutil.which("Rscript")
    if program is None:
        raise LackingError("R is not installed (Rscript, in Debian's r-base-core)")
    return _text(_ran([program, "--vanilla", "-e", code]))


def _excel(code: str) -> str:
    """A formula in a sheet of its own, as LibreOffice computes it."""
    import openpyxl
    from openpyxl.utils import FORMULAE

    def known(name: re.Match[str]) -> str:
        """A function as the file format writes it, which marks those that came later."""
        return name[0] if name[1] in FORMULAE else f"_xlfn.{name[0]}"

    program = shutil.which("soffice")
    if program is None:
        raise LackingError("LibreOffice is not installed (soffice, in Debian's libreoffice-calc)")
    with tempfile.TemporaryDirectory() as space:
        book = openpyxl.load_workbook(ROOT / "outputs" / "latest" / "wb6.xlsx")
        sheet = book.create_sheet("asked", 0)
        for number, formula in enumerate(code.splitlines(), 1):
            sheet.cell(number, 1, re.sub(r"\b([A-Z]+)\(", known, formula))
        book.save(Path(space) / "asked.xlsx")
        profile = f"-env:UserInstallation={(Path(space) / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", space]
        _ran([*command, str(Path(space) / "asked.xlsx")])
        return _text((Path(space) / "asked.csv").read_text("utf-8"))


def _ran(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def _text(said: str) -> str:
    return f"\n```text\n{said.rstrip()}\n```\n"


RUN: Mapping[str, Callable[[str], str]] = {"sql": _sql, "sh": _sh, "python": _python, "r": _r, "excel": _excel}
"""How an example of each language is run."""


def renew(guide: str) -> None:
    """Write what each example answers below it."""
    path = ROOT / guide
    text = path.read_text("utf-8")
    for example in reversed(list(examples(guide))):
        try:
            said = answer(example)
        except LackingError as reason:
            sys.stderr.write(f"{guide}:{example.line}: left as it is: {reason}\n")
            continue
        if shows(example, said):
            continue
        text = text[: example.at[0]] + said + text[example.at[1] :]
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    for name in GUIDES:
        renew(name)
