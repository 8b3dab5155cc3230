-- The rows of a table with start and end that held on a day. Column holds says certain or possible, because says what is not known. A row that is not listed did not hold.
CREATE OR REPLACE MACRO spells_as_of(spells, day) AS TABLE
WITH asked AS (
    SELECT CAST(day AS DATE) AS asked_day WHERE day IS NOT NULL
),
spans AS (
    SELECT
        s.*,
        asked_day,
        first_possible_day(s.start, s.start_earliest, s.start_latest) AS may_start,
        -- Without a last day by which it had begun, or with a start that may be wrong, it has never certainly begun.
        CASE WHEN NOT may_be_wrong(s.start) THEN last_possible_day(s.start, s.start_earliest, s.start_latest) END AS begun_by,
        CASE WHEN NOT may_be_wrong(s."end") THEN first_possible_day(s."end", s.end_earliest, s.end_latest) END AS lasts_until,
        last_possible_day(s."end", s.end_earliest, s.end_latest) AS over_after
    FROM query_table(spells) s
    CROSS JOIN asked
),
-- The last day itself is only possible: whether it counts is not recorded. An empty end is read as still running,
-- as country_profile reads it, and only until the cut-off: later days are outside what the dataset knows.
judged AS (
    SELECT
        *,
        coalesce(begun_by <= asked_day, false) AS has_begun,
        coalesce(lasts_until > asked_day, "end" IS NULL) AS still_runs,
        asked_day <= cut_off() AS is_covered
    FROM spans
    WHERE coalesce(may_start <= asked_day, true) AND coalesce(over_after >= asked_day, true)
)
SELECT
    * EXCLUDE (asked_day, may_start, begun_by, lasts_until, over_after, has_begun, still_runs, is_covered),
    CASE WHEN has_begun AND still_runs AND is_covered THEN 'certain' ELSE 'possible' END AS holds,
    nullif(concat_ws('; ',
        CASE WHEN NOT is_covered THEN 'the day is after the cut-off' END,
        CASE WHEN start IS NULL THEN 'no start is recorded' WHEN NOT has_begun THEN 'start is ' || start END,
        CASE WHEN "end" IS NULL THEN 'no end is recorded' WHEN NOT still_runs THEN 'end is ' || "end" END
    ), '') AS because
FROM judged;
