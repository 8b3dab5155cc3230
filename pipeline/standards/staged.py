"""What each standard is given: a release in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.count import Figure
from pipeline.dataset import Dataset
from schemas.registry import Table

if TYPE_CHECKING:
    from pipeline.charts.apart import Pen


@dataclass(frozen=True)
class Staged:
    """A release in the making: what it says of itself, its tables, and the folder that holds its data files so far.

    `figures` are what its datasheet counts; `kept` is where pieces of it (rows of sheets, charts, footnotes) are kept from
    one release to the next, if anywhere; `pen` draws its charts, or one that is taken for that.
    """

    folder: Path
    dataset: Dataset
    tables: Mapping[str, Table]
    rows: Mapping[str, int]
    version: str
    figures: tuple[Figure, ...] = ()
    kept: Path | None = None
    pen: Pen | None = None
