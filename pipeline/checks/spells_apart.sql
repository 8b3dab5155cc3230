-- error in membership: the spells of a country in an organisation follow one another, and while it is a member it is not
-- applicant, aspirant, candidate or invited as well.
--
-- One row per spell that begins before the one before it has ended, and per such standing that certainly overlaps
-- membership. A start or an end that is not recorded overlaps nothing, but a later spell asks for the end of the earlier.
WITH spells AS (
    SELECT
        m.*,
        lag(m.spell) OVER one_status AS earlier_spell,
        lag(m.start_earliest) OVER one_status AS earlier_start,
        lag(m."end") OVER one_status AS earlier_end,
        lag(m.end_earliest) OVER one_status AS earlier_end_earliest,
        lag(m.end_latest) OVER one_status AS earlier_end_latest
    FROM membership m
    WINDOW one_status AS (PARTITION BY m.iso3, m.organisation_id, m.status ORDER BY m.spell)
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
      AND (earlier_end_latest IS NULL OR earlier_end_earliest > start_latest OR earlier_start > start_latest)
    UNION ALL
    SELECT
        s.iso3,
        s.organisation_id,
        s.status,
        s.spell,
        CASE WHEN s."end" IS NULL THEN 'start' ELSE 'end' END,
        coalesce(s."end", s.start),
        s.iso3 || ' is ' || s.status || ' of ' || s.organisation_id || ' while it is a member (since ' || m.start
            || '); correct one of the dates, or give this spell its end'
    FROM spells s
    JOIN membership m ON m.iso3 = s.iso3 AND m.organisation_id = s.organisation_id AND m.status = 'member'
    WHERE s.status IN ('applicant', 'aspirant', 'candidate', 'invited')
      AND (m."end" IS NULL OR s.start_latest < m.end_earliest)
      AND (s.end_earliest > m.start_latest OR s."end" IS NULL AND s.start IS NOT NULL AND m.start IS NOT NULL)
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
