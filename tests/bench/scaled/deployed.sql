-- One row per row of deployment, with what the other tables need of it: mission (m), date (d), and the document of
-- its table with room for its figure in the total.
-- Of a hundred rows 85 state a key of their own, 13 state one of those keys anew, and two a third time.
WITH stated AS (
    SELECT
        i,
        CASE WHEN i < n_keys THEN 0 WHEN i < n_keys + n_again THEN 1 ELSE 2 END AS turn,
        CASE WHEN i < n_keys THEN i WHEN i < n_keys + n_again THEN (i - n_keys) * 5 ELSE (i - n_keys - n_again) * 15 END AS k
    FROM range(n_of('deployment')) t(i),
         (SELECT n_of('deployment') * 85 // 100 AS n_keys, n_of('deployment') * 13 // 100 AS n_again)
),
placed AS (
    SELECT
        *,
        k % n_of('mission') AS m,
        k // n_of('mission') % 20 AS c,
        k // n_of('mission') // 20 AS d,
        k % n_of('mission') * 20 + k // n_of('mission') % 20 AS series
    FROM stated
),
dated AS (
    SELECT
        *,
        pick(m * 100 + d, 100, n_of('document')) AS table_document_number,
        (2005 + d // 2) || CASE WHEN d % 2 = 0 THEN '-06' ELSE '-12' END
            || ['', '', '', '', '', '', '-15', '-15', '-15', '~'][1 + pick(m * 100 + d, 101, 10)] AS as_of,
        (20 + pick(series, 102, 300)) * (100 + pick(k, 103, 25)) // 100 AS first_value
    FROM placed
),
valued AS (
    SELECT
        *,
        CASE WHEN turn = 0 THEN first_value ELSE first_value + 1 + pick(i, 104, 1 + first_value // 6) END AS value,
        pick(i, 105, 1000) AS chance
    FROM dated
)
SELECT
    i, m, d,
    nation_at(contributor(m, c)) AS iso3,
    CASE WHEN pick(series, 106, 10) = 0 AND m + 1 < n_of('mission') THEN mission_name(m) || '; ' || mission_name(m + 1)
        ELSE mission_name(m) END AS missions,
    CASE WHEN pick(series, 107, 5) > 0 THEN nation_at(pick(m, 4, n_of('nation'))) END AS location_iso3,
    as_of,
    ['contingent', 'contingent', 'contingent', 'contingent', 'contingent', 'contingent', 'infantry_company',
        'staff_officers'][1 + pick(series, 108, 8)] AS unit,
    CASE WHEN pick(i, 109, 20) > 0 THEN CAST(1 + pick(i, 110, 9) AS VARCHAR) END AS unit_count,
    CASE
        WHEN chance < 50 THEN NULL
        WHEN chance < 170 THEN '~' || value
        WHEN chance < 250 THEN '>' || value
        WHEN chance < 290 THEN '<=' || value
        WHEN chance < 350 THEN value || '..' || (value + value // 10 + 1)
        ELSE CAST(value AS VARCHAR)
    END AS personnel,
    cite_from(
        CASE WHEN turn = 0 THEN table_document_number ELSE pick(i, 111, n_of('document')) END,
        i, [1, 1, 1, 2, 2, 2, 3, 3, 3, 3][1 + pick(i, 112, 10)], turn
    ) AS cite,
    CASE WHEN turn = 0 THEN CASE WHEN pick(i, 113, 500) = 0 THEN 'deprecated' END
        ELSE CASE pick(i, 113, 8) WHEN 0 THEN 'deprecated' WHEN 1 THEN 'preferred' END END AS rank,
    CASE rank WHEN 'deprecated' THEN 'Corrected by its author.' WHEN 'preferred' THEN 'A count where others estimate.' END AS rank_reason,
    CASE WHEN pick(i, 114, 30) = 0 THEN 'Partial table, as far as page ' || pick(i, 115, 90) || '.' END AS note,
    value * 2 AS room,
    document_name(table_document_number) AS table_document
FROM valued
