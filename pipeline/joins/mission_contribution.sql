-- mission_contribution: one row per mission, country, set of missions covered, place, date and unit.
-- A figure over several missions stands once under each of them, names the others in shared_with, and is a share of none.
-- A part is the figure of a country's whole contingent in one mission; where a figure without a place is
-- stated beside figures by place, it is their total and counts alone. The mission's total is that of the same date,
-- else the last one stated by then, with its date beside it; only one of the same date leaves a residual.
WITH covered AS (
    SELECT unnest(d.missions) AS mission_id, d.*
    FROM deployment d
),
contributed AS (
    SELECT
        *,
        CASE WHEN array_length(missions) > 1 THEN list_filter(missions, lambda m: m <> mission_id) END AS shared_with,
        coalesce(as_of_latest, as_of_earliest) AS stated_until,
        unit = 'contingent' AND array_length(missions) = 1 AND personnel IS NOT NULL AS is_part
    FROM covered
),
country_parts AS (
    SELECT
        mission_id,
        as_of,
        iso3,
        coalesce(max(CASE WHEN location_iso3 IS NULL THEN personnel END), sum(personnel)) AS personnel
    FROM contributed
    WHERE is_part
    GROUP BY mission_id, as_of, iso3
),
parts AS (
    SELECT mission_id, as_of, CAST(sum(personnel) AS BIGINT) AS parts_sum
    FROM country_parts
    GROUP BY mission_id, as_of
),
totals AS (
    SELECT *, coalesce(as_of_latest, as_of_earliest) AS stated_until
    FROM mission_strength
    WHERE personnel_qualifier IS NOT NULL
),
dates AS (
    SELECT DISTINCT mission_id, as_of, stated_until
    FROM contributed
),
earlier_totals AS (
    SELECT
        d.mission_id,
        d.as_of,
        t.as_of AS total_as_of,
        row_number() OVER (
            PARTITION BY d.mission_id, d.as_of
            ORDER BY
                CASE WHEN t.as_of = d.as_of THEN 0 ELSE 1 END,
                t.stated_until DESC NULLS LAST,
                t.as_of_earliest DESC NULLS LAST,
                t.as_of
        ) AS place
    FROM dates d
    JOIN totals t ON t.mission_id = d.mission_id AND t.stated_until <= d.stated_until
)
SELECT
    c.mission_id,
    c.iso3,
    c.missions,
    c.location_iso3,
    c.as_of,
    c.as_of_earliest,
    c.as_of_latest,
    c.unit,
    m.name AS mission_name,
    n.name AS country_name,
    c.shared_with,
    c.unit_count,
    c.personnel,
    c.personnel_low,
    c.personnel_high,
    c.personnel_qualifier,
    l.as_of AS mission_total_as_of,
    l.as_of_earliest AS mission_total_as_of_earliest,
    l.as_of_latest AS mission_total_as_of_latest,
    l.personnel AS mission_personnel,
    l.personnel_low AS mission_personnel_low,
    l.personnel_high AS mission_personnel_high,
    l.personnel_qualifier AS mission_personnel_qualifier,
    CASE WHEN c.is_part AND l.personnel > 0 THEN round(c.personnel / l.personnel, 4) END AS share,
    p.parts_sum,
    CASE WHEN l.as_of = c.as_of THEN CAST(l.personnel - p.parts_sum AS DOUBLE) END AS residual
FROM contributed c
LEFT JOIN mission m ON m.mission_id = c.mission_id
LEFT JOIN country n ON n.iso3 = c.iso3
LEFT JOIN parts p ON p.mission_id = c.mission_id AND p.as_of = c.as_of
LEFT JOIN earlier_totals e ON e.mission_id = c.mission_id AND e.as_of = c.as_of AND e.place = 1
LEFT JOIN totals l ON l.mission_id = e.mission_id AND l.as_of = e.total_as_of
ORDER BY c.mission_id, c.iso3, c.missions, c.location_iso3 NULLS LAST, c.as_of, c.unit
