-- line: Strength of KFOR, persons
-- One point per date for which a best value is published, at the middle of what the date can mean.
SELECT
    'KFOR' AS series,
    as_of_earliest + CAST((coalesce(as_of_latest, as_of_earliest) - as_of_earliest) / 2 AS INTEGER) AS x,
    personnel AS y
FROM mission_strength
WHERE mission_id = 'kfor' AND personnel IS NOT NULL AND as_of_earliest IS NOT NULL
ORDER BY x, y
