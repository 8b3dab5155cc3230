"""sbom.cdx.json: the bill of materials of the pipeline, a CycloneDX document (https://cyclonedx.org).

It tells what the lock file pins, whatever is installed where a release is made: so it is made with the lock file, by
`make materials`, and copied into a release as it is. A release is never made because of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

FILE = "sbom.cdx.json"

_HERE = Path(__file__).parent


def write_bill(folder: Path) -> None:
    """Put the bill of materials into the folder of a release."""
    shutil.copyfile(_HERE / FILE, folder / FILE)
