-- The claims that could be known on a day, from documents issued by then. Column known says certain, possible (the document may have been issued later) or undated (it does not say when). Rank, reliability, is_published, corroboration and evidence are those of this release, not of that day.
CREATE OR REPLACE MACRO claims_known_by(day) AS TABLE
WITH asked AS (
    SELECT CAST(day AS DATE) AS asked_day WHERE day IS NOT NULL
),
dated AS (
    SELECT
        document_id,
        issued,
        issued_earliest,
        reliability,
        first_possible_day(issued, issued_earliest, issued_latest) AS may_be_issued,
        CASE WHEN NOT may_be_wrong(issued) THEN last_possible_day(issued, issued_earliest, issued_latest) END AS issued_by
    FROM document
)
SELECT
    c.*,
    map_from_entries(list_transform(
        string_split(c.row_key, '|'),
        lambda part: struct_pack(k := split_part(part, '=', 1), v := substr(part, strpos(part, '=') + 1))
    )) AS key,
    d.issued,
    d.issued_earliest,
    d.reliability,
    CASE WHEN d.issued IS NULL THEN 'undated' WHEN d.issued_by <= asked_day THEN 'certain' ELSE 'possible' END AS known
FROM claim c
JOIN dated d ON d.document_id = c.document_id
JOIN asked ON coalesce(d.may_be_issued <= asked_day, true);
