"""Whether the release is of the sources as they are now: freshness by content, which no clock can tell."""

from __future__ import annotations

import dagster as dg

from pipeline.blueprint import EXPLORER, RELEASE, Blueprint
from pipeline.fresh import find_stale, in_a_line
from pipeline.orchestration.resource import Checkout


def current_check(plan: Blueprint) -> dg.AssetChecksDefinition:
    """A warning while something that the release is made from has changed since, with all that is out of date and why."""

    @dg.asset_check(
        asset=RELEASE,
        name="current",
        description="The release is of the sources, texts and code as they are now. Run it by itself to see what has changed.",
    )
    def check(checkout: Checkout) -> dg.AssetCheckResult:
        stale = find_stale(checkout.project(), plan).without(EXPLORER)
        reasons = {**stale.parts, **{f"check {rule.label}": why for rule, why in stale.rules.items()}}
        records = [dg.TableRecord({"what": what, "why": why}) for what, why in reasons.items()]
        columns = dg.TableSchema([dg.TableColumn("what", "string"), dg.TableColumn("why", "string")])
        return dg.AssetCheckResult(
            passed=not stale,
            severity=dg.AssetCheckSeverity.WARN,
            description=in_a_line(stale, plan) if stale else None,
            metadata={"out of date": dg.MetadataValue.table(records, schema=columns)} if stale else {},
        )

    return check
