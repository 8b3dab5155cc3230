-- error in membership: each place in the order of joining an organisation is one country's, and later places are of later joiners.
--
-- One row per claim of a place that another country has, or that comes before the place of one who joined earlier.
WITH places AS (
    SELECT DISTINCT iso3, organisation_id, status, ordinal, source_line
    FROM stated.membership
    WHERE ordinal IS NOT NULL AND spell = 1
),
joined AS (
    SELECT iso3, organisation_id, status, ordinal, start, start_earliest, start_latest
    FROM membership
    WHERE ordinal IS NOT NULL AND spell = 1
),
pairs AS (
    SELECT p.source_line, p.ordinal, p.organisation_id, o.iso3 AS other, o.ordinal AS its_ordinal, o.start AS its_start
    FROM places p
    JOIN joined j ON j.iso3 = p.iso3 AND j.organisation_id = p.organisation_id AND j.status = p.status
    JOIN joined o ON o.organisation_id = p.organisation_id AND o.status = p.status AND o.iso3 <> p.iso3
    WHERE p.ordinal = o.ordinal
       OR (p.ordinal > o.ordinal AND j.start_latest < o.start_earliest)
       OR (p.ordinal < o.ordinal AND j.start_earliest > o.start_latest)
)
SELECT
    'membership' AS table_name,
    source_line,
    'ordinal' AS column_name,
    CAST(ordinal AS VARCHAR) AS value,
    min(concat(
        other, ' is number ', CAST(its_ordinal AS VARCHAR), ' of ', organisation_id, coalesce(', since ' || its_start, ''),
        '; correct the number, the country or the start of one of them'
    )) AS message
FROM pairs
GROUP BY source_line, ordinal
