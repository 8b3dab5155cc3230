"""What a table is: one Pandera model per table, shared field types, the registry.

Belongs here: models (one module per table), `fields` (the types of cells), `base` (the kinds of table),
`registry` (every model as plain data). Does not belong here: reading, weighing or writing anything.
"""
