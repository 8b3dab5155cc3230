"""What the dataset says of itself, in sources/dataset.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.datasheet_sections import KEY, sections_said
from pipeline.problems import Problem, SourceError
from pipeline.project import Project


@dataclass(frozen=True)
class Dataset:
    """What sources/dataset.yaml says: the dataset's names, licence and cut-off date (`as_of`).

    `issued` is the day of the edition, where its curators state one; `datasheet` has the text of each section that they
    wrote.
    """

    name: str
    title: str
    description: str
    publisher: str
    licence: str
    licence_url: str
    as_of: datetime.date
    keywords: tuple[str, ...]
    issued: datetime.date | None = None
    datasheet: Mapping[str, str] = field(default_factory=dict)


_TEXTS = ("name", "title", "description", "publisher", "licence", "licence_url")


def _lacks_day(lines: list[str], name: str) -> bool:
    """Whether the line of that name holds no day of the calendar."""
    for text in lines:
        if text.startswith(f"{name}:"):
            try:
                datetime.date.fromisoformat(text.partition(":")[2].split("#")[0].strip())
            except ValueError:
                return True
    return False


def read_dataset(project: Project) -> Dataset:
    """Read sources/dataset.yaml. Raises SourceError with every problem found in it."""
    import yaml

    path = project.sources / "dataset.yaml"
    file = project.label(path)
    if not path.is_file():
        raise SourceError([Problem(file, 1, 1, "file is missing; restore it from the repository's history", "dataset")])
    lines = path.read_text("utf-8", errors="replace").splitlines()

    def problem(name: str, what: str) -> Problem:
        line = next((n for n, text in enumerate(lines, 1) if text.startswith(f"{name}:")), 1)
        return Problem(file, line, 1, f"{name}: {what}", "dataset")

    not_a_day = problem("as_of", "not a day; write the cut-off date as 2023-12-31")
    no_edition = problem("issued", "not a day; write the day of the edition as 2024-02-01, or delete the line")
    try:
        said = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = str(getattr(error, "problem", None) or error).splitlines()[0]
        raise SourceError([Problem(file, line, column, f"not YAML: {what}; mend the syntax here", "dataset")]) from None
    except ValueError:  # YAML read a date that the calendar lacks
        raise SourceError([no_edition if _lacks_day(lines, "issued") else not_a_day]) from None
    if not isinstance(said, dict):
        raise SourceError([Problem(file, 1, 1, "not a mapping; write lines such as name: wb6", "dataset")])
    problems = [problem(n, "missing; write a text") for n in _TEXTS if not isinstance(said.get(n), str) or not said[n]]
    if type(said.get("as_of")) is not datetime.date:
        problems.append(not_a_day)
    if "issued" in said and type(said["issued"]) is not datetime.date:
        problems.append(no_edition)
    keywords = said.get("keywords") or []
    if not isinstance(keywords, list) or not all(isinstance(k, str) for k in keywords):
        problems.append(problem("keywords", "not a list of texts; write [nato, kfor]"))
    names = [text.split(":")[0] for text in lines if text[:1].isalpha() and ":" in text]
    problems += [problem(n, "repeated; keep one") for n in {n for n in names if names.count(n) > 1}]
    known = {*_TEXTS, "as_of", "issued", "keywords", KEY}
    problems += [problem(str(n), "unknown; delete it") for n in said.keys() - known]
    datasheet, misstated = sections_said(yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader))
    problems += [Problem(file, m.line, m.column, m.message, "dataset") for m in misstated]
    licence = project.sources / "LICENSE"
    if not licence.is_file():
        what = "file is missing; restore it, the text of the licence that dataset.yaml names"
        problems.append(Problem(project.label(licence), 1, 1, what, "dataset"))
    if problems:
        raise SourceError(problems)
    days = {"as_of": said["as_of"], "issued": said.get("issued")}
    return Dataset(**{n: said[n] for n in _TEXTS}, keywords=tuple(keywords), datasheet=datasheet, **days)
