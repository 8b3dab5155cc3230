-- conflict: one row per key and column on which claims differ, with every value and its documents.
-- Deprecated claims count: a statement known to be wrong is shown beside the value that replaces it.
WITH cells AS (
    SELECT
        c.table_name,
        c.row_key,
        c.column_name,
        c.value,
        c.document_id,
        c.rank,
        c.rank_reason,
        c.is_published,
        d.reliability,
        d.issued,
        d.issued_earliest
    FROM claim c
    LEFT JOIN document d ON d.document_id = c.document_id
    WHERE c.column_name IS NOT NULL
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
        list_sort(list(DISTINCT document_id)) AS documents
    FROM cells
    GROUP BY table_name, row_key, column_name
    HAVING count(DISTINCT value) > 1
),
sides AS (
    SELECT
        c.table_name,
        c.row_key,
        c.column_name,
        count(CASE WHEN c.rank <> 'deprecated' AND NOT c.is_published THEN 1 END) AS n_against,
        max(CASE WHEN c.is_published AND c.rank = 'preferred' THEN 1 ELSE 0 END) AS is_preferred,
        min(CASE WHEN c.is_published THEN c.reliability END) AS grade,
        min(CASE WHEN c.rank <> 'deprecated' AND NOT c.is_published THEN c.reliability END) AS grade_against,
        max(CASE WHEN c.is_published THEN c.issued_earliest END) AS issued,
        max(CASE WHEN c.rank <> 'deprecated' AND NOT c.is_published THEN c.issued_earliest END) AS issued_against,
        max(CASE WHEN c.is_published THEN c.issued END) AS issued_text,
        max(CASE WHEN c.rank <> 'deprecated' AND NOT c.is_published THEN c.issued END) AS issued_text_against,
        min(CASE WHEN c.is_published AND c.rank = 'preferred' THEN c.rank_reason END) AS preferred_reason,
        array_to_string(
            list_sort(list(DISTINCT CASE WHEN c.rank = 'deprecated' THEN c.rank_reason END)), ' '
        ) AS deprecated_reasons,
        count(CASE WHEN c.rank <> 'deprecated' AND d.greatest NOT LIKE c.value || '%' THEN 1 END) AS n_between
    FROM cells c
    JOIN differing d ON d.table_name = c.table_name AND d.row_key = c.row_key AND d.column_name = c.column_name
    GROUP BY c.table_name, c.row_key, c.column_name
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
),
decided AS (
    SELECT
        d.table_name,
        d.row_key,
        d.column_name,
        d.n_values,
        d.published_value,
        d.least,
        d.greatest,
        d.documents,
        s.grade,
        s.grade_against,
        s.issued_text,
        s.issued_text_against,
        s.preferred_reason,
        s.deprecated_reasons,
        s.n_between,
        CASE
            WHEN d.published_value IS NULL THEN 'none_stands'
            WHEN s.n_against = 0 THEN 'others_deprecated'
            WHEN s.is_preferred = 1 THEN 'preferred'
            WHEN s.grade < s.grade_against THEN 'more_reliable'
            WHEN s.issued > s.issued_against OR s.issued_against IS NULL AND s.issued IS NOT NULL THEN 'later'
            ELSE 'order_of_documents'
        END AS decided_by
    FROM differing d
    JOIN sides s ON s.table_name = d.table_name AND s.row_key = d.row_key AND s.column_name = d.column_name
)
SELECT
    d.table_name,
    d.row_key,
    d.column_name,
    d.n_values,
    d.published_value,
    coalesce(d.least <> d.greatest AND regexp_matches(d.greatest, '^[0-9]{4}(-[0-9]{2}){0,2}$')
        AND d.greatest LIKE d.least || '%' AND d.n_between = 0, false) AS only_precision,
    d.decided_by,
    CASE d.decided_by
        WHEN 'preferred' THEN 'A claim of it is preferred: ' || d.preferred_reason
        WHEN 'more_reliable' THEN
            'A document of grade ' || d.grade || ' states it, and of the others none is above ' || d.grade_against || '.'
        WHEN 'later' THEN
            'Of documents of grade ' || d.grade || ', it is stated by the later one: ' || d.issued_text
            || coalesce(' against ' || d.issued_text_against, '; the others are undated') || '.'
        WHEN 'order_of_documents' THEN
            'Documents of grade ' || d.grade || coalesce(', issued ' || d.issued_text, ', undated')
            || ': nothing distinguishes them, so the first in the order of their ids is taken.'
        WHEN 'others_deprecated' THEN 'The other values are deprecated: ' || d.deprecated_reasons
        ELSE 'Every claim is deprecated: ' || d.deprecated_reasons
    END AS reason,
    d.documents,
    array_to_string(list_transform(t.statements, lambda x: substr(x, 3)), ' | ') AS statements
FROM decided d
JOIN told t ON t.table_name = d.table_name AND t.row_key = d.row_key AND t.column_name = d.column_name
ORDER BY d.table_name, d.row_key, d.column_name
