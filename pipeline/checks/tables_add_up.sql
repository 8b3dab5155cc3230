-- warning in deployment, mission_strength: the contingents of a document that gives a table of six nations or more add up to the
-- total it states for them, or their notes say "Partial table".
--
-- One row per mission, date and document whose exact contingents are less than its exact total, at each contingent that would be
-- right with one other digit, two neighbouring digits swapped or a zero more, where these are three at most; else at the total.
-- Contingents that are more than the total are told by contingents_within_total.
WITH totals AS (
    SELECT mission_id, as_of, document_id, min(personnel) AS total, min(source_line) AS source_line
    FROM stated.mission_strength
    WHERE personnel_qualifier = 'exact'
    GROUP BY mission_id, as_of, document_id
    HAVING count(DISTINCT personnel) = 1
),
parts AS (
    SELECT
        array_to_string(missions, '; ') AS mission_id,
        as_of,
        document_id,
        personnel,
        source_line,
        CASE WHEN personnel_qualifier <> 'exact' OR lower(coalesce(note, '')) LIKE '%partial table%' THEN 1 ELSE 0 END AS is_loose
    FROM stated.deployment
    WHERE unit = 'contingent' AND personnel_qualifier IS NOT NULL
),
summed AS (
    SELECT mission_id, as_of, document_id, sum(personnel) AS stated
    FROM parts
    GROUP BY mission_id, as_of, document_id
    HAVING count(*) > 5 AND max(is_loose) = 0
),
apart AS (
    SELECT s.mission_id, s.as_of, s.document_id, s.stated, t.total, t.source_line AS total_line, s.stated - t.total AS surplus
    FROM summed s
    JOIN totals t ON t.mission_id = s.mission_id AND t.as_of = s.as_of AND t.document_id = s.document_id
    WHERE s.stated < t.total
),
misread AS (
    SELECT
        a.*,
        p.source_line AS part_line,
        CAST(p.personnel AS VARCHAR) AS written,
        CAST(CAST(p.personnel - a.surplus AS BIGINT) AS VARCHAR) AS meant
    FROM apart a
    JOIN parts p ON p.mission_id = a.mission_id AND p.as_of = a.as_of AND p.document_id = a.document_id
),
digits AS (
    SELECT unnest([1, 2, 3, 4, 5, 6]) AS place
),
slips AS (
    SELECT DISTINCT m.*
    FROM misread m
    JOIN digits d ON d.place <= length(m.written)
    WHERE concat(m.written, '0') = m.meant
       OR (length(m.written) = length(m.meant) AND levenshtein(m.written, m.meant) = 1)
       OR concat(substr(m.written, 1, d.place - 1), substr(m.written, d.place + 1, 1), substr(m.written, d.place, 1),
           substr(m.written, d.place + 2)) = m.meant
),
suspects AS (
    SELECT *, count(*) OVER (PARTITION BY mission_id, as_of, document_id) AS n_suspects
    FROM slips
)
SELECT
    'deployment' AS table_name,
    part_line AS source_line,
    'personnel' AS column_name,
    written AS value,
    'the contingents of ' || document_id || ' for ' || mission_id || ' in ' || as_of || ' add up to '
        || CAST(CAST(stated AS BIGINT) AS VARCHAR) || ', its total is ' || CAST(total AS VARCHAR) || '; was '
        || meant || ' meant? If not, correct another, or write Partial table in their notes' AS message
FROM suspects
WHERE n_suspects <= 3
UNION ALL
SELECT DISTINCT
    'mission_strength',
    a.total_line,
    'personnel',
    CAST(a.total AS VARCHAR),
    'the contingents of ' || a.document_id || ' for ' || a.mission_id || ' in ' || a.as_of || ' add up to '
        || CAST(CAST(a.stated AS BIGINT) AS VARCHAR)
        || '; correct the total or a contingent, or write Partial table in their notes'
FROM apart a
LEFT JOIN suspects s ON s.mission_id = a.mission_id AND s.as_of = a.as_of AND s.document_id = a.document_id
WHERE s.document_id IS NULL OR s.n_suspects > 3
