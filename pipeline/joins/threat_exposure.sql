-- threat_exposure: one row per country and threat that bears on it, with the threat's actor.
-- NATO status and missions are as on the dataset's cut-off date; events are those in that country that belong to
-- the threat and had not certainly come after that date.
WITH ranking AS (
    SELECT status, strength
    FROM (
        VALUES
            ('member', 1), ('invited', 2), ('candidate', 3), ('applicant', 4),
            ('participant', 5), ('partner', 6), ('aspirant', 7), ('neutral', 8)
    ) AS r(status, strength)
),
standing AS (
    SELECT
        m.iso3,
        m.status,
        row_number() OVER (PARTITION BY m.iso3 ORDER BY r.strength NULLS LAST, m.status, m.spell DESC) AS place
    FROM membership m
    LEFT JOIN ranking r ON r.status = m.status
    CROSS JOIN dataset d
    WHERE m.organisation_id = 'nato'
        AND (m.start IS NULL OR m.start_latest <= d.as_of) AND (m.end_latest IS NULL OR m.end_latest > d.as_of)
),
running AS (
    SELECT m.mission_id, m.hosts
    FROM mission m
    CROSS JOIN dataset d
    WHERE (m.start IS NULL OR m.start_latest <= d.as_of) AND (m.end_latest IS NULL OR m.end_latest > d.as_of)
),
hosts AS (
    SELECT mission_id, unnest(hosts) AS iso3 FROM running
    UNION
    SELECT mission_id, iso3 FROM mission_role WHERE role = 'host'
),
hosted AS (
    SELECT h.iso3, list_sort(list(h.mission_id)) AS missions
    FROM hosts h
    JOIN running m ON m.mission_id = h.mission_id
    LEFT JOIN mission_role r ON r.mission_id = h.mission_id AND r.iso3 = h.iso3 AND r.role = 'host'
    CROSS JOIN dataset d
    WHERE (r.start IS NULL OR r.start_latest <= d.as_of) AND (r.end_latest IS NULL OR r.end_latest > d.as_of)
    GROUP BY h.iso3
),
happened AS (
    SELECT e.event_id, e.iso3, unnest(e.threats) AS threat_id
    FROM event e
    CROSS JOIN dataset d
    WHERE e.date_earliest IS NULL OR e.date_earliest <= d.as_of
),
events AS (
    SELECT iso3, threat_id, list_sort(list(event_id)) AS events, count(*) AS n_events
    FROM happened
    GROUP BY iso3, threat_id
)
SELECT
    g.iso3,
    g.threat_id,
    c.name AS country_name,
    c.status_note,
    s.status AS nato_status,
    t.category,
    t.name AS threat_name,
    t.actor_id,
    a.name AS actor_name,
    a.iso3 AS actor_iso3,
    g.channel,
    t.start,
    t.start_earliest,
    t.start_latest,
    t."end",
    t.end_earliest,
    t.end_latest,
    h.missions,
    e.events,
    coalesce(e.n_events, 0) AS n_events
FROM threat_target g
LEFT JOIN country c ON c.iso3 = g.iso3
LEFT JOIN standing s ON s.iso3 = g.iso3 AND s.place = 1
LEFT JOIN threat t ON t.threat_id = g.threat_id
LEFT JOIN actor a ON a.actor_id = t.actor_id
LEFT JOIN hosted h ON h.iso3 = g.iso3
LEFT JOIN events e ON e.iso3 = g.iso3 AND e.threat_id = g.threat_id
ORDER BY g.iso3, g.threat_id
