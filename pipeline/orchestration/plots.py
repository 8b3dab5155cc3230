"""Plots as metadata: an image inside Markdown, which the UI shows beside the other values of a materialisation."""

from __future__ import annotations

import base64
from typing import Any

import dagster as dg

from pipeline.project import Project


def plot_metadata(project: Project, name: str) -> dict[str, Any]:
    """The plot of a table that has been built, where it has one."""
    from pipeline.plot import plot_of
    from pipeline.svg import draw

    plot = plot_of(project, name)
    if plot is None:
        return {}
    image = base64.b64encode(draw(plot).encode()).decode()
    return {"plot": dg.MetadataValue.md(f"![{plot.title}](data:image/svg+xml;base64,{image})")}
