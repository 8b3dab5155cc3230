-- timeline: one row per dated thing: the start or end of a spell, or something that happened once.
-- What is only measured or stated on a date (strengths, deployments, indicators, documents) is not in it.
WITH spells AS (
    SELECT
        'membership' AS "table",
        'iso3=' || m.iso3 || '|organisation_id=' || m.organisation_id || '|status=' || m.status
            || '|spell=' || CAST(m.spell AS VARCHAR) AS key,
        m.iso3,
        coalesce(c.name, m.iso3) || ': ' || replace(m.status, '_', ' ') || ', ' || coalesce(o.name, m.organisation_id) AS label,
        m.start, m.start_earliest, m.start_latest, m."end", m.end_earliest, m.end_latest
    FROM membership m
    LEFT JOIN country c ON c.iso3 = m.iso3
    LEFT JOIN organisation o ON o.organisation_id = m.organisation_id
    UNION ALL
    SELECT
        'mission' AS "table",
        'mission_id=' || mission_id AS key,
        CASE WHEN array_length(hosts) = 1 THEN hosts[1] END AS iso3,
        coalesce(name, mission_id) AS label,
        start, start_earliest, start_latest, "end", end_earliest, end_latest
    FROM mission
    UNION ALL
    SELECT
        'mission_role' AS "table",
        'mission_id=' || r.mission_id || '|iso3=' || r.iso3 || '|role=' || r.role AS key,
        r.iso3,
        coalesce(c.name, r.iso3) || ': ' || replace(r.role, '_', ' ') || ', ' || coalesce(m.name, r.mission_id) AS label,
        r.start, r.start_earliest, r.start_latest, r."end", r.end_earliest, r.end_latest
    FROM mission_role r
    LEFT JOIN country c ON c.iso3 = r.iso3
    LEFT JOIN mission m ON m.mission_id = r.mission_id
    UNION ALL
    SELECT
        'threat' AS "table",
        'threat_id=' || threat_id AS key,
        CAST(NULL AS VARCHAR) AS iso3,
        coalesce(name, threat_id) AS label,
        start, start_earliest, start_latest, "end", end_earliest, end_latest
    FROM threat
    UNION ALL
    SELECT
        'relation' AS "table",
        'relation_id=' || r.relation_id AS key,
        CASE
            WHEN coalesce(a.is_wb6, false) AND NOT coalesce(b.is_wb6, false) THEN r.party_a
            WHEN coalesce(b.is_wb6, false) AND NOT coalesce(a.is_wb6, false) THEN r.party_b
        END AS iso3,
        coalesce(a.name, ao.name, aa.name, r.party_a, '?') || ' and ' || coalesce(b.name, bo.name, ba.name, r.party_b, '?')
            || coalesce(': ' || replace(r.kind, '_', ' '), '') || coalesce(', ' || replace(r.sector, '_', ' '), '') AS label,
        r.start, r.start_earliest, r.start_latest, r."end", r.end_earliest, r.end_latest
    FROM relation r
    LEFT JOIN country a ON a.iso3 = r.party_a
    LEFT JOIN organisation ao ON ao.organisation_id = r.party_a
    LEFT JOIN actor aa ON aa.actor_id = r.party_a
    LEFT JOIN country b ON b.iso3 = r.party_b
    LEFT JOIN organisation bo ON bo.organisation_id = r.party_b
    LEFT JOIN actor ba ON ba.actor_id = r.party_b
    UNION ALL
    SELECT
        'facility' AS "table",
        'facility_id=' || facility_id AS key,
        iso3,
        coalesce(name, facility_id) AS label,
        start, start_earliest, start_latest, "end", end_earliest, end_latest
    FROM facility
),
dated AS (
    SELECT start AS date, start_earliest AS date_earliest, start_latest AS date_latest, iso3, "table" || '_start' AS kind, label || ' (start)' AS label, "table", key
    FROM spells
    UNION ALL
    SELECT "end" AS date, end_earliest AS date_earliest, end_latest AS date_latest, iso3, "table" || '_end' AS kind, label || ' (end)' AS label, "table", key
    FROM spells
    UNION ALL
    SELECT
        s.date, s.date_earliest, s.date_latest, s.iso3,
        'milestone' AS kind,
        coalesce(c.name, s.iso3) || ': ' || replace(s.milestone, '_', ' ') || ', ' || coalesce(o.name, s.organisation_id) AS label,
        'milestone' AS "table",
        'iso3=' || s.iso3 || '|organisation_id=' || s.organisation_id || '|milestone=' || s.milestone AS key
    FROM milestone s
    LEFT JOIN country c ON c.iso3 = s.iso3
    LEFT JOIN organisation o ON o.organisation_id = s.organisation_id
    UNION ALL
    SELECT
        date, date_earliest, date_latest, iso3,
        'event' AS kind,
        coalesce(name, event_id) AS label,
        'event' AS "table",
        'event_id=' || event_id AS key
    FROM event
    UNION ALL
    SELECT
        adopted AS date, adopted_earliest AS date_earliest, adopted_latest AS date_latest, iso3,
        'policy_adopted' AS kind,
        coalesce(title, policy_id) || ' (adopted)' AS label,
        'policy' AS "table",
        'policy_id=' || policy_id AS key
    FROM policy
    UNION ALL
    SELECT
        established AS date, established_earliest AS date_earliest, established_latest AS date_latest, CAST(NULL AS VARCHAR) AS iso3,
        'organisation_established' AS kind,
        coalesce(name, organisation_id) || ' (established)' AS label,
        'organisation' AS "table",
        'organisation_id=' || organisation_id AS key
    FROM organisation
)
SELECT date, date_earliest, date_latest, iso3, kind, label, "table", key
FROM dated
WHERE date IS NOT NULL
ORDER BY kind, "table", key
