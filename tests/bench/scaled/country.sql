-- The countries as they are in the real sources.
SELECT * FROM read_csv(getvariable('countries'), all_varchar = true, header = true)
