"""Spark in the place of DuckDB, for tables that one machine does not hold: the same SQL, the same checks, the same bytes.

Belongs here: how Spark is asked for what `pipeline.engines.Engine` needs. Does not belong here: any rule about data.
"""
