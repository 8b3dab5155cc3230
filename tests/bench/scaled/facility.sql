-- One row per facility.
SELECT
    printf('facility-%06d', i) AS facility_id,
    'Facility ' || i AS name,
    nation_at(pick(i, 1, n_of('nation'))) AS iso3,
    ['air_base', 'port', 'motorway'][1 + pick(i, 2, 3)] AS kind,
    'operational' AS status,
    'nato' AS funders,
    (1960 + pick(i, 3, 60)) AS start,
    cite_of(i, 1, 0) AS cite
FROM range(n_of('facility')) t(i)
ORDER BY i
