-- error in membership: no country is a member before its accession protocol or treaty was signed.
--
-- One row per membership that begins too early.
WITH signed AS (
    SELECT iso3, organisation_id, max(date_earliest) AS signed_on, max(date) AS date
    FROM milestone
    WHERE milestone IN ('accession_protocol_signed', 'accession_treaty_signed')
    GROUP BY iso3, organisation_id
)
SELECT
    'membership' AS table_name,
    min(c.source_line) AS source_line,
    'start' AS column_name,
    m.start AS value,
    m.iso3 || ' is a member of ' || m.organisation_id || ' before its accession protocol was signed (' || s.date
        || ' in milestone.csv); correct one of the two dates' AS message
FROM membership m
JOIN signed s ON s.iso3 = m.iso3 AND s.organisation_id = m.organisation_id
JOIN stated.membership c
  ON c.iso3 = m.iso3 AND c.organisation_id = m.organisation_id AND c.status = m.status AND c.spell = m.spell
 AND c.start = m.start
WHERE m.status = 'member' AND m.start_latest < s.signed_on
GROUP BY m.iso3, m.organisation_id, m.start, s.date
