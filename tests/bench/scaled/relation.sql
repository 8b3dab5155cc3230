-- One row per relation between two different countries.
SELECT
    printf('relation-%06d', i) AS relation_id,
    nation_at(pick(i, 1, n_of('nation'))) AS party_a,
    nation_at((pick(i, 1, n_of('nation')) + 1 + pick(i, 2, n_of('nation') - 1)) % n_of('nation')) AS party_b,
    ['arms_supply', 'exercise', 'loan'][1 + pick(i, 3, 3)] AS kind,
    'sector_' || pick(i, 4, 20) AS sector,
    (2000 + pick(i, 5, 24)) AS start,
    (1 + pick(i, 6, 1000)) || '00000' AS value,
    'usd' AS unit,
    cite_of(i, 1 + pick(i, 7, 3), 0) AS cite
FROM range(n_of('relation')) t(i)
ORDER BY i
