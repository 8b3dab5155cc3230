"""Spark in the place of DuckDB: the same SQL, the same row checks, the same tables to the byte."""
