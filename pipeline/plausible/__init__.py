"""Checks of plausibility: what is well formed and refers to something, and yet can hardly be meant.

Written for kinds of field, so that a new table is looked at as well; what they know by name are countries, documents and the
notes of documents. They warn: a curator looks the row up again, and mends it. Where what is written may be right all the same,
the warning says so, and a note that says why it stands, after the word `Outlier:`, answers it.

Belongs here: one module per thing that rows are set against, and in `listed` every check. Does not belong here: what is wrong
whatever is meant, which is an error (`pipeline.rules`, `pipeline.substance`).
"""
