-- One row per country, organisation and step.
SELECT
    c.iso3,
    ['nato', 'eu'][1 + pick(c.i, s.i, 2)] AS organisation_id,
    s.milestone,
    (1990 + s.i * 8) || '-0' || (1 + pick(c.i, s.i, 9)) || '-12' AS date,
    cite_of(c.i * 10 + s.i, 1 + pick(c.i, 50 + s.i, 3), 0) AS cite
FROM nation c,
     (SELECT unnest(['application_submitted', 'negotiations_opened', 'action_plan_adopted']) AS milestone, unnest(range(3)) AS i) s
ORDER BY ALL
