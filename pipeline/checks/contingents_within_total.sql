-- error in deployment: the national contingents that a document states for a mission and date do not exceed the total
-- that it states.
--
-- One row per mission, date and document whose parts exceed its total, shown at the largest part; or, in a table of six nations or
-- more, at each that one other digit, two neighbouring digits swapped or a zero less would make right, where these are three at
-- most and none of them is meant to be less than nobody. A bare bound counts as far as it binds; approximate figures have a tenth of room.
WITH totals AS (
    SELECT
        mission_id,
        as_of,
        document_id,
        CASE WHEN count(coalesce(personnel_high, personnel)) = count(*)
            THEN max(CASE WHEN personnel_qualifier = 'approx' THEN personnel * 1.1 ELSE personnel_high END) END AS most,
        CASE WHEN min(personnel_written) = max(personnel_written) AND count(*) = count(personnel_high) THEN min(personnel) END
            AS personnel,
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
        count(*) AS n_places,
        min(written) AS written,
        min(source_line) AS source_line
    FROM places
    GROUP BY mission_id, as_of, document_id, iso3
),
above AS (
    SELECT
        p.*,
        t.written AS total_written,
        CAST(CAST(round(p.least - p.parts_sum + t.personnel) AS BIGINT) AS VARCHAR) AS meant
    FROM (
        SELECT
            *,
            sum(least) OVER (PARTITION BY mission_id, as_of, document_id) AS parts_sum,
            count(*) OVER (PARTITION BY mission_id, as_of, document_id) AS n_parts,
            row_number() OVER (PARTITION BY mission_id, as_of, document_id ORDER BY least DESC, iso3) AS place
        FROM parts
    ) p
    JOIN totals t ON t.mission_id = p.mission_id AND t.as_of = p.as_of AND t.document_id = p.document_id
    WHERE p.parts_sum > t.most
),
digits AS (
    SELECT unnest([1, 2, 3, 4, 5, 6]) AS digit
),
slips AS (
    SELECT DISTINCT a.mission_id, a.as_of, a.document_id, a.iso3
    FROM above a
    JOIN digits d ON d.digit <= length(a.written)
    WHERE a.n_parts > 5 AND a.n_places = 1 AND regexp_matches(a.written, '^[0-9]+$') AND CAST(a.meant AS BIGINT) >= 0
      AND (concat(a.meant, '0') = a.written
           OR (length(a.written) = length(a.meant) AND levenshtein(a.written, a.meant) = 1)
           OR concat(substr(a.written, 1, d.digit - 1), substr(a.written, d.digit + 1, 1), substr(a.written, d.digit, 1),
               substr(a.written, d.digit + 2)) = a.meant)
),
told AS (
    SELECT
        a.*,
        CASE WHEN s.iso3 IS NULL THEN 0 ELSE 1 END AS is_slip,
        count(s.iso3) OVER (PARTITION BY a.mission_id, a.as_of, a.document_id) AS n_slips
    FROM above a
    LEFT JOIN slips s
      ON s.mission_id = a.mission_id AND s.as_of = a.as_of AND s.document_id = a.document_id AND s.iso3 = a.iso3
)
SELECT
    'deployment' AS table_name,
    source_line,
    'personnel' AS column_name,
    written AS value,
    CASE WHEN n_slips BETWEEN 1 AND 3
        THEN concat('was ', meant, ' meant? The contingents that ', document_id, ' states for ', mission_id, ' in ', as_of, ' are ')
        ELSE concat('the largest of the contingents that ', document_id, ' states for ', mission_id, ' in ', as_of, '; together they are ')
    END || CAST(CAST(round(parts_sum) AS BIGINT) AS VARCHAR) || ', more than its total of '
        || total_written || ' in mission_strength.csv; correct the figure that was misread' AS message
FROM told
WHERE (n_slips BETWEEN 1 AND 3 AND is_slip = 1) OR ((n_slips = 0 OR n_slips > 3) AND place = 1)
