"""Running the real services of Dagster for tests: instances, processes, a PostgreSQL server, a browser."""
