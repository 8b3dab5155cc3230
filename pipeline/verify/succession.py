"""The version agrees with the difference from the release before, and claims keep the release they first appeared in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.diff.change import create_change_table, first_releases
from pipeline.diff.side import Side, attach, side_of
from pipeline.engine import literal
from pipeline.engines import rows_of
from pipeline.metadata import CHANGES
from pipeline.releases import order_of, versions
from pipeline.verify.fault import RESTORE, Fault, contradictions
from pipeline.verify.manifest import MANIFEST, read_manifest
from pipeline.verify.opened import Opened
from pipeline.verify.sums import sum_faults
from pipeline.version import highest, next_version, reasons


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
    _, malformed = read_manifest(before)
    if malformed or sum_faults(before):
        remedy = f"run wb6 verify {expected}, and restore that release"
        return [Fault(MANIFEST, f"cannot be compared with the release before, {expected}, which is damaged", remedy)]
    if release.tables.keys() != release.manifest.tables.keys():
        return []  # what cannot be read is told as such, and cannot be compared
    old, new = attach(release.con, before, "before"), side_of("now", release.version, release.manifest)
    create_change_table(release.con, old, new)
    return [*_bump(release, old, new), *_changes(release, old), *_first_releases(release, old)]


def _bump(release: Opened, before: Side, now: Side) -> list[Fault]:
    """Why the version is another than the difference from the release before makes it."""
    found = reasons(release.con, before, now)
    bump = highest(found)
    expected = next_version(before.version, bump)
    if expected == release.version:
        return []
    if bump == "none":
        return [Fault(MANIFEST, f"changes nothing against {before.version}, so there should be no {release.version}")]
    why = "; ".join(f"{reason.subject}: {reason.what}" for reason in found if reason.bump == bump)
    what = f"is {release.version}, and its difference from {before.version} makes it {expected} ({bump}: {why})"
    return [Fault(MANIFEST, what)]


def _changes(release: Opened, before: Side) -> list[Fault]:
    """Changes that the release does not list as they are, with class and claims, and listed ones that are none.

    A release whose manifest names no file of changes is from before the cells of claims, and of new columns, were listed.
    """
    if "change" not in release.tables or "changes" not in release.manifest.said:
        return []
    if CHANGES not in release.files:
        return [Fault(CHANGES, "missing", RESTORE)]
    heading = f"# Changes from {before.version} to {release.version}\n"
    found = []
    if not release.files[CHANGES].read_text("utf-8").startswith(heading):
        found.append(Fault(CHANGES, f"is not headed {heading[2:-1]!r}", RESTORE))
    now, then = "SELECT * FROM now.change", "SELECT * FROM change"
    whats = (
        f"{what} {', '.join(str(part) for part in row[:6] if part is not None)}"
        for one, other, what in (
            (then, now, "does not list, as it is, the change of"),
            (now, then, "lists what is no change:"),
        )
        for row in rows_of(release.con, f"SELECT * FROM ({one} EXCEPT ALL {other}) ORDER BY ALL")
    )
    return found + contradictions("csv/change.csv", whats)


def _first_releases(release: Opened, before: Side | None) -> list[Fault]:
    """Claims that do not name the release they first appeared in."""
    if "claim" not in release.tables:
        return []
    rows = rows_of(
        release.con,
        f"""
        SELECT n.claim_id, n.first_release, coalesce(b.first_release, {literal(release.version)}) AS expected
        FROM now.claim n
        LEFT JOIN ({first_releases(before)}) b ON b.claim_id = n.claim_id
        WHERE n.first_release IS DISTINCT FROM coalesce(b.first_release, {literal(release.version)})
        ORDER BY 1
        """,
    )
    whats = (f"claim {row[0]} says it first appeared in {row[1]}, and it did in {row[2]}" for row in rows)
    return contradictions("csv/claim.csv", whats)


def latest_faults(outputs: Path, have: Sequence[str]) -> list[Fault]:
    """Why `latest` does not lead to the newest release that a store has; the file is named from the store."""
    link = outputs / "latest"
    if not have:
        return [Fault("latest", "there is no release", "run wb6 release")] if link.is_symlink() or link.exists() else []
    aim = f"make it a link to releases/{have[-1]}"
    if not link.is_symlink():
        return [Fault("latest", "no link" if link.exists() else "missing", aim)]
    target = link.readlink().as_posix()
    if target != f"releases/{have[-1]}":
        return [Fault("latest", f"leads to {target}, and the newest release is {have[-1]}", aim)]
    return []
