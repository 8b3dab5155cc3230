"""What a table is: one Pandera model per table, shared field types, the registry.

Belongs here: models (one module per table), `fields` (the types of cells), `base` (the kinds of table),
`registry` (every model as plain data). Does not belong here: reading, weighing or writing anything.
"""

import sys
from types import ModuleType
from typing import cast

# Pandera loads pyspark.pandas wherever it is installed, to check frames that nothing here has: a second at every start, and
# a warning that it does not know this pandas. Spark runs the checks on Arrow batches, without it.
sys.modules.setdefault("pyspark.pandas", cast(ModuleType, None))
