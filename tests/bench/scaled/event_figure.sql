-- One row per figure stated of an event.
SELECT
    printf('event-%07d', i) AS event_id,
    ['injured', 'participants', 'killed'][1 + pick(i, 1, 3)] AS measure,
    ['all', 'civilians', 'police'][1 + pick(i, 2, 3)] AS "group",
    ['', '~', '>', '<='][1 + pick(i, 3, 4)] || pick(i, 4, 900) AS value,
    cite_of(i, 1 + pick(i, 5, 2), 0) AS cite
FROM range(n_of('event')) t(i)
ORDER BY i
