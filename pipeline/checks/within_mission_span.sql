-- error in deployment, event, mission_role, mission_strength: what is said of a mission falls between its start and its end.
--
-- One row per cell that names a mission, or a part in it, for a date on which it had not begun or was over.
WITH dated AS (
    SELECT 'event' AS table_name, 'missions' AS column_name, unnest(missions) AS mission_id, event_id AS row_id,
           date, date_earliest, date_latest
    FROM event
    UNION ALL
    SELECT 'mission_strength', 'as_of', mission_id, mission_id || as_of, as_of, as_of_earliest, as_of_latest
    FROM mission_strength
    UNION ALL
    SELECT 'mission_role', 'start', mission_id, concat_ws('|', mission_id, iso3, role), start, start_earliest, start_latest
    FROM mission_role
    UNION ALL
    SELECT 'mission_role', 'end', mission_id, concat_ws('|', mission_id, iso3, role), "end", end_earliest, end_latest
    FROM mission_role
    UNION ALL
    SELECT 'deployment', 'as_of', unnest(missions), concat_ws('|', iso3, location_iso3, as_of, unit), as_of, as_of_earliest,
           as_of_latest
    FROM deployment
),
astray AS (
    SELECT d.*, m.start, m."end"
    FROM dated d
    JOIN mission m ON m.mission_id = d.mission_id
    WHERE d.date_latest < m.start_earliest OR d.date_earliest > m.end_latest
),
rows_stated AS (
    SELECT 'event' AS table_name, 'missions' AS column_name, event_id AS row_id, unnest(missions) AS mission_id,
           CAST(NULL AS VARCHAR) AS date, source_line
    FROM stated.event
    UNION ALL
    SELECT 'mission_strength', 'as_of', mission_id || as_of, mission_id, as_of, source_line
    FROM stated.mission_strength
    UNION ALL
    SELECT 'mission_role', 'start', concat_ws('|', mission_id, iso3, role), mission_id, start, source_line
    FROM stated.mission_role
    UNION ALL
    SELECT 'mission_role', 'end', concat_ws('|', mission_id, iso3, role), mission_id, "end", source_line
    FROM stated.mission_role
    UNION ALL
    SELECT 'deployment', 'as_of', concat_ws('|', iso3, location_iso3, as_of, unit), unnest(missions), as_of, source_line
    FROM stated.deployment
)
SELECT
    a.table_name,
    min(r.source_line) AS source_line,
    a.column_name,
    CASE WHEN a.column_name = 'missions' THEN a.mission_id ELSE a.date END AS value,
    a.mission_id || ' runs from ' || coalesce(a.start, 'an unknown date') || coalesce(' to ' || a."end", '')
        || ', and this is of ' || a.date || '; correct the date, the mission, or its span in mission.csv' AS message
FROM astray a
JOIN rows_stated r
  ON r.table_name = a.table_name AND r.column_name = a.column_name AND r.row_id = a.row_id
 AND r.mission_id = a.mission_id AND (r.date = a.date OR a.column_name = 'missions')
GROUP BY a.table_name, a.row_id, a.column_name, a.mission_id, a.date, a.start, a."end"
