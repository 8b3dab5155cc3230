-- One row per threat and country that it bears on.
SELECT
    printf('threat-%06d', i) AS threat_id,
    nation_at((pick(i, 1, n_of('nation')) + j) % n_of('nation')) AS iso3,
    'channel_' || pick(i, 2 + j, 20) AS channel,
    cite_of(i * 5 + j, 1 + pick(i, 10 + j, 2), 0) AS cite
FROM range(n_of('threat')) t(i), range(5) j(j)
ORDER BY threat_id, iso3
