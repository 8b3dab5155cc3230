-- One row per mission: begun by 2004, and not over before 2018.
SELECT
    mission_name(i) AS mission_id,
    'Mission ' || i AS name,
    'M' || i AS short_name,
    ['nato', 'eu', 'un'][1 + pick(i, 1, 3)] AS organisation_id,
    ['peace_support', 'training', 'air_policing', 'monitoring'][1 + pick(i, 2, 4)] AS kind,
    ['deterrence_and_defence', 'crisis_prevention_and_management', 'cooperative_security'][1 + pick(i, 3, 3)] AS core_task,
    nation_at(pick(i, 4, n_of('nation'))) AS hosts,
    (1990 + pick(i, 5, 15)) || '-0' || (1 + pick(i, 6, 9)) AS start,
    CASE WHEN pick(i, 7, 5) = 0 THEN (2018 + pick(i, 8, 7)) || '-11-30' END AS "end",
    'freedom_of_movement; task_' || pick(i, 9, 50) AS tasks,
    cite_of(i, 1 + pick(i, 10, 3), 0) AS cite
FROM range(n_of('mission')) t(i)
ORDER BY i
