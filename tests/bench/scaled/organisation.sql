-- One row per organisation: those that the joins name, and a few more.
SELECT name AS organisation_id, upper(name) AS name, kind, '1949' AS established, cite_of(i, 1, 0) AS cite
FROM (
    SELECT unnest(['nato', 'eu', 'pfp', 'un', 'osce', 'coe']) AS name,
           unnest(['alliance', 'union', 'programme', 'intergovernmental', 'intergovernmental', 'intergovernmental']) AS kind,
           generate_subscripts(['nato', 'eu', 'pfp', 'un', 'osce', 'coe'], 1) AS i
)
ORDER BY organisation_id
