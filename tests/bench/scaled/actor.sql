-- One row per actor.
SELECT
    printf('actor-%06d', i) AS actor_id,
    'Actor ' || i AS name,
    ['state', 'group', 'company', 'armed_forces'][1 + pick(i, 1, 4)] AS kind,
    nation_at(pick(i, 2, n_of('nation'))) AS iso3,
    CASE WHEN i > 0 AND pick(i, 3, 5) = 0 THEN printf('actor-%06d', i // 2) END AS parent_actor_id,
    cite_of(i, 1, 0) AS cite
FROM range(n_of('actor')) t(i)
ORDER BY i
