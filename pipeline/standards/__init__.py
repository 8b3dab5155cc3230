"""How a release describes itself to machines: one module per standard, each derived from the schemas and the dataset."""
