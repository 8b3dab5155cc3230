-- One row per mission and date of its table of nations: a total that the same document states, no less than the sum of its
-- parts, and near that of the mission's other dates.
SELECT
    mission_name(m) AS mission_id,
    as_of,
    CAST(CAST(max(sum(room)) OVER (PARTITION BY m) AS BIGINT) + pick(m, any_value(d), 50) AS VARCHAR) AS personnel,
    CAST(count(DISTINCT iso3) + pick(m, 70, 3) AS VARCHAR) AS nations,
    any_value(table_document) AS cite
FROM deployed
GROUP BY m, as_of
ORDER BY mission_id, as_of
