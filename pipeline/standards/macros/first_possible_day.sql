-- First day a date can mean, given as written and with its two bounds; null where open. A date marked ~ ? or % reaches as far again to either side as it is long.
CREATE OR REPLACE MACRO first_possible_day(written, earliest, latest) AS
    CASE WHEN regexp_matches(written, '[~?%]') THEN earliest - CAST(latest - earliest + 1 AS INTEGER) ELSE earliest END;
