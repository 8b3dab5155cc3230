-- error in deployment: the national contingents that a document states for a mission and date do not exceed the total
-- that it states.
--
-- One row per mission, date and document whose parts exceed its total, shown at the largest part. A bare bound counts as
-- far as it binds; approximate figures have a tenth of room.
WITH totals AS (
    SELECT
        mission_id,
        as_of,
        document_id,
        CASE WHEN count(coalesce(personnel_high, personnel)) = count(*)
            THEN max(CASE WHEN personnel_qualifier = 'approx' THEN personnel * 1.1 ELSE personnel_high END) END AS most,
        min(personnel_written) AS written
    FROM stated.mission_strength
    GROUP BY mission_id, as_of, document_id
),
places AS (
    SELECT
        array_to_string(missions, '; ') AS mission_id,
        iso3,
        location_iso3,
        as_of,
        document_id,
        min(CASE WHEN personnel_qualifier = 'approx' THEN personnel * 0.9 ELSE personnel_low END) AS least,
        min(personnel_written) AS written,
        min(source_line) AS source_line
    FROM stated.deployment
    WHERE unit = 'contingent' AND array_length(missions) = 1 AND coalesce(personnel_low, personnel) IS NOT NULL
    GROUP BY missions, iso3, location_iso3, as_of, document_id
),
parts AS (
    SELECT
        mission_id,
        as_of,
        document_id,
        iso3,
        coalesce(max(CASE WHEN location_iso3 IS NULL THEN least END), sum(least)) AS least,
        min(written) AS written,
        min(source_line) AS source_line
    FROM places
    GROUP BY mission_id, as_of, document_id, iso3
),
ordered AS (
    SELECT
        *,
        sum(least) OVER (PARTITION BY mission_id, as_of, document_id) AS parts_sum,
        row_number() OVER (PARTITION BY mission_id, as_of, document_id ORDER BY least DESC, iso3) AS place
    FROM parts
)
SELECT
    'deployment' AS table_name,
    p.source_line,
    'personnel' AS column_name,
    p.written AS value,
    'the largest of the contingents that ' || p.document_id || ' states for ' || p.mission_id || ' in ' || p.as_of
        || '; together they are ' || CAST(CAST(round(p.parts_sum) AS BIGINT) AS VARCHAR) || ', more than its total of '
        || t.written || ' in mission_strength.csv; correct the figure that was misread' AS message
FROM ordered p
JOIN totals t ON t.mission_id = p.mission_id AND t.as_of = p.as_of AND t.document_id = p.document_id
WHERE p.place = 1 AND p.parts_sum > t.most
