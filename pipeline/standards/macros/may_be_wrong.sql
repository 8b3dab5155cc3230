-- Whether a date as written is marked ? or % and may be wrong altogether: nothing certain rests on it.
CREATE OR REPLACE MACRO may_be_wrong(written) AS regexp_matches(written, '[?%]');
