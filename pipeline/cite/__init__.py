"""Citing: the footnote of a fact, the documents behind an answer, and the dataset itself."""
