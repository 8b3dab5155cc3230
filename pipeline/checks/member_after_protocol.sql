-- error in membership: no country is a member before its accession protocol or treaty was signed.
--
-- One row per membership that begins before the signature and was not over by then.
WITH signed AS (
    SELECT
        iso3,
        organisation_id,
        date,
        date_earliest AS signed_on,
        row_number() OVER (PARTITION BY iso3, organisation_id ORDER BY date_earliest, milestone) AS place
    FROM milestone
    WHERE milestone IN ('accession_protocol_signed', 'accession_treaty_signed') AND date_earliest IS NOT NULL
)
SELECT
    'membership' AS table_name,
    min(c.source_line) AS source_line,
    'start' AS column_name,
    m.start AS value,
    m.iso3 || ' is a member of ' || m.organisation_id || ' before its accession protocol was signed (' || s.date
        || ' in milestone.csv); correct one of the two dates' AS message
FROM membership m
JOIN signed s ON s.iso3 = m.iso3 AND s.organisation_id = m.organisation_id AND s.place = 1
JOIN stated.membership c
  ON c.iso3 = m.iso3 AND c.organisation_id = m.organisation_id AND c.status = m.status AND c.spell = m.spell
 AND c.start = m.start
WHERE m.status = 'member' AND m.start_latest < s.signed_on AND (m.end_latest IS NULL OR m.end_latest > s.signed_on)
GROUP BY m.iso3, m.organisation_id, m.start, s.date
