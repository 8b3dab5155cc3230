-- What this dataset would have published from the claims known by a day: one row per cell and value that could have stood. Weighed by the rule of the release, with the ranks, grades and numbers of documents known since; deprecated claims stay out. The value with known = certain is the one from documents certainly issued by then; settled says that no other value could have stood.
CREATE OR REPLACE MACRO known_by(day) AS TABLE
WITH placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY table_name, row_key, column_name
            ORDER BY CASE WHEN rank = 'preferred' THEN 0 ELSE 1 END, strpos('ABCDEF', reliability),
                     issued_earliest DESC NULLS LAST, corroboration DESC, document_id, coalesce(locator, ''), value
        ) AS place
    FROM claims_known_by(day)
    WHERE rank <> 'deprecated'
),
bounded AS (
    SELECT
        *,
        min(CASE WHEN known = 'certain' THEN place END) OVER (PARTITION BY table_name, row_key, column_name) AS first_certain
    FROM placed
),
-- Whatever else was out, the first certain claim was there: no claim placed after it could have stood.
eligible AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY table_name, row_key, column_name, value
            ORDER BY CASE known WHEN 'certain' THEN 0 WHEN 'possible' THEN 1 ELSE 2 END, place
        ) AS turn
    FROM bounded
    WHERE place <= coalesce(first_certain, place)
)
SELECT
    table_name,
    row_key,
    key,
    column_name,
    value,
    known,
    known = 'certain' AND count(*) OVER (PARTITION BY table_name, row_key, column_name) = 1 AS settled,
    document_id,
    locator,
    issued,
    is_published
FROM eligible
WHERE turn = 1;
