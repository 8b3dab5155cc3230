"""Dagster's view of the pipeline: a thin layer of assets, checks and automation over `pipeline.steps`.

Belongs here: what Dagster needs to know to run, show and schedule. Does not belong here: any rule about data.
"""
