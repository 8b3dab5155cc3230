-- conflict: one row per key and column on which claims differ, with every value and its documents.
-- Deprecated claims count: a statement known to be wrong is shown beside the value that replaces it.
-- What decided is found by setting the best claim of the published value against the best of the others, in the order in
-- which claims are weighed.
-- In shares of claim by row_key: what is said of a key follows from the claims on it alone.
WITH contested AS (
    SELECT table_name, row_key, column_name
    FROM claim
    WHERE column_name IS NOT NULL
    GROUP BY table_name, row_key, column_name
    HAVING min(value) <> max(value)
),
cells AS (
    SELECT
        c.table_name,
        c.row_key,
        c.column_name,
        c.value,
        c.document_id,
        c.locator,
        c.rank,
        c.rank_reason,
        c.is_published,
        c.corroboration,
        d.reliability,
        strpos('ABCDEF', d.reliability) AS grade,
        d.issued,
        d.issued_earliest
    FROM claim c
    JOIN contested k ON k.table_name = c.table_name AND k.row_key = c.row_key AND k.column_name = c.column_name
    LEFT JOIN document d ON d.document_id = c.document_id
),
differing AS (
    SELECT
        table_name,
        row_key,
        column_name,
        count(DISTINCT value) AS n_values,
        max(CASE WHEN is_published THEN value END) AS published_value,
        min(CASE WHEN rank <> 'deprecated' THEN value END) AS least,
        max(CASE WHEN rank <> 'deprecated' THEN value END) AS greatest,
        array_to_string(
            list_sort(list(DISTINCT CASE WHEN rank = 'deprecated' THEN rank_reason END)), ' '
        ) AS deprecated_reasons,
        list_sort(list(DISTINCT document_id)) AS documents
    FROM cells
    GROUP BY table_name, row_key, column_name
),
between_values AS (
    SELECT d.table_name, d.row_key, d.column_name, count(*) AS n_between
    FROM differing d
    JOIN cells c ON c.table_name = d.table_name AND c.row_key = d.row_key AND c.column_name = d.column_name
    WHERE c.rank <> 'deprecated' AND NOT starts_with(d.greatest, c.value)
    GROUP BY d.table_name, d.row_key, d.column_name
),
sides AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY table_name, row_key, column_name, is_published
            ORDER BY
                CASE WHEN rank = 'preferred' THEN 0 ELSE 1 END,
                grade,
                issued_earliest DESC NULLS LAST,
                corroboration DESC,
                document_id,
                coalesce(locator, ''),
                value
        ) AS place
    FROM cells
    WHERE rank <> 'deprecated'
),
decided AS (
    SELECT
        d.*,
        CASE WHEN best.rank = 'preferred' THEN 'Of the preferred claims: ' ELSE '' END AS among,
        best.rank_reason,
        best.reliability,
        best.issued,
        best.corroboration,
        rival.reliability AS rival_reliability,
        rival.issued AS rival_issued,
        rival.corroboration AS rival_corroboration,
        CASE
            WHEN d.published_value IS NULL THEN 'none_stands'
            WHEN rival.value IS NULL THEN 'others_deprecated'
            WHEN best.rank <> rival.rank THEN 'preferred'
            WHEN best.grade < rival.grade THEN 'more_reliable'
            WHEN best.issued_earliest > rival.issued_earliest
                OR best.issued_earliest IS NOT NULL AND rival.issued_earliest IS NULL THEN 'later'
            WHEN best.corroboration > rival.corroboration THEN 'more_documents'
            WHEN best.document_id <> rival.document_id THEN 'order_of_documents'
            ELSE 'order_of_passages'
        END AS decided_by
    FROM differing d
    LEFT JOIN sides best
           ON best.table_name = d.table_name AND best.row_key = d.row_key AND best.column_name = d.column_name
          AND best.is_published AND best.place = 1
    LEFT JOIN sides rival
           ON rival.table_name = d.table_name AND rival.row_key = d.row_key AND rival.column_name = d.column_name
          AND NOT rival.is_published AND rival.place = 1
),
said AS (
    SELECT
        table_name,
        row_key,
        column_name,
        value,
        max(CASE WHEN is_published THEN 1 ELSE 0 END) AS is_published,
        list_sort(list(DISTINCT document_id || ' (' || coalesce(reliability, '?')
            || CASE WHEN rank = 'normal' THEN '' ELSE ', ' || rank || ': ' || coalesce(rank_reason, '') END || ')')) AS by_whom
    FROM cells
    GROUP BY table_name, row_key, column_name, value
),
told AS (
    SELECT
        table_name,
        row_key,
        column_name,
        list_sort(list(
            CASE WHEN is_published = 1 THEN '1 ' ELSE '2 ' END || value || ' [' || array_to_string(by_whom, ', ') || ']'
        )) AS statements
    FROM said
    GROUP BY table_name, row_key, column_name
)
SELECT
    d.table_name,
    d.row_key,
    d.column_name,
    d.n_values,
    d.published_value,
    coalesce(d.least <> d.greatest AND regexp_matches(d.greatest, '^[0-9]{4}(-[0-9]{2}){0,2}$')
        AND starts_with(d.greatest, d.least) AND b.n_between IS NULL, false) AS only_precision,
    d.decided_by,
    CASE d.decided_by
        WHEN 'none_stands' THEN 'Every claim is deprecated: ' || d.deprecated_reasons
        WHEN 'others_deprecated' THEN 'The other values are deprecated: ' || d.deprecated_reasons
        WHEN 'preferred' THEN 'A claim of it is preferred: ' || d.rank_reason
        WHEN 'more_reliable' THEN
            d.among || 'A document of grade ' || d.reliability || ' states it, and of the others none is above '
            || d.rival_reliability || '.'
        WHEN 'later' THEN
            d.among || 'Of documents of grade ' || d.reliability || ', it is stated by the later one: ' || d.issued
            || coalesce(' against ' || d.rival_issued, '; the others are undated') || '.'
        WHEN 'more_documents' THEN
            d.among || 'More documents state it than any other value of the same grade and date: '
            || CAST(d.corroboration AS VARCHAR) || ' against ' || CAST(d.rival_corroboration AS VARCHAR) || '.'
        WHEN 'order_of_documents' THEN
            d.among || 'Documents of grade ' || d.reliability || coalesce(', issued ' || d.issued, ', undated')
            || ': nothing distinguishes them, so the first in the order of their ids is taken.'
        ELSE 'One document says both; the first in the order of its passages is taken.'
    END AS reason,
    d.documents,
    array_to_string(list_transform(t.statements, lambda x: substr(x, 3)), ' | ') AS statements
FROM decided d
JOIN told t ON t.table_name = d.table_name AND t.row_key = d.row_key AND t.column_name = d.column_name
LEFT JOIN between_values b ON b.table_name = d.table_name AND b.row_key = d.row_key AND b.column_name = d.column_name
ORDER BY d.table_name, d.row_key, d.column_name
