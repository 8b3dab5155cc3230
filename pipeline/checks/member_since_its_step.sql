-- warning in membership: the first spell as a member, a candidate or an applicant begins, but for two months, with the step that
-- milestone.csv records for it.
--
-- One row per claim of such a start that lies apart from every such step.
WITH steps AS (
    SELECT iso3, organisation_id, 'member' AS status, date, date_earliest, date_latest
    FROM milestone
    WHERE milestone IN ('acceded', 'framework_document_signed')
    UNION ALL
    SELECT iso3, organisation_id, 'candidate', date, date_earliest, date_latest
    FROM milestone
    WHERE milestone = 'candidate_status'
    UNION ALL
    SELECT iso3, organisation_id, 'applicant', date, date_earliest, date_latest
    FROM milestone
    WHERE milestone = 'application_submitted'
),
judged AS (
    SELECT m.source_line, m.start, min(s.date) AS date,
           max(CASE WHEN m.start_earliest > s.date_latest + INTERVAL 60 DAY OR s.date_earliest > m.start_latest + INTERVAL 60 DAY
               THEN 0 ELSE 1 END) AS is_near
    FROM stated.membership m
    JOIN steps s ON s.iso3 = m.iso3 AND s.organisation_id = m.organisation_id AND s.status = m.status
    WHERE m.spell = 1 AND m.start IS NOT NULL AND s.date IS NOT NULL
      AND lower(coalesce(m.note, '')) NOT LIKE '%outlier: ___%'
    GROUP BY m.source_line, m.start
)
SELECT
    'membership' AS table_name,
    source_line,
    'start' AS column_name,
    start AS value,
    'milestone.csv dates the step that begins it ' || date
        || '; correct one of the two, or say in note why it stands, after the word Outlier:' AS message
FROM judged
WHERE is_near = 0
