"""The way of a fact, step by step, each on files in the build folder: what Dagster's assets call, and tests run alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.check import check_sources
from pipeline.claims import create_claim_table
from pipeline.conform import nonconformities
from pipeline.engine import Connection, connect, quoted
from pipeline.evidence import look, read_record, write_record
from pipeline.join import join_files, run_join, tables_read
from pipeline.problems import PipelineError, Problem
from pipeline.project import Project, read_dataset
from pipeline.rules import RULES, check_cells, check_keys
from pipeline.validate import Origin, load
from pipeline.weigh import publish_documents, weigh
from pipeline.workdir import Workdir
from schemas.registry import Table, sources, tables

__all__ = ["Built", "build_claims", "build_join", "build_table", "check_across", "check_evidence", "check_sources"]


@dataclass(frozen=True)
class Built:
    """What a step made: the rows of its table, or the problems that kept it from being made."""

    rows: int = 0
    problems: tuple[Problem, ...] = ()


def build_table(project: Project, table: Table) -> Built:
    """Read, validate and weigh one source table. Reads its file and, but for the documents, `source.document`.

    A table with problems leaves no working files.
    """
    work = Workdir(project.build)
    with connect(project.build) as con:
        if table.layer != "bibliography":
            work.attach(con, "source", ["document"])
        origin, problems = load(con, project, table)
        if not problems:
            loaded = {table.name: (table, origin)}
            problems = check_cells(con, loaded) + check_keys(con, loaded)
        if problems:
            work.discard(table.name)
            return Built(problems=tuple(sorted(set(problems))))
        work.save(con, "source", table.name, f"SELECT * FROM source.{quoted(table.name)} ORDER BY source_line")
        if table.layer == "bibliography":
            publish_documents(con, table)
        else:
            weigh(con, table)
            work.save(con, "claims", table.name, f"SELECT * FROM claims.{quoted(table.name)} ORDER BY claim_id")
        return Built(_keep(con, work, table))


def _keep(con: Connection, work: Workdir, table: Table) -> int:
    wrong = nonconformities(con, table)
    if wrong:
        raise PipelineError("\n".join(f"{what}; mend schemas/{table.name}.py" for what in wrong))
    work.save(con, "tables", table.name, f"SELECT * FROM {quoted(table.name)}")
    return int(con.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchall()[0][0])


def check_across(project: Project, written: Sequence[Table], rule: str) -> list[Problem]:
    """The problems that one rule of `pipeline.rules.RULES` finds in some tables, given the tables they refer to."""
    names = {t.name for t in written} | {"document", "reference"}
    names |= {reference.split(".")[0] for t in written for f in t.fields for reference in f.cell.references}
    with connect(project.build) as con:
        Workdir(project.build).attach(con, "source", sorted(names))
        return RULES[rule](con, {t.name: (t, origin_of(project, t)) for t in written}, frozenset())


def origin_of(project: Project, table: Table) -> Origin:
    """Where the rows of a table that was read before came from."""
    if table.layer == "bibliography":
        return Origin("sources/references.json", ())
    from pipeline.refuse import header_of

    names = tuple(f.name for f in table.fields)
    path = project.sources / f"{table.name}.csv"
    return Origin(project.label(path), header_of(path, project.label(path), names))


def check_evidence(project: Project) -> list[Problem]:
    """Look for each claim in its text, where at hand, and keep the results; the problems that a curator should mend."""
    with connect(project.build) as con:
        Workdir(project.build).attach(con, "source", ["document", *sources()])
        evidence = look(con, project)
    if not evidence.problems:
        write_record(project, evidence)
    return list(evidence.problems)


def build_claims(project: Project) -> Built:
    """Make the claim table from the claims of every table and the evidence on record."""
    work = Workdir(project.build)
    with connect(project.build) as con:
        work.attach(con, "source", ["document", "reference"])
        work.attach(con, "claims", sources())
        create_claim_table(con, sources(), read_record(project))
        return Built(_keep(con, work, tables()["claim"]))


def build_join(project: Project, name: str) -> Built:
    """Run one join over the published tables it reads."""
    work = Workdir(project.build)
    path = join_files(project.joins)[name]
    with connect(project.build) as con:
        work.attach(con, "tables", sorted(tables_read(con, path)))
        table = tables()[name]
        run_join(con, table, path, read_dataset(project))
        work.save(con, "tables", name, f"SELECT * FROM {quoted(name)}")
        return Built(int(con.execute(f"SELECT count(*) FROM {quoted(name)}").fetchall()[0][0]))
