-- maintenance: Claims by the release in which they first appeared
SELECT first_release AS release, count(*) AS claims
FROM claim
GROUP BY first_release
ORDER BY
    CAST(split_part(first_release, '.', 1) AS INTEGER),
    CAST(split_part(first_release, '.', 2) AS INTEGER),
    CAST(split_part(first_release, '.', 3) AS INTEGER)
