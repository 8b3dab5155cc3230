-- One row per policy.
SELECT
    printf('policy-%06d', i) AS policy_id,
    nation_at(pick(i, 1, n_of('nation'))) AS iso3,
    'Policy ' || i AS title,
    'strategy' AS kind,
    (2000 + pick(i, 2, 24)) AS adopted,
    'capability_development; topic_' || pick(i, 3, 40) AS topics,
    document_name(pick(i, 4, n_of('document'))) AS document_id,
    cite_of(i, 1, 0) AS cite
FROM range(n_of('policy')) t(i)
ORDER BY i
