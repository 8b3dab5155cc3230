-- error in membership: the spells of a country in an organisation with one status are numbered from 1, without a gap.
--
-- One row per claim of a spell whose predecessor is not recorded.
SELECT DISTINCT
    'membership' AS table_name,
    c.source_line,
    'spell' AS column_name,
    CAST(c.spell AS VARCHAR) AS value,
    'there is no spell ' || CAST(c.spell - 1 AS VARCHAR) || ' of ' || c.iso3 || ' in ' || c.organisation_id || ' as ' || c.status
        || '; number spells from 1, or correct the country, the organisation or the status' AS message
FROM stated.membership c
LEFT JOIN membership b
  ON b.iso3 = c.iso3 AND b.organisation_id = c.organisation_id AND b.status = c.status AND b.spell = c.spell - 1
WHERE c.spell <> 1 AND b.iso3 IS NULL
