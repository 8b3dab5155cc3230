-- One row per event, in a mission's time.
SELECT
    printf('event-%07d', i) AS event_id,
    'Event ' || i AS name,
    ['armed_attack', 'cyber_attack', 'exercise', 'protest', 'visit'][1 + pick(i, 1, 5)] AS kind,
    (2005 + pick(i, 2, 11)) || '-' || lpad(CAST(1 + pick(i, 3, 12) AS VARCHAR), 2, '0') || '-'
        || lpad(CAST(1 + pick(i, 4, 28) AS VARCHAR), 2, '0') AS date,
    nation_at(pick(i, 5, n_of('nation'))) AS iso3,
    'Place ' || pick(i, 6, 5000) AS place,
    CASE WHEN pick(i, 7, 2) = 0 THEN mission_name(pick(i, 8, n_of('mission'))) END AS missions,
    CASE WHEN pick(i, 9, 3) > 0 THEN printf('threat-%06d', pick(i, 10, n_of('threat'))) END AS threats,
    CASE WHEN pick(i, 11, 3) = 0 THEN printf('actor-%06d', pick(i, 12, n_of('actor'))) END AS actors,
    cite_of(i, 1 + pick(i, 13, 3), 0) AS cite
FROM range(n_of('event')) t(i)
ORDER BY i
