-- mission_contribution: one row per mission, country, set of missions covered, place, date and unit.
-- A figure over several missions stands once under each of them, names the others in shared_with, and is a share of none.
-- A part is the figure of a country's whole contingent in one mission; where a figure without a place is
-- stated beside figures by place, it is their total and counts alone. The mission's total is that of the same date,
-- else the last one stated within a year before, with its date beside it. A table is what one document states for one
-- date, published or outvoted: its parts are set against its own total, as intervals where either is a bound, and leave a residual. A rough
-- figure has no bounds; it is taken as it stands only where another is a bound and nothing better can be said.
WITH covered AS (
    SELECT unnest(d.missions) AS mission_id, d.*
    FROM deployment d
),
contributed AS (
    SELECT
        *,
        CASE WHEN array_length(missions) > 1 THEN list_filter(missions, lambda m: m <> mission_id) END AS shared_with,
        unit = 'contingent' AND array_length(missions) = 1 AND personnel_qualifier IS NOT NULL AS is_part,
        'iso3=' || iso3 || '|missions=' || array_to_string(missions, '; ') || '|location_iso3=' || coalesce(location_iso3, '')
            || '|as_of=' || as_of || '|unit=' || unit AS row_key
    FROM covered
),
figures AS (
    SELECT
        table_name,
        row_key,
        document_id,
        min(CASE WHEN regexp_matches(value, '^~?[0-9]+$') THEN CAST(ltrim(value, '~') AS BIGINT) END) AS best,
        min(CASE WHEN regexp_matches(value, '^(>=?)?[0-9]')
            THEN CAST(split_part(ltrim(value, '>='), '..', 1) AS BIGINT) END) AS low,
        max(CASE WHEN value LIKE '%..%' THEN CAST(split_part(value, '..', 2) AS BIGINT)
            WHEN regexp_matches(value, '^(<=?)?[0-9]') THEN CAST(ltrim(value, '<=') AS BIGINT) END) AS high
    FROM claim
    WHERE rank <> 'deprecated' AND column_name = 'personnel' AND table_name IN ('deployment', 'mission_strength')
    GROUP BY table_name, row_key, document_id
),
placed_parts AS (
    SELECT
        c.mission_id,
        c.as_of,
        c.iso3,
        c.location_iso3,
        f.document_id,
        f.best,
        f.low,
        f.high,
        count(CASE WHEN c.location_iso3 IS NULL THEN 1 END)
            OVER (PARTITION BY c.mission_id, c.as_of, c.iso3, f.document_id) AS n_wholes
    FROM contributed c
    JOIN figures f ON f.table_name = 'deployment' AND f.row_key = c.row_key
    WHERE c.is_part
),
document_parts AS (
    SELECT
        mission_id,
        as_of,
        document_id,
        count(DISTINCT iso3) AS n_parts,
        CAST(sum(best) AS BIGINT) AS parts_sum,
        count(CASE WHEN best IS NULL THEN 1 END) AS n_bare,
        CASE WHEN count(low) = count(*) THEN CAST(sum(low) AS BIGINT) END AS least,
        CASE WHEN count(high) = count(*) THEN CAST(sum(high) AS BIGINT) END AS most,
        CASE WHEN count(coalesce(low, best)) = count(*) THEN CAST(sum(coalesce(low, best)) AS BIGINT) END AS roughly_least,
        CASE WHEN count(coalesce(high, best)) = count(*) THEN CAST(sum(coalesce(high, best)) AS BIGINT) END AS roughly_most
    FROM placed_parts
    WHERE n_wholes = 0 OR location_iso3 IS NULL
    GROUP BY mission_id, as_of, document_id
),
totals AS (
    SELECT *, coalesce(as_of_latest, as_of_earliest) AS stated_until
    FROM mission_strength
    WHERE personnel_qualifier IS NOT NULL
),
ranked_tables AS (
    SELECT
        p.*,
        t.best AS total,
        t.low AS total_low,
        t.high AS total_high,
        t.document_id IS NOT NULL AS has_total,
        row_number() OVER (
            PARTITION BY p.mission_id, p.as_of
            ORDER BY CASE WHEN t.document_id IS NULL THEN 1 ELSE 0 END, p.n_parts DESC, p.document_id
        ) AS place
    FROM document_parts p
    LEFT JOIN figures t
           ON t.table_name = 'mission_strength' AND t.document_id = p.document_id
          AND t.row_key = 'mission_id=' || p.mission_id || '|as_of=' || p.as_of
),
nation_tables AS (
    SELECT
        *,
        CASE WHEN has_total AND n_bare = 0 THEN CAST(total - parts_sum AS DOUBLE) END AS residual,
        CASE WHEN has_total THEN CAST(coalesce(
            total_low - most,
            CASE WHEN total IS NULL OR n_bare > 0 THEN coalesce(total_low, total) - roughly_most END
        ) AS DOUBLE) END AS residual_low,
        CASE WHEN has_total THEN CAST(coalesce(
            total_high - least,
            CASE WHEN total IS NULL OR n_bare > 0 THEN coalesce(total_high, total) - roughly_least END
        ) AS DOUBLE) END AS residual_high
    FROM ranked_tables
    WHERE place = 1
),
dates AS (
    SELECT DISTINCT mission_id, as_of, as_of_earliest, coalesce(as_of_latest, as_of_earliest) AS stated_until
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
                t.as_of_earliest DESC NULLS LAST,
                t.stated_until DESC NULLS LAST,
                t.as_of
        ) AS place
    FROM dates d
    JOIN totals t ON t.mission_id = d.mission_id AND t.stated_until <= d.stated_until
    WHERE t.as_of = d.as_of OR t.stated_until + INTERVAL 1 YEAR >= d.as_of_earliest
),
shared AS (
    SELECT
        c.*,
        l.as_of AS total_as_of,
        l.as_of_earliest AS total_as_of_earliest,
        l.as_of_latest AS total_as_of_latest,
        l.personnel AS total,
        l.personnel_low AS total_low,
        l.personnel_high AS total_high,
        l.personnel_qualifier AS total_qualifier
    FROM contributed c
    LEFT JOIN earlier_totals e ON e.mission_id = c.mission_id AND e.as_of = c.as_of AND e.place = 1
    LEFT JOIN totals l ON l.mission_id = e.mission_id AND l.as_of = e.total_as_of
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
    c.total_as_of AS mission_total_as_of,
    c.total_as_of_earliest AS mission_total_as_of_earliest,
    c.total_as_of_latest AS mission_total_as_of_latest,
    c.total AS mission_personnel,
    c.total_low AS mission_personnel_low,
    c.total_high AS mission_personnel_high,
    c.total_qualifier AS mission_personnel_qualifier,
    CASE WHEN c.is_part AND c.total >= c.personnel AND c.total > 0 THEN round(c.personnel / c.total * 10000) / 10000 END AS share,
    CASE
        WHEN t.document_id IS NULL THEN NULL
        WHEN NOT t.has_total THEN 'no_total'
        WHEN t.residual = 0 THEN 'complete'
        ELSE 'partial'
    END AS coverage,
    t.document_id AS table_document_id,
    t.parts_sum,
    t.residual,
    t.residual_low,
    t.residual_high,
    CASE
        WHEN t.residual_low = t.residual_high THEN 'exact'
        WHEN t.residual_low IS NOT NULL AND t.residual_high IS NOT NULL THEN 'range'
        WHEN t.residual_low IS NOT NULL THEN 'at_least'
        WHEN t.residual_high IS NOT NULL THEN 'at_most'
        WHEN t.residual IS NOT NULL THEN 'approx'
    END AS residual_qualifier
FROM shared c
LEFT JOIN mission m ON m.mission_id = c.mission_id
LEFT JOIN country n ON n.iso3 = c.iso3
LEFT JOIN nation_tables t ON t.mission_id = c.mission_id AND t.as_of = c.as_of
ORDER BY c.mission_id, c.iso3, c.missions, c.location_iso3 NULLS LAST, c.as_of, c.unit
