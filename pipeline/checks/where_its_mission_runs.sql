-- warning in deployment, mission_role: who serves in a mission serves where it runs, and who hosts it is among its hosts.
--
-- One row per contingent in a country, and per host, that is not among the hosts of the missions it names, where those are
-- recorded.
WITH hosts AS (
    SELECT mission_id, unnest(hosts) AS iso3
    FROM stated.mission
    WHERE hosts IS NOT NULL
),
placed AS (
    SELECT 'deployment' AS table_name, 'location_iso3' AS column_name, location_iso3 AS iso3, unnest(missions) AS mission_id,
           array_to_string(missions, '; ') AS named, note, source_line
    FROM stated.deployment
    WHERE location_iso3 IS NOT NULL
    UNION ALL
    SELECT 'mission_role', 'iso3', iso3, mission_id, mission_id, note, source_line
    FROM stated.mission_role
    WHERE role = 'host'
),
judged AS (
    SELECT p.table_name, p.column_name, p.iso3, p.named, p.note, p.source_line,
           string_agg(DISTINCT h.iso3, ', ') AS known,
           max(CASE WHEN h.iso3 = p.iso3 THEN 1 ELSE 0 END) AS is_host
    FROM placed p
    JOIN hosts h ON h.mission_id = p.mission_id
    GROUP BY p.table_name, p.column_name, p.iso3, p.named, p.note, p.source_line
)
SELECT
    table_name,
    source_line,
    column_name,
    iso3 AS value,
    named || ' runs elsewhere (hosts in mission.csv); correct the country or the mission, add it to the hosts there, or say in '
        || 'note why it stands, after the word Outlier:' AS message
FROM judged
WHERE is_host = 0 AND lower(coalesce(note, '')) NOT LIKE '%outlier: ___%'
