"""The main figures of a release as files: a chart is one module, with the question to the tables and the drawing of the answer."""
