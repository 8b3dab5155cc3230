-- what a story tells of the table change: one row per line
WITH changed AS (
    SELECT c.*, coalesce(p.field, '') AS field
    FROM change c
    LEFT JOIN compared_column p ON p.table_name = c."table" AND p.column_name = c."column"
    WHERE c.key IS NOT NULL
),
fact AS (SELECT * FROM changed WHERE "table" <> 'claim'),
whole_row AS (SELECT "table", key, "class", claims FROM fact WHERE "column" IS NULL),
-- one row per cell of the claims that stand on one side, as it is written
standing_before AS (
    SELECT table_name, row_key, column_name, min(written) AS value
    FROM claims_before WHERE is_published GROUP BY table_name, row_key, column_name
),
standing_after AS (
    SELECT table_name, row_key, column_name, min(written) AS value
    FROM claims_after WHERE is_published GROUP BY table_name, row_key, column_name
),
-- one row per field of a row that changed: its columns, which are expanded from one cell, told as that cell
expanded AS (
    SELECT "table", key, field,
           arg_min(struct_pack("class" := "class", claims := claims), list_position(
               ['renamed', 'new_evidence', 'schema', 'correction', 'retracted', 'reassessed', 'added'], "class"
           ) * 2 + CAST("column" <> field AS INTEGER)) AS why,
           max(old) FILTER ("column" = field) AS old, max(new) FILTER ("column" = field) AS new
    FROM fact
    WHERE field <> ''
    GROUP BY "table", key, field
),
field AS (
    SELECT f."table", f.key, f.field, f.why."class" AS "class", f.why.claims AS claims,
           coalesce(b.value, f.old) AS old, coalesce(a.value, f.new) AS new
    FROM expanded f
    LEFT JOIN standing_before b ON b.table_name = f."table" AND b.row_key = f.key AND b.column_name = f.field
    LEFT JOIN standing_after a ON a.table_name = f."table" AND a.row_key = f.key AND a.column_name = f.field
),
row_line AS (
    SELECT w."class" AS section, w."table", w.key, NULL AS "column",
           string_agg(f.field || ' ' || f.old, '; ' ORDER BY f.field) AS old,
           string_agg(f.field || ' ' || f.new, '; ' ORDER BY f.field) AS new, w.claims
    FROM whole_row w
    LEFT JOIN field f ON f."table" = w."table" AND f.key = w.key
    GROUP BY w."class", w."table", w.key, w.claims
),
cell_line AS (
    SELECT f."class", f."table", f.key, f.field, f.old, f.new, f.claims
    FROM field f
    ANTI JOIN whole_row w ON w."table" = f."table" AND w.key = f.key
),
count_line AS (
    SELECT 'evidence', c."table", c.key, string_agg(c."column", ', ' ORDER BY c."column"),
           string_agg(coalesce(c.old, '(none)'), ', ' ORDER BY c."column"), string_agg(coalesce(c.new, '(none)'), ', ' ORDER BY c."column"),
           min(c.claims) AS claims
    FROM fact c
    ANTI JOIN field f ON f."table" = c."table" AND f.key = c.key
    WHERE c.field = '' AND c."column" IS NOT NULL AND (c."table", c.key) NOT IN (SELECT ("table", key) FROM whole_row)
    GROUP BY c."table", c.key
),
told AS (
    SELECT * FROM row_line UNION ALL SELECT * FROM cell_line UNION ALL SELECT * FROM count_line
),
claim_told AS (SELECT DISTINCT unnest(claims) AS claim_id FROM told),
-- one row per claim, as it is now or, where it is gone, as it was
about AS (
    SELECT claim_id, table_name, row_key, column_name, written AS value, rank FROM claims_after
    UNION ALL
    SELECT claim_id, table_name, row_key, column_name, written, rank
    FROM claims_before WHERE claim_id NOT IN (SELECT claim_id FROM claims_after)
),
claim_line AS (
    SELECT CASE WHEN a.rank = 'deprecated' THEN 'rejected' ELSE 'evidence' END, a.table_name, a.row_key,
           concat_ws(' ', nullif(a.column_name, ''),
                     CASE WHEN c."column" IS NOT NULL THEN '(' || c."column" || ' of the claim)'
                          WHEN c."class" = 'added' THEN '(one more claim)' ELSE '(one claim less)' END),
           CASE WHEN c."column" IS NOT NULL THEN c.old WHEN c."class" = 'retracted' THEN a.value END,
           CASE WHEN c."column" IS NOT NULL THEN c.new WHEN c."class" = 'added' THEN a.value END,
           c.claims
    FROM changed c
    JOIN about a ON a.claim_id = c.claims[1]
    WHERE c."table" = 'claim' AND c."class" <> 'renamed'
      AND (a.table_name, a.row_key) NOT IN (SELECT ("table", key) FROM whole_row)
      AND (c."class" <> 'retracted' OR (a.table_name, a.row_key, a.column_name, a.value) NOT IN (
          SELECT ("table", key, field, coalesce(old, '')) FROM cell_line
      ))
      AND CASE WHEN c."column" IS NULL THEN a.rank = 'deprecated' OR a.claim_id NOT IN (SELECT claim_id FROM claim_told)
               ELSE c.key NOT IN (SELECT key FROM changed WHERE "table" = 'claim' AND "column" IS NULL) END
),
line AS (
    SELECT section, "table", key, "column", old, new, claims FROM told
    UNION ALL
    SELECT * FROM claim_line
    UNION ALL
    SELECT CASE WHEN "table" = 'dataset' THEN 'dataset' ELSE 'schema' END, "table", NULL,
           CASE WHEN "table" = 'dataset' THEN "column" ELSE coalesce('column ' || "column", 'table') END, old, new, NULL
    FROM change
    WHERE key IS NULL
)
-- the columns are those of told; `of` is how many lines a section has of a table, `place` where one stands among them
SELECT *, count(*) OVER (PARTITION BY section, "table") AS of,
       row_number() OVER (PARTITION BY section, "table" ORDER BY key IS NOT NULL, old IS NULL, key, "column", old, new, claims) AS place
FROM line
