-- One row per threat.
SELECT
    printf('threat-%06d', i) AS threat_id,
    'Threat ' || i AS name,
    ['influence', 'hybrid', 'cyber', 'terrorism', 'organised_crime', 'civil_unrest'][1 + pick(i, 1, 6)] AS category,
    printf('actor-%06d', pick(i, 2, n_of('actor'))) AS actor_id,
    'disinformation; instrument_' || pick(i, 3, 30) AS instruments,
    'sector_' || pick(i, 4, 30) AS sectors,
    'deliberate' AS intent,
    (1995 + pick(i, 5, 25)) AS start,
    cite_of(i, 1 + pick(i, 6, 3), 0) AS cite
FROM range(n_of('threat')) t(i)
ORDER BY i
