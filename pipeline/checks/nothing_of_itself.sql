-- error in actor, indicator, organisation, relation: nothing is its own parent, or that of its own parents, and nobody
-- stands in a relation with itself.
--
-- One row per claim that names the thing itself, and per parent on a way of up to four that leads back to where it began. A longer
-- way round is not found: the check has no recursion, so that every engine runs it, and each step is a join.
WITH parents AS (
    SELECT 'organisation' AS table_name, organisation_id AS thing, parent_organisation_id AS parent
    FROM organisation
    WHERE parent_organisation_id IS NOT NULL
    UNION ALL
    SELECT 'actor', actor_id, parent_actor_id
    FROM actor
    WHERE parent_actor_id IS NOT NULL
),
round_about AS (
    SELECT a.table_name, a.thing, a.parent
    FROM parents a
    JOIN parents b ON b.table_name = a.table_name AND b.thing = a.parent
    LEFT JOIN parents c ON c.table_name = b.table_name AND c.thing = b.parent
    LEFT JOIN parents d ON d.table_name = c.table_name AND d.thing = c.parent
    WHERE a.parent <> a.thing AND (b.parent = a.thing OR c.parent = a.thing OR d.parent = a.thing)
),
named AS (
    SELECT 'organisation' AS table_name, 'parent_organisation_id' AS column_name, organisation_id AS thing,
           parent_organisation_id AS other, source_line
    FROM stated.organisation
    UNION ALL
    SELECT 'actor', 'parent_actor_id', actor_id, parent_actor_id, source_line
    FROM stated.actor
    UNION ALL
    SELECT 'indicator', 'counterpart', iso3, counterpart, source_line
    FROM stated.indicator
    UNION ALL
    SELECT 'relation', 'party_b', party_a, party_b, source_line
    FROM stated.relation
)
SELECT DISTINCT
    table_name,
    source_line,
    column_name,
    other AS value,
    CASE column_name
        WHEN 'party_b' THEN 'both parties are the same; correct one of them'
        WHEN 'counterpart' THEN 'the country is its own counterpart; correct one of the two, or leave the counterpart empty'
        ELSE 'it is its own parent; correct one of the two, or leave the parent empty'
    END AS message
FROM named
WHERE other = thing
UNION ALL
SELECT DISTINCT
    n.table_name,
    n.source_line,
    n.column_name,
    n.other,
    'the parents of ' || n.thing || ' lead back to it; correct the parent of one of them'
FROM named n
JOIN round_about r ON r.table_name = n.table_name AND r.thing = n.thing AND r.parent = n.other
