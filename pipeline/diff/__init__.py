"""What changed between two releases, and why: their shape, and cell by cell, each change with its class and claims.

Belongs here: finding changes (`side`, `schema`, `renames`, `cells`, `change`) and telling them to people (`story`, `told`,
`page`, `command`). Does not belong here: what version follows from them (`pipeline.version`).
"""
