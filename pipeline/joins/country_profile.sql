-- country_profile: one row per country of the Western Balkan Six, as it stood on the dataset's cut-off date.
-- A spell is current if it had certainly begun by then, or nobody says when it began, and had not certainly ended.
-- The programmes by which an organisation readies others for itself are left out for those who are its members.
-- Figures are the latest whose date or period was over by then, in the words of the claim that is published.
WITH ranking AS (
    SELECT status, strength
    FROM (
        VALUES
            ('member', 1), ('invited', 2), ('candidate', 3), ('applicant', 4),
            ('participant', 5), ('partner', 6), ('aspirant', 7), ('neutral', 8)
    ) AS r(status, strength)
),
joined AS (
    SELECT m.iso3, m.organisation_id
    FROM membership m
    CROSS JOIN dataset d
    WHERE m.status = 'member' AND m.start_latest <= d.as_of AND (m.end_latest IS NULL OR m.end_latest > d.as_of)
),
standing AS (
    SELECT
        m.iso3,
        m.organisation_id,
        m.status,
        m.start,
        m.start_earliest,
        m.start_latest,
        row_number() OVER (PARTITION BY m.iso3, m.organisation_id ORDER BY r.strength NULLS LAST, m.status, m.spell DESC) AS place,
        row_number() OVER (PARTITION BY m.iso3, m.organisation_id, m.status ORDER BY m.spell DESC) AS place_in_status
    FROM membership m
    LEFT JOIN ranking r ON r.status = m.status
    LEFT JOIN organisation o ON o.organisation_id = m.organisation_id AND o.kind = 'programme'
    LEFT JOIN joined j ON j.iso3 = m.iso3 AND j.organisation_id = o.parent_organisation_id
    CROSS JOIN dataset d
    WHERE j.iso3 IS NULL
        AND (m.start IS NULL OR m.start_latest <= d.as_of) AND (m.end_latest IS NULL OR m.end_latest > d.as_of)
),
strongest AS (
    SELECT * FROM standing WHERE place = 1
),
neutrality AS (
    SELECT * FROM standing WHERE organisation_id = 'nato' AND status = 'neutral' AND place_in_status = 1
),
others AS (
    SELECT iso3, list_sort(list(organisation_id || ': ' || status)) AS other_memberships
    FROM strongest
    WHERE organisation_id NOT IN ('nato', 'eu', 'pfp')
    GROUP BY iso3
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
    SELECT h.iso3, list_sort(list(h.mission_id)) AS missions_hosted
    FROM hosts h
    JOIN running m ON m.mission_id = h.mission_id
    LEFT JOIN mission_role r ON r.mission_id = h.mission_id AND r.iso3 = h.iso3 AND r.role = 'host'
    CROSS JOIN dataset d
    WHERE (r.start IS NULL OR r.start_latest <= d.as_of) AND (r.end_latest IS NULL OR r.end_latest > d.as_of)
    GROUP BY h.iso3
),
written AS (
    SELECT DISTINCT table_name, row_key, column_name, value
    FROM claim
    WHERE is_published AND column_name IN ('personnel', 'value')
),
deployments AS (
    SELECT
        d.*,
        'iso3=' || d.iso3 || '|missions=' || array_to_string(d.missions, '; ')
            || '|location_iso3=' || coalesce(d.location_iso3, '') || '|as_of=' || d.as_of || '|unit=' || d.unit AS row_key,
        row_number() OVER (
            PARTITION BY d.iso3, d.missions, d.location_iso3, d.unit, d.personnel_qualifier IS NULL AND d.unit_count IS NULL
            ORDER BY coalesce(d.as_of_latest, d.as_of_earliest) DESC NULLS LAST, d.as_of_earliest DESC NULLS LAST, d.as_of
        ) AS place
    FROM deployment d
    CROSS JOIN dataset n
    WHERE coalesce(d.as_of_latest, d.as_of_earliest) <= n.as_of
),
latest_deployments AS (
    SELECT
        d.iso3,
        d.missions,
        d.personnel_high,
        array_to_string(d.missions, ' + ') || ': '
            || CASE
                WHEN d.unit = 'contingent' THEN coalesce(w.value, CAST(d.unit_count AS VARCHAR))
                WHEN w.value IS NULL THEN CAST(d.unit_count AS VARCHAR) || ' ' || d.unit
                ELSE w.value || ' in ' || d.unit
            END
            || ' (' || d.as_of || ')' AS figure
    FROM deployments d
    LEFT JOIN written w ON w.table_name = 'deployment' AND w.column_name = 'personnel' AND w.row_key = d.row_key
    WHERE d.place = 1
),
figures AS (
    SELECT d.iso3, list_sort(list(DISTINCT d.figure)) AS personnel_by_mission
    FROM (SELECT iso3, figure, unnest(missions) AS mission_id FROM latest_deployments WHERE figure IS NOT NULL) d
    JOIN running m ON m.mission_id = d.mission_id
    GROUP BY d.iso3
),
staffing AS (
    SELECT r.iso3, r.mission_id
    FROM mission_role r
    JOIN running m ON m.mission_id = r.mission_id
    CROSS JOIN dataset d
    WHERE r.role = 'contributor'
        AND (r.start IS NULL OR r.start_latest <= d.as_of) AND (r.end_latest IS NULL OR r.end_latest > d.as_of)
    UNION
    SELECT d.iso3, d.mission_id
    FROM (SELECT iso3, unnest(missions) AS mission_id FROM latest_deployments WHERE coalesce(personnel_high, 1) > 0) d
    JOIN running m ON m.mission_id = d.mission_id
),
staffed AS (
    SELECT iso3, list_sort(list(mission_id)) AS missions_staffed
    FROM staffing
    GROUP BY iso3
),
bearing AS (
    SELECT g.iso3, t.threat_id, t.actor_id
    FROM threat_target g
    JOIN threat t ON t.threat_id = g.threat_id
    CROSS JOIN dataset d
    WHERE (t.start IS NULL OR t.start_latest <= d.as_of) AND (t.end_latest IS NULL OR t.end_latest > d.as_of)
),
threatened AS (
    SELECT iso3, list_sort(list(DISTINCT threat_id)) AS threats
    FROM bearing
    GROUP BY iso3
),
threatening AS (
    SELECT iso3, list_sort(list(DISTINCT actor_id)) AS threat_actors
    FROM bearing
    WHERE actor_id IS NOT NULL
    GROUP BY iso3
),
indicators AS (
    SELECT
        i.*,
        'iso3=' || i.iso3 || '|indicator=' || i.indicator || '|period=' || i.period
            || '|counterpart=' || coalesce(i.counterpart, '') AS row_key,
        row_number() OVER (
            PARTITION BY i.iso3, i.indicator, i.counterpart
            ORDER BY coalesce(i.period_latest, i.period_earliest) DESC NULLS LAST, i.period_earliest DESC NULLS LAST, i.period
        ) AS place
    FROM indicator i
    CROSS JOIN dataset d
    WHERE i.value_qualifier IS NOT NULL AND coalesce(i.period_latest, i.period_earliest) <= d.as_of
),
measured AS (
    SELECT
        i.iso3,
        list_sort(list(
            i.indicator || coalesce(' ' || i.counterpart, '') || ': ' || w.value || coalesce(' ' || i.unit, '') || ' (' || i.period || ')'
        )) AS latest_indicators
    FROM indicators i
    JOIN written w ON w.table_name = 'indicator' AND w.column_name = 'value' AND w.row_key = i.row_key
    WHERE i.place = 1
    GROUP BY i.iso3
)
SELECT
    c.iso3,
    c.name,
    c.status_note,
    nato.status AS nato_status,
    nato.start AS nato_status_since,
    nato.start_earliest AS nato_status_since_earliest,
    nato.start_latest AS nato_status_since_latest,
    eu.status AS eu_status,
    eu.start AS eu_status_since,
    eu.start_earliest AS eu_status_since_earliest,
    eu.start_latest AS eu_status_since_latest,
    pfp.status AS pfp_status,
    pfp.start AS pfp_status_since,
    pfp.start_earliest AS pfp_status_since_earliest,
    pfp.start_latest AS pfp_status_since_latest,
    neutral.iso3 IS NOT NULL AS neutral,
    neutral.start AS neutral_since,
    neutral.start_earliest AS neutral_since_earliest,
    neutral.start_latest AS neutral_since_latest,
    others.other_memberships,
    hosted.missions_hosted,
    staffed.missions_staffed,
    figures.personnel_by_mission,
    threatened.threats,
    threatening.threat_actors,
    measured.latest_indicators
FROM country c
LEFT JOIN strongest nato ON nato.iso3 = c.iso3 AND nato.organisation_id = 'nato'
LEFT JOIN strongest eu ON eu.iso3 = c.iso3 AND eu.organisation_id = 'eu'
LEFT JOIN strongest pfp ON pfp.iso3 = c.iso3 AND pfp.organisation_id = 'pfp'
LEFT JOIN neutrality neutral ON neutral.iso3 = c.iso3
LEFT JOIN others ON others.iso3 = c.iso3
LEFT JOIN hosted ON hosted.iso3 = c.iso3
LEFT JOIN staffed ON staffed.iso3 = c.iso3
LEFT JOIN figures ON figures.iso3 = c.iso3
LEFT JOIN threatened ON threatened.iso3 = c.iso3
LEFT JOIN threatening ON threatening.iso3 = c.iso3
LEFT JOIN measured ON measured.iso3 = c.iso3
WHERE c.is_wb6
ORDER BY c.iso3
