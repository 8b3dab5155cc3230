-- One row per invented document, as an item of references.json: grades A to D, a day of issue, an address.
SELECT
    document_name(i) AS id,
    'report' AS "type",
    'Report ' || i AS title,
    'Publisher ' || pick(i, 1, 500) AS publisher,
    {'date-parts': [[2016 + pick(i, 2, 9), 1 + pick(i, 3, 12), 1 + pick(i, 4, 28)]]} AS issued,
    'https://example.org/' || document_name(i) AS "URL",
    'en' AS language,
    {'reliability': substr('AABBBCCD', 1 + pick(i, 5, 8), 1)} AS custom
FROM range(n_of('document')) t(i)
ORDER BY i
