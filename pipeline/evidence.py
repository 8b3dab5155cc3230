"""The evidence check: is a claim's figure, year and country in the passage that its locator names?

Results are kept by text and claim (`pipeline.record`), so that a rebuild without the texts publishes the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.engines import Sql
from pipeline.numerals import numbers_in
from pipeline.passages import Text, find_text, read_text
from pipeline.problems import Problem, shown
from pipeline.project import Project
from pipeline.record import Record, read_record
from pipeline.validate import origin_of
from schemas.registry import Table, sources


@dataclass(frozen=True)
class Claimed:
    """One claim as the check sees it. `subject` is the country its key names first, if any."""

    claim_id: str
    table: Table
    column: str | None
    value: str | None
    subject: str | None
    document_id: str
    locator: str | None
    deprecated: bool
    source_file: str
    source_line: int


@dataclass(frozen=True)
class Names:
    """What passages call a country.

    `shared` are collective names, which aliases of several countries hold; `fellows` the own names of all of those.
    """

    own: tuple[str, ...]
    shared: tuple[str, ...]
    fellows: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """Results by text and claim, with the problems that a curator should mend."""

    record: Record
    problems: tuple[Problem, ...] = field(default=())


def look(con: Sql, project: Project, weigh: Callable[[], object]) -> Evidence:
    """Check every claim whose document's text is at hand, and take earlier results for the others.

    Reads every `source.<table>`, and `claims.weighed` after `weigh` was called, where there is anything to look for. Earlier
    results hold for the same claim and the text hash that references.json states; none is forgotten, since a claim may come
    back when its text is not at hand.
    """
    hashes = dict(con.execute("SELECT document_id, text_sha256 FROM source.document").fetchall())
    record = read_record(project)
    texts, problems = _texts(con, project, hashes)
    if not texts and all(result != "not_found" for _, _, result in record):
        return Evidence(record, tuple(problems))
    names = country_names(con)
    missing = []
    weigh()
    known = {(sha, claim): result for sha, claim, result in record}
    doubtful = {claim for _, claim, result in record if result == "not_found"}
    for claim in claims_of(con, texts, doubtful):
        sha = hashes.get(claim.document_id)
        text = texts.get(claim.document_id)
        result, lacks = (
            judge(claim, text, names) if text else (known.get((sha or "", claim.claim_id), "not_checked"), "")
        )
        if sha and result != "not_checked":
            known[sha, claim.claim_id] = result
        if result == "not_found" and not claim.deprecated:
            missing.append(_problem(project, claim, lacks))
    kept = frozenset((sha, claim_id, result) for (sha, claim_id), result in known.items())
    return Evidence(kept, (*problems, *missing))


def _texts(con: Sql, project: Project, hashes: dict[str, str | None]) -> tuple[dict[str, Text], list[Problem]]:
    """The texts at hand by document, and what is wrong with them."""
    texts: dict[str, Text] = {}
    problems: list[Problem] = []
    if project.documents is None:
        return texts, problems
    lines = dict(con.execute("SELECT document_id, source_line FROM source.document").fetchall())
    for document, declared in hashes.items():
        path = find_text(project.documents, document)
        if path is None:
            continue
        at = (project.label(project.sources / "references.json"), lines[document], 1)
        try:
            text = read_text(path)
        except (ValueError, OSError) as error:
            problems.append(Problem(*at, f"{document}: {path.name} cannot be read: {error}", "evidence"))
            continue
        if declared != text.sha256:
            what = f'{document}: the text {path.name} has another hash than references.json states; write in custom "text_sha256": "{text.sha256}"'
            problems.append(Problem(*at, what, "evidence"))
        else:
            texts[document] = text
    return texts, problems


def claims_of(con: Sql, documents: Iterable[str], others: Iterable[str] = ()) -> Iterator[Claimed]:
    """The claims that rest on some documents, and some others by their ids, in the order of ids. Reads `claims.weighed`."""
    columns = (
        "claim_id, column_name, value, row_key, document_id, locator, rank = 'deprecated', source_file, source_line"
    )
    import pyarrow as pa

    asked = {"document_id": sorted(documents), "claim_id": sorted(others)}
    for name, ids in asked.items():
        con.register(f"asked_{name}", pa.table({name: pa.array(ids, pa.string())}))
    chosen = " OR ".join(f"{name} IN (SELECT {name} FROM asked_{name})" for name in asked)
    found = con.execute(f"SELECT table_name, {columns} FROM claims.weighed WHERE {chosen} ORDER BY claim_id")
    for name, claim_id, column, value, key, *rest in iter(found.fetchone, None):
        table = sources()[name]
        subject = next((f.name for f in table.fields if f.cell.kind == "iso3" and f.cell.key), None)
        iso3 = dict(part.split("=", 1) for part in key.split("|")).get(subject or "")
        yield Claimed(claim_id, table, column, value, iso3, *rest)


def country_names(con: Sql) -> dict[str, Names]:
    """What each country is called, from every claim on it."""
    rows = con.execute("SELECT iso3, name, official_name, capital, aliases FROM source.country").fetchall()
    called: dict[str, set[str]] = {}
    for iso3, *names, aliases in rows:
        called.setdefault(iso3, set()).update(n for n in (*names, *(aliases or "").split("; ")) if n)
    uses = Counter(name for names in called.values() for name in names)
    own = {iso3: {n for n in names if uses[n] == 1} for iso3, names in called.items()}
    fellows = {
        name: {n for iso3, names in called.items() if name in names for n in own[iso3]}
        for name in uses
        if uses[name] > 1
    }
    return {
        iso3: Names(
            tuple(sorted(own[iso3])),
            tuple(sorted(names & fellows.keys())),
            tuple(sorted({n for name in names & fellows.keys() for n in fellows[name]})),
        )
        for iso3, names in called.items()
    }


def judge(claim: Claimed, text: Text, names: dict[str, Names]) -> tuple[str, str]:
    """`found`, `not_found` or `not_checked`, and what the passage lacks."""
    passage = text.passage(claim.locator)
    if passage is None:
        return "not_found", f"the text has no passage {claim.locator}"
    figures, years, countries = needles(claim, names)
    if not figures and not years and not countries:
        return "not_checked", ""
    stated = numbers_in(passage)
    lacks = [f"the figure {f}" for f in sorted(figures) if f not in stated]
    lacks += [
        f"the year {y}" for y in sorted(years) if not re.search(rf"(?<!\d){y.replace('X', '[0-9]')}(?!\d)", passage)
    ]
    lacks += [f"the country {c}" for c in sorted(countries) if not _named(names[c], passage)]
    return ("not_found", f"lacks {', '.join(lacks)}") if lacks else ("found", "")


def needles(claim: Claimed, names: dict[str, Names]) -> tuple[set[Decimal], set[str], set[str]]:
    """The figures, years and countries that a claim's passage should hold."""
    countries = {claim.subject} if claim.subject in names else set()
    figures: set[Decimal] = set()
    years: set[str] = set()
    if claim.column and claim.value:
        cell = claim.table.field(claim.column).cell
        if cell.kind in ("quantity", "integer"):
            figures = {Decimal(n) for n in re.findall(r"\d+(?:\.\d+)?", claim.value.replace("..", " "))}
        elif cell.kind == "edtf":
            years = set(re.findall(r"[0-9]{4}(?![0-9])|[0-9]{3}X|[0-9]{2}XX", claim.value))
        elif "country.iso3" in cell.references:
            countries |= {item for item in claim.value.split("; ") if item in names}
    return figures, years, {c for c in countries if c}


def _named(names: Names, passage: str) -> bool:
    """Whether a passage names a country, or several countries by a collective name and none of them alone."""

    def says(any_of: Iterable[str]) -> bool:
        return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", passage) for n in any_of)

    return says(names.own) or (says(names.shared) and not says(names.fellows))


def _problem(project: Project, claim: Claimed, lacks: str) -> Problem:
    column = origin_of(project, claim.table).column_of(claim.column or claim.table.key[0])
    what = f"{claim.column or 'row'} {shown(claim.value or claim.subject or '')}"
    where = f"{claim.document_id}, {claim.locator}" if claim.locator else claim.document_id
    reason = lacks or "recorded as not found"
    message = f"{what}: not found in {where}: {reason}; correct the cell or the locator, or deprecate the claim"
    return Problem(claim.source_file, claim.source_line, column, message, "evidence")
