"""Great Expectations over described sources: each file whole in pandas, each column's expectations in one suite per table.

Run with the environment of the peers: python in_great_expectations.py FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"


def main(folder: Path) -> None:
    """Validate every table. Raises AssertionError where one does not pass."""
    import great_expectations as gx
    import pandas as pd

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("pandas")
    for name, columns in json.loads((folder / "asked.json").read_text("utf-8")).items():
        frame = pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False, na_values=[""])
        suite = gx.ExpectationSuite(name, expectations=[e for c, asked in columns.items() for e in expected(c, asked)])
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
        found = batch.get_batch({"dataframe": frame}).validate(suite, result_format="BOOLEAN_ONLY")
        assert found.success, f"{name}: {found}"


def expected(column: str, asked: dict[str, Any]) -> list[Any]:
    """The expectations of one column."""
    from great_expectations import expectations as ge

    made: list[Any] = [ge.ExpectColumnValuesToNotBeNull(column=column)] if asked["required"] else []
    if asked["codes"]:
        made.append(ge.ExpectColumnValuesToBeInSet(column=column, value_set=asked["codes"]))
    if asked["pattern"]:
        made.append(ge.ExpectColumnValuesToMatchRegex(column=column, regex=asked["pattern"]))
    return made


if __name__ == "__main__":
    main(Path(sys.argv[1]))
