-- One row per country and organisation that it stands in some relation to, in one spell.
SELECT
    iso3,
    organisation_id,
    status,
    1 AS spell,
    (1950 + pick(i, 10 + o, 60)) || '-03' AS start,
    CASE WHEN status <> 'member' AND pick(i, 20 + o, 4) = 0 THEN '2014-05-01' END AS "end",
    cite_of(i + 1000 * o, 1 + pick(i, 30 + o, 2), 0) AS cite
FROM (
    SELECT c.iso3, c.i, o.i AS o, o.organisation_id,
           ['member', 'partner', 'candidate', 'aspirant', 'participant'][1 + pick(c.i, o.i, 5)] AS status
    FROM nation c, (SELECT unnest(['nato', 'eu', 'pfp', 'un', 'osce']) AS organisation_id, unnest(range(1, 6)) AS i) o
)
WHERE pick(i, 40 + o, 3) > 0
ORDER BY iso3, organisation_id, status
