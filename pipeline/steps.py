"""The way of a fact, step by step, each on files in the build folder: what Dagster's assets call, and tests run alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from pipeline.claims import create_claim_table
from pipeline.conform import nonconformities
from pipeline.dataset import read_dataset
from pipeline.disk import tells_of_the_disk
from pipeline.engine import connect, literal, quoted
from pipeline.engines import Engine, open_engine
from pipeline.evidence import look
from pipeline.files import ordered, sha256
from pipeline.join import run_join
from pipeline.problems import PipelineError, Problem
from pipeline.project import Project
from pipeline.record import read_record, write_record
from pipeline.rules import RULES, check_cells, check_keys, group_by_table
from pipeline.sqlfiles import sql_files, tables_read
from pipeline.substance import SubstanceCheck, find_faults, tables_looked_at
from pipeline.validate import origin_of
from pipeline.weigh import WEIGHED, create_claims, publish_documents, publish_weighed
from pipeline.whole import write_whole
from pipeline.workdir import Workdir
from schemas.registry import Table, sources, tables


@dataclass(frozen=True)
class Built:
    """What a step made: the rows of its table, or the problems that kept it from being `kept`.

    `seconds` are what was done for this table alone: reading and keeping it, and not what is done for all at once, as weighing is.
    """

    rows: int = 0
    problems: tuple[Problem, ...] = ()
    seconds: float = field(default=0, compare=False)
    kept: bool = True


@tells_of_the_disk
def build_tables(project: Project, chosen: Sequence[Table]) -> dict[str, Built]:
    """Read, validate and weigh some source tables. Reads their files and, unless it is among them, `source.document`.

    A table with problems leaves no working files; nor does any other where the documents have problems.
    """
    work = Workdir(project.build)
    work.keep_only(tables())
    digests = {t.name: source_digest(project, t) for t in chosen}
    with open_engine(project.build) as con:
        seconds = {t.name: 0.0 for t in chosen}
        loaded = {}
        for t in chosen:
            with _timed(seconds, t.name):
                loaded[t.name] = (t, con.load(project, t))
        problems = {name: list(found) for name, (_, (_, found)) in loaded.items()}
        good = {name: (t, origin) for name, (t, (origin, found)) in loaded.items() if not found}
        across = check_cells(con, good) + check_keys(con, good)
        for name, found in group_by_table(across).items():
            problems[name] += found
        sound = [t for t in chosen if not problems[t.name]]
        if "document" not in loaded:
            work.attach(con, "source", ["document"])
        elif problems["document"]:
            sound = []
        for name in problems.keys() - {t.name for t in sound}:
            work.discard(name)
        rows = _weigh_and_keep(con, work, sound, seconds)
        for t in sound:
            write_whole(work.stamp(t.name), digests[t.name].encode())
    return {n: Built(rows.get(n, 0), tuple(sorted(set(found))), seconds[n], n in rows) for n, found in problems.items()}


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Add the time that a block takes to what a table has taken so far."""
    began = perf_counter()
    yield
    seconds[name] += perf_counter() - began


def source_digest(project: Project, table: Table) -> str:
    """The digest of the file that a table is read from; empty where there is none."""
    path = project.sources / table.file
    return sha256(path) if path.is_file() else ""


def _weigh_and_keep(con: Engine, work: Workdir, sound: Sequence[Table], seconds: dict[str, float]) -> dict[str, int]:
    written = [t for t in sound if t.layer == "source"]
    if written:
        create_claims(con, written)
    for table in sound:
        with _timed(seconds, table.name):
            _keep(con, work, table)
    return {t.name: _count(con, t.name) for t in sound}


def _keep(con: Engine, work: Workdir, table: Table) -> None:
    name = quoted(table.name)
    work.save(con, "source", table.name, f"SELECT * FROM source.{name} ORDER BY source_line")
    if table.layer == "bibliography":
        publish_documents(con, table)
    else:
        publish_weighed(con, table)
        claims = f"SELECT {WEIGHED} FROM claims.weighed WHERE table_name = {literal(table.name)} ORDER BY claim_id"
        work.save(con, "claims", table.name, claims)
    work.save(con, "tables", table.name, f"SELECT * FROM {name}")


def _count(con: Engine, name: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {quoted(name)}").fetchall()[0][0])


def check_across(project: Project, written: Sequence[Table], rule: str) -> list[Problem]:
    """The problems that one rule of `pipeline.rules.RULES` finds in some tables, given the tables they refer to."""
    names = {t.name for t in written} | {"document", "reference"}
    names |= {reference.split(".")[0] for t in written for f in t.fields for reference in f.cell.references}
    with open_engine(project.build) as con:
        Workdir(project.build).attach(con, "source", sorted(names))
        return RULES[rule](con, {t.name: (t, origin_of(project, t)) for t in written}, frozenset())


def check_substance(project: Project, checks: Sequence[SubstanceCheck]) -> list[Problem]:
    """The faults that some checks of substance find in the tables built."""
    work = Workdir(project.build)
    with connect() as reader:
        looked_at = {check: tables_looked_at(reader, [check]) for check in checks}
    with open_engine(project.build) as con:
        for seen in looked_at.values():
            work.attach(con, "tables", seen.published)
            work.attach(con, "source", seen.stated)
        origins = {name: origin_of(project, sources()[name]) for check in checks for name in check.tables}
        return find_faults(con, looked_at, origins)


@tells_of_the_disk
def check_evidence(project: Project) -> list[Problem]:
    """Look for each claim in its text, where at hand, and keep the results; the problems that a curator should mend."""
    with open_engine(project.build) as con:
        work = Workdir(project.build)
        work.attach(con, "source", ["document", *sources()])
        evidence = look(con, project, lambda: _attach_claims(con, work))
    if not evidence.problems:
        write_record(project, evidence.record)
    return list(evidence.problems)


def _attach_claims(con: Engine, work: Workdir) -> None:
    """Give an engine the claims of every table as one, as they were weighed."""
    work.attach(con, "claims", sources())
    every = " UNION ALL ".join(f"SELECT {WEIGHED} FROM claims.{quoted(name)}" for name in sources())
    con.execute(f"CREATE VIEW claims.weighed AS {every}").fetchall()


@tells_of_the_disk
def build_claims(project: Project) -> Built:
    """Make the claim table from the claims of every table and the evidence on record."""
    began = perf_counter()
    work = Workdir(project.build)
    with open_engine(project.build) as con:
        work.attach(con, "source", ["document", "reference"])
        work.attach(con, "claims", sources())
        create_claim_table(con, sources(), read_record(project))
        wrong = nonconformities(con, tables()["claim"])
        if wrong:
            raise PipelineError("\n".join(wrong))
        work.save(con, "tables", "claim", "SELECT * FROM claim ORDER BY claim_id")
        return Built(_count(con, "claim"), seconds=perf_counter() - began)


@tells_of_the_disk
def build_join(project: Project, name: str, reads: Sequence[str] | None = None) -> Built:
    """Run one join over the published tables it reads, which are looked up in its SQL unless they are given."""
    began = perf_counter()
    work = Workdir(project.build)
    path = sql_files(project.joins)[name]
    if reads is None:
        with connect() as reader:
            reads = sorted(tables_read(reader, path))
    with open_engine(project.build) as con:
        work.attach(con, "tables", sorted(reads))
        run_join(con, tables()[name], path, read_dataset(project))
        work.save(con, "tables", name, f"SELECT * FROM {quoted(name)} ORDER BY {ordered(tables()[name])}")
        return Built(_count(con, name), seconds=perf_counter() - began)
