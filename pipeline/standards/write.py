"""Writing what describes a release by a standard, once its other files are in place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from pipeline.charts.write import write_charts
from pipeline.explorer.page import write_explorer
from pipeline.metadata import write_json
from pipeline.standards.citation import citation
from pipeline.standards.croissant import croissant
from pipeline.standards.csvw import csvw
from pipeline.standards.datapackage import datapackage
from pipeline.standards.ro_crate import ro_crate
from pipeline.standards.sbom import write_bill
from pipeline.standards.sql import write_sql
from pipeline.standards.staged import Staged
from pipeline.standards.workbook import write_workbook


def write_descriptions(staged: Staged) -> None:
    """Write every description into the release's folder; the crate last, since it lists all other files."""
    folder = staged.folder
    (folder / "CITATION.cff").write_text(citation(staged), "utf-8")
    write_json(folder / "croissant.json", croissant(staged))
    write_json(folder / "csvw-metadata.json", csvw(staged))
    write_json(folder / "datapackage.json", datapackage(staged))
    write_sql(staged)
    write_bill(folder)
    with ThreadPoolExecutor(1) as beside:
        charts = beside.submit(write_charts, staged)  # which waits for a process of its own most of the time
        write_workbook(staged)
        write_explorer(folder, staged.kept)
        charts.result()
    write_json(folder / "ro-crate-metadata.json", ro_crate(staged))
