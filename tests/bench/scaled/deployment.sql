-- One row per claim about a contingent or unit: about four claims of cells, with one to three citations.
SELECT iso3, missions, location_iso3, as_of, unit, unit_count, personnel, cite, rank, rank_reason, note
FROM deployed
ORDER BY iso3, missions, location_iso3 NULLS FIRST, as_of, unit, cite
