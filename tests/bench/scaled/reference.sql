-- One row per note of the first documents, with the work it cites.
SELECT
    document_name(i // 20) AS document_id,
    1 + i % 20 AS note_number,
    document_name((i * 7 + 11) % n_of('document')) AS cited_document_id,
    'p. ' || (1 + pick(i, 1, 300)) AS locator,
    document_name(i // 20) || ', n. ' || (1 + i % 20) AS cite
FROM range(n_of('reference')) t(i)
ORDER BY document_id, note_number
