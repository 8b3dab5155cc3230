"""What the dataset says of itself, in sources/dataset.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.datasheet_sections import KEY, sections_said
from pipeline.problems import Problem, SourceError
from pipeline.project import Project
from pipeline.sheet import hidden_in, read_sheet
from pipeline.sourcefile import content, unfit


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


_EXAMPLES = {
    "as_of": "not a day; write the cut-off date as 2023-12-31",
    "issued": "not a day; write the day of the edition as 2024-02-01, or delete the line",
}


def read_dataset(project: Project) -> Dataset:
    """Read sources/dataset.yaml. Raises SourceError with every problem found in it."""
    path = project.sources / "dataset.yaml"
    file = project.label(path)
    missing = "file is missing; restore it from the repository's history"
    sheet = read_sheet(content(path, file, missing, 1, "dataset"), file)

    def problem(name: str, what: str) -> Problem:
        return Problem(file, sheet.lines.get(name, 1), 1, f"{name}: {what}", "dataset")

    said = sheet.said
    problems = [problem(n, "missing; write a text") for n in _TEXTS if not isinstance(said.get(n), str) or not said[n]]
    if type(said.get("as_of")) is not datetime.date:
        problems.append(problem("as_of", _EXAMPLES["as_of"]))
    if "issued" in said and type(said["issued"]) is not datetime.date:
        problems.append(problem("issued", _EXAMPLES["issued"]))
    keywords = said.get("keywords") or []
    if not isinstance(keywords, list) or not all(isinstance(k, str) for k in keywords):
        problems.append(problem("keywords", "not a list of texts; write [nato, kfor]"))
    elif hidden := next(filter(None, map(hidden_in, keywords)), None):
        problems.append(problem("keywords", hidden))
    problems += [problem(n, hidden) for n in _TEXTS if isinstance(said.get(n), str) and (hidden := hidden_in(said[n]))]
    problems += [problem(n, "repeated; keep one") for n in sheet.repeated]
    known = {*_TEXTS, "as_of", "issued", "keywords", KEY}
    problems += [problem(n, "unknown; delete it") for n in said.keys() - known]
    datasheet, misstated = sections_said(sheet.root)
    problems += [Problem(file, m.line, m.column, m.message, "dataset") for m in misstated]
    licence = project.sources / "LICENSE"
    what = "file is missing; restore it, the text of the licence that dataset.yaml names"
    if wrong := unfit(licence, project.label(licence), what, "dataset"):
        problems.append(wrong)
    if problems:
        raise SourceError(problems)
    days = {"as_of": said["as_of"], "issued": said.get("issued")}
    return Dataset(**{n: said[n] for n in _TEXTS}, keywords=tuple(keywords), datasheet=datasheet, **days)
