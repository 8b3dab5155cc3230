"""The one resource: which checkout to build."""

from __future__ import annotations

import dagster as dg

from pipeline.project import Project


class Checkout(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder that holds `sources` and `outputs`; empty for WB6_PROJECT, or the checkout that this code lies in."""

    root: str = ""

    def project(self) -> Project:
        """Its paths."""
        return Project.here(self.root or None)
