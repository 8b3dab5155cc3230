-- error in membership: the spells of a country in an organisation follow one another, and a candidate, an applicant or
-- an invited country is one no longer once it is a member.
--
-- One row per spell that begins before the one before it has ended, and per earlier standing that outlasts membership's start.
WITH spells AS (
    SELECT
        m.*,
        lag(m.spell) OVER one_status AS earlier_spell,
        lag(m.start_latest) OVER one_status AS earlier_start,
        lag(m."end") OVER one_status AS earlier_end,
        lag(m.end_earliest) OVER one_status AS earlier_end_day
    FROM membership m
    WINDOW one_status AS (PARTITION BY m.iso3, m.organisation_id, m.status ORDER BY m.spell)
),
members AS (
    SELECT iso3, organisation_id, min(start_latest) AS joined
    FROM membership
    WHERE status = 'member' AND spell = 1
    GROUP BY iso3, organisation_id
),
overlapping AS (
    SELECT
        iso3,
        organisation_id,
        status,
        spell,
        'start' AS column_name,
        start AS value,
        'spell ' || CAST(spell AS VARCHAR) || ' of ' || iso3 || ' in ' || organisation_id || ' as ' || status
            || ' begins before spell ' || CAST(earlier_spell AS VARCHAR) || ' has ended ('
            || coalesce(earlier_end, 'it has no end') || '); correct the dates, or give the earlier spell its end' AS message
    FROM spells
    WHERE earlier_spell IS NOT NULL
      AND (earlier_end IS NULL OR earlier_end_day IS NULL OR earlier_end_day > start_latest OR earlier_start > start_latest)
    UNION ALL
    SELECT
        s.iso3,
        s.organisation_id,
        s.status,
        s.spell,
        CASE WHEN s.end_earliest > m.joined THEN 'end' ELSE 'start' END,
        CASE WHEN s.end_earliest > m.joined THEN s."end" ELSE s.start END,
        s.iso3 || ' is ' || s.status || ' of ' || s.organisation_id || ' after it became a member ('
            || CAST(m.joined AS VARCHAR) || '); correct one of the two dates'
    FROM spells s
    JOIN members m ON m.iso3 = s.iso3 AND m.organisation_id = s.organisation_id
    WHERE s.status IN ('applicant', 'aspirant', 'candidate', 'invited')
      AND (s.end_earliest > m.joined OR s.start_earliest > m.joined)
)
SELECT
    'membership' AS table_name,
    min(c.source_line) AS source_line,
    o.column_name,
    o.value,
    o.message
FROM overlapping o
JOIN stated.membership c
  ON c.iso3 = o.iso3 AND c.organisation_id = o.organisation_id AND c.status = o.status AND c.spell = o.spell
 AND (o.value IS NULL OR (o.column_name = 'start' AND c.start = o.value) OR (o.column_name = 'end' AND c."end" = o.value))
GROUP BY o.column_name, o.value, o.message
