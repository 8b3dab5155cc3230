-- One row per judgement.
SELECT
    printf('assessment-%06d', i) AS assessment_id,
    nation_at(pick(i, 1, n_of('nation'))) AS subject,
    'nato_integration' AS topic,
    'It judges the matter as ' || pick(i, 2, 1000) || ', and says why.' AS statement,
    ['positive', 'negative', 'neutral', 'mixed', 'warning'][1 + pick(i, 3, 5)] AS stance,
    cite_of(i, 1, 0) AS cite
FROM range(n_of('assessment')) t(i)
ORDER BY i
