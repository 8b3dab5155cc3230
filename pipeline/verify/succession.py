"""The version agrees with the difference from the release before, and claims keep the release they first appeared in."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.diff import schema_changes
from pipeline.engine import Connection, literal, quoted
from pipeline.verify.fault import RESTORE, Fault, contradictions
from pipeline.verify.manifest import MANIFEST, Manifest, read_manifest
from pipeline.verify.opened import Opened
from pipeline.verify.sums import sum_faults
from pipeline.version import Bump, bump_of_rows, bump_of_schema, highest, next_version

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)


def order_of(version: str) -> tuple[int, ...]:
    """What versions are compared by."""
    return tuple(int(part) for part in version.split("."))


def versions(releases: Path) -> list[str]:
    """The releases of a store, oldest first: folders, and no links, named by a version."""
    found = releases.iterdir() if releases.is_dir() else []
    names = [p.name for p in found if _VERSION.fullmatch(p.name) and p.is_dir() and not p.is_symlink()]
    return sorted(names, key=order_of)


def version_faults(release: Opened) -> list[Fault]:
    """Why the version is not the one that the release's content makes it."""
    if release.malformed:
        return [Fault(MANIFEST, "tells too little to compare the release with the one before", RESTORE)]
    said = release.manifest.said.get("previous")
    earlier = [v for v in versions(release.store) if order_of(v) < order_of(release.version)]
    expected = earlier[-1] if earlier else None
    if said != expected:
        have = f"the release before it in the store is {expected}" if expected else "there is none before it"
        remedy = "restore the store from the repository's history"
        return [Fault(MANIFEST, f"names {said!r} as the release before, and {have}", remedy)]
    if expected is None:
        first = next_version(None, "minor")
        found = [] if release.version == first else [Fault(MANIFEST, f"is the first release, and not {first}")]
        return found + _first_releases(release, None)
    before = release.store / expected
    manifest, malformed = read_manifest(before)
    if malformed or sum_faults(before):
        remedy = f"run wb6 verify {expected}, and restore that release"
        return [Fault(MANIFEST, f"cannot be compared with the release before, {expected}, which is damaged", remedy)]
    release.con.execute("CREATE SCHEMA before").fetchall()
    for name in manifest.tables:
        path = literal(before / "parquet" / f"{name}.parquet")
        release.con.execute(f"CREATE VIEW before.{quoted(name)} AS SELECT * FROM read_parquet({path})").fetchall()
    return [*_bump(release, expected, manifest), *_first_releases(release, manifest)]


def _bump(release: Opened, previous: str, manifest: Manifest) -> list[Fault]:
    bump, why = bump_between(release, manifest)
    expected = next_version(previous, bump)
    if expected == release.version:
        return []
    if bump == "none":
        return [Fault(MANIFEST, f"changes nothing against {previous}, so there should be no {release.version}")]
    what = f"is {release.version}, and its difference from {previous} makes it {expected} ({bump}: {why})"
    return [Fault(MANIFEST, what)]


def bump_between(release: Opened, before: Manifest) -> tuple[Bump, str]:
    """The change of version that a release makes against the one before, in `before.<table>`, and what makes it so."""
    schema = schema_changes(before.shapes, release.manifest.shapes)
    reshaped = {change.table for change in schema}
    bumps: list[tuple[Bump, str]] = [(bump_of_schema(schema), f"shape of {', '.join(sorted(reshaped))}")]
    if dict(before.about) != dict(release.manifest.about):
        bumps.append(("patch", "what it says of the dataset"))
    for name, table in release.tables.items():
        if name not in before.tables or name in reshaped or name == "change":
            continue
        if release.manifest.tables[name].sha256 == before.tables[name].sha256:
            continue
        if name == "claim" and not _differ(release.con, [c.name for c in table.columns if c.name != "first_release"]):
            continue
        bumps.append((bump_of_rows(release.con, table, f"before.{quoted(name)}", f"now.{quoted(name)}"), name))
    bump = highest(*(b for b, _ in bumps))
    return bump, "; ".join(why for b, why in bumps if b == bump)


def _differ(con: Connection, names: list[str]) -> bool:
    columns = ", ".join(map(quoted, names))
    one, other = f"SELECT {columns} FROM before.claim", f"SELECT {columns} FROM now.claim"
    sql = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    return bool(con.execute(sql).fetchall()[0][0])


def _first_releases(release: Opened, before: Manifest | None) -> list[Fault]:
    """Claims that do not name the release they first appeared in."""
    if "claim" not in release.tables:
        return []
    shown = before is not None and "claim" in before.tables
    carried = (
        "SELECT claim_id, first_release FROM before.claim" if shown else "SELECT '' AS claim_id, '' AS first_release"
    )
    rows = release.con.execute(
        f"""
        SELECT n.claim_id, n.first_release, coalesce(b.first_release, {literal(release.version)}) AS expected
        FROM now.claim n
        LEFT JOIN ({carried}) b ON b.claim_id = n.claim_id
        WHERE n.first_release IS DISTINCT FROM coalesce(b.first_release, {literal(release.version)})
        ORDER BY 1
        """
    ).fetchall()
    whats = [f"claim {row[0]} says it first appeared in {row[1]}, and it did in {row[2]}" for row in rows]
    return contradictions("csv/claim.csv", whats)


def latest_faults(outputs: Path) -> list[Fault]:
    """Why `latest` does not lead to the newest release of the store; the file is named from the store."""
    have, link = versions(outputs / "releases"), outputs / "latest"
    if not have:
        return [Fault("latest", "there is no release", "run wb6 release")] if link.is_symlink() or link.exists() else []
    aim = f"make it a link to releases/{have[-1]}"
    if not link.is_symlink():
        return [Fault("latest", "no link" if link.exists() else "missing", aim)]
    target = link.readlink().as_posix()
    if target != f"releases/{have[-1]}":
        return [Fault("latest", f"leads to {target}, and the newest release is {have[-1]}", aim)]
    return []
