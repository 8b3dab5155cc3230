-- One row per mission and country that contributes to it.
SELECT
    mission_name(m) AS mission_id,
    nation_at(contributor(m, j)) AS iso3,
    'contributor' AS role,
    '2005' AS start,
    cite_of(m * 20 + j, 1 + pick(m * 20 + j, 60, 2), 0) AS cite
FROM range(n_of('mission')) m(m), range(10) j(j)
ORDER BY mission_id, iso3
