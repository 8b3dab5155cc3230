"""Publishing: what a release holds, staged beside the store and verified; `pipeline.store` then moves it in.

A release that would change nothing is not made.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.blueprint import blueprint, forget_kept, is_current
from pipeline.charts.write import pen_ahead
from pipeline.conform import nonconformities
from pipeline.count import count_figures
from pipeline.dataset import read_dataset
from pipeline.dictionary import readme
from pipeline.diff.change import create_change_table, first_releases
from pipeline.diff.side import Side
from pipeline.diff.story import tell
from pipeline.diff.told import SHOWN, as_markdown
from pipeline.disk import tells_of_the_disk
from pipeline.engine import Connection, connect, literal, quoted
from pipeline.engines import DuckDB
from pipeline.files import ordered, sha256, write_csv, write_parquet
from pipeline.lineage import listed_lineage
from pipeline.metadata import CHANGES, LINEAGE, about_dataset, footer, manifest, write_json
from pipeline.plan import Plan, make_plan
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.record import record_path
from pipeline.standards.staged import Staged
from pipeline.standards.write import write_descriptions
from pipeline.store import alone, staging
from pipeline.stores import fetch_sources, store_of
from pipeline.touched import looked_at, refuse_written, written_to
from pipeline.verify.itself import faults
from pipeline.verify.manifest import MANIFEST
from pipeline.verify.sums import write_sums
from pipeline.workdir import Workdir
from schemas.registry import Table, tables, written


@dataclass(frozen=True)
class Release:
    """What publishing did: the version that is now the latest, and whether it became so."""

    version: str
    folder: Path
    published: bool
    changed: tuple[str, ...]
    rows: Mapping[str, int]


@tells_of_the_disk
def publish(project: Project, refuse: Callable[[], None] = lambda: None) -> Release:
    """Publish the tables in the build folder, if they differ from the latest release.

    First finishes what a killed run began. `refuse` is called when all is staged, and raises PipelineError where that is
    not to be published. Raises PipelineError as well where a source changed since it was read, where another publisher
    is at work, where the staged release does not verify, or where the disk refuses; the latest release then stands as it
    was.
    """
    with alone(project.outputs), staging(project.outputs) as folder:
        return _publish(project, folder, refuse)


def _publish(project: Project, staged: Path, refuse: Callable[[], None]) -> Release:
    published = tables()
    seen = looked_at(project, _read_here(project))
    sources, dataset = _snapshot(project), read_dataset(project)
    about = about_dataset(project, dataset)
    store = store_of(project)
    store.folder()
    with connect(project.build) as con:
        mended = store.mend(con, faults)
        rows = _stage_csv(con, project, published, staged)
        plan = make_plan(con, project, published, about, staged)
        version, old = plan.new.version, plan.old
        if old and not plan.publishes:
            return Release(version, project.outputs / "releases" / version, mended, (), rows)
        kept = Workdir(project.build).kept
        with pen_ahead(kept) as pen:
            rows |= _stage_evidence(con, plan, staged)
            for table in published.values():
                write_parquet(con, table, staged, footer(dataset, version))
            listed = manifest(about, published, rows, sources, staged, version, old.version if old else None)
            listed[LINEAGE] = listed_lineage(project)
            write_json(staged / MANIFEST, listed)
            described = Staged(staged, dataset, published, rows, version, count_figures(con, published), kept, pen)
            wrong = faults(con, staged, lambda: _describe(con, project, plan, described, listed[LINEAGE]))
        if not is_current(blueprint(project)):
            # what is kept was made by the code that this process began with, and counts as made by that on the disk
            forget_kept(project)
        if _snapshot(project) != sources:  # another run may have read changed sources into the build folder meanwhile
            raise PipelineError("sources have changed while the release was made; run wb6 release again")
        if wrong:
            raise PipelineError("the staged release does not verify:\n" + "\n".join(wrong))
        refuse_written(written_to(seen, looked_at(project, _read_here(project))))
        refuse()
        folder = store.move_in(staged, version)
    return Release(version, folder, True, plan.changed, rows)


@contextmanager
def rehearsed(project: Project) -> Iterator[tuple[Connection, Plan]]:
    """The plan for the tables in the build folder, with its table `change` in the engine; the store is only read.

    Raises PipelineError where the latest release is damaged or a source changed since it was read.
    """
    published = tables()
    dataset, _ = read_dataset(project), _snapshot(project)
    with TemporaryDirectory(dir=project.build) as staged, connect(project.build) as con:
        _stage_csv(con, project, published, Path(staged))
        plan = make_plan(con, project, published, about_dataset(project, dataset), Path(staged))
        _create_evidence(con, plan)
        yield con, plan


def _snapshot(project: Project) -> dict[str, str]:
    """The digest of every file the tables were read from. Raises PipelineError where one has changed since."""
    fetch_sources(project)
    work = Workdir(project.build)
    digests = {}
    for name, table in written().items():
        path = project.sources / table.file
        digests[project.label(path)] = work.stamp(name).read_text("utf-8") if work.stamp(name).is_file() else ""
        if not path.is_file() or sha256(path) != digests[project.label(path)]:
            raise PipelineError(f"{project.label(path)} has changed since it was read; run wb6 release again")
    for label in _read_here(project):
        if project.path(label).is_file():
            digests[label] = sha256(project.path(label))
    return dict(sorted(digests.items()))


def _read_here(project: Project) -> list[str]:
    """The files that publishing itself reads."""
    paths = (project.sources / "dataset.yaml", project.sources / "LICENSE", record_path(project))
    return [project.label(path) for path in paths]


def _stage_csv(con: Connection, project: Project, published: Mapping[str, Table], staging: Path) -> dict[str, int]:
    """Write the CSV of every table but `claim` and `change`, which need the version; attach `claim` as `claim_now`."""
    names = [name for name in published if name != "change"]
    work = Workdir(project.build)
    work.attach(con, "tables", names)
    now = f"SELECT * FROM read_parquet({literal(work.readable('tables', 'claim'))})"
    con.execute(f"CREATE VIEW claim_now AS {now}").fetchall()
    for name in names:
        if name != "claim":
            write_csv(con, published[name], staging)
    return _counts(con, names)


def _counts(con: Connection, names: Iterable[str]) -> dict[str, int]:
    counts = ", ".join(f"(SELECT count(*) FROM {quoted(name)})" for name in names)
    return dict(zip(names, con.execute(f"SELECT {counts}").fetchall()[0], strict=True))


def _stage_evidence(con: Connection, plan: Plan, staging: Path) -> dict[str, int]:
    """Write the CSV of `claim`, each claim with the release it first appeared in, and of `change`."""
    _create_evidence(con, plan)
    for name in ("claim", "change"):
        wrong = nonconformities(DuckDB(con), plan.new.tables[name])
        if wrong:
            raise PipelineError("\n".join(wrong))
        write_csv(con, plan.new.tables[name], staging)
    return _counts(con, ["claim", "change"])


def _create_evidence(con: Connection, plan: Plan) -> None:
    """Create `change`, and `claim` anew with the release each claim first appeared in, also under an older id."""
    nothing = Side("main", plan.new.version, {})
    create_change_table(con, *((plan.old, plan.new) if plan.old else (nothing, nothing)))  # a first one changes nothing
    con.execute(
        f"CREATE OR REPLACE TABLE change AS SELECT * FROM change ORDER BY {ordered(plan.new.tables['change'])}"
    ).fetchall()
    columns = ", ".join(f"n.{c.name}" for c in plan.new.tables["claim"].columns if c.name != "first_release")
    now = literal(plan.new.version)
    with_first = f"SELECT {columns}, {now} AS first_release FROM claim_now n"
    if plan.old:
        with_first = (
            f"SELECT {columns}, coalesce(c.first_release, {now}) AS first_release FROM claim_now n "
            f"LEFT JOIN ({first_releases(plan.old)}) c ON c.claim_id = n.claim_id ORDER BY n.claim_id"
        )
    con.execute("DROP VIEW claim").fetchall()
    con.execute(f"CREATE TABLE claim AS {with_first}").fetchall()


def _describe(con: Connection, project: Project, plan: Plan, staged: Staged, lineage: Any) -> None:
    """Write what the release says of itself beside its manifest, its changes, its licence and its checksums."""
    folder = staged.folder
    (folder / "README.md").write_text(readme(staged, lineage), "utf-8")
    (folder / CHANGES).write_text(_changes(con, plan, staged.kept), "utf-8")
    shutil.copyfile(project.sources / "LICENSE", folder / "LICENSE")
    write_descriptions(staged)
    write_sums(folder)


def _changes(con: Connection, plan: Plan, kept: Path | None) -> str:
    """The text of CHANGES.md, from the table `change`."""
    if plan.old is None:
        return f"# Changes in {plan.new.version}\n\nThe first release: there is nothing to compare it with.\n"
    return as_markdown(tell(con, plan.old, plan.new, plan.reasons, SHOWN, kept))
