-- WB6: the Western Balkan Six and NATO, version 0.4.1: views, comments and macros for DuckDB.
--
-- In the folder of the release:
--     duckdb -init wb6.sql
-- From elsewhere, say first where it lies:
--     SET VARIABLE wb6 = 'outputs/latest';
--     .read outputs/latest/wb6.sql
--
-- Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.

CREATE OR REPLACE VIEW "actor" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/actor.parquet');
COMMENT ON VIEW "actor" IS 'One row per actor.';
COMMENT ON COLUMN "actor"."actor_id" IS 'Id of the actor.';
COMMENT ON COLUMN "actor"."name" IS 'Name in English.';
COMMENT ON COLUMN "actor"."kind" IS 'What sort of actor it is.';
COMMENT ON COLUMN "actor"."iso3" IS 'The country it is, belongs to or acts from. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "actor"."parent_actor_id" IS 'The actor it is part of.';
COMMENT ON COLUMN "actor"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "actor"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "assessment" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/assessment.parquet');
COMMENT ON VIEW "assessment" IS 'One row per judgement of an author, in our own words.';
COMMENT ON COLUMN "assessment"."assessment_id" IS 'Id of the assessment.';
COMMENT ON COLUMN "assessment"."subject" IS 'Whom or what it is about: an id, an ISO code or a theme.';
COMMENT ON COLUMN "assessment"."topic" IS 'What it judges.';
COMMENT ON COLUMN "assessment"."statement" IS 'The judgement in our own words.';
COMMENT ON COLUMN "assessment"."stance" IS 'Its tendency.';
COMMENT ON COLUMN "assessment"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "assessment"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "change" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/change.parquet');
COMMENT ON VIEW "change" IS 'One row per changed cell, added or removed row, or changed column or table.';
COMMENT ON COLUMN "change"."table" IS 'Table that changed.';
COMMENT ON COLUMN "change"."key" IS 'Key of the row, as in claim.row_key; empty for a change of schema.';
COMMENT ON COLUMN "change"."column" IS 'Column that changed; empty where the whole row or table did.';
COMMENT ON COLUMN "change"."old" IS 'Value before.';
COMMENT ON COLUMN "change"."new" IS 'Value after.';
COMMENT ON COLUMN "change"."class" IS 'Why it changed, from the claims behind it.';
COMMENT ON COLUMN "change"."claims" IS 'Ids of the claims behind the new value, or the old one where there is no new.';

CREATE OR REPLACE VIEW "claim" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/claim.parquet');
COMMENT ON VIEW "claim" IS 'One row per filled value cell and citation of every source row, or per citation of a row that fills none (it claims that the row exists).';
COMMENT ON COLUMN "claim"."claim_id" IS 'Id of the claim, from its table, key, column, value, document and locator.';
COMMENT ON COLUMN "claim"."table_name" IS 'Table the claim is about.';
COMMENT ON COLUMN "claim"."row_key" IS 'Key of the row, as name=value pairs separated by |.';
COMMENT ON COLUMN "claim"."column_name" IS 'Column claimed; empty where the row itself is claimed.';
COMMENT ON COLUMN "claim"."value" IS 'The value as written.';
COMMENT ON COLUMN "claim"."document_id" IS 'The document that was read.';
COMMENT ON COLUMN "claim"."locator" IS 'The passage, in CSL locator terms.';
COMMENT ON COLUMN "claim"."origin_document_id" IS 'The document that the passage itself cites for it.';
COMMENT ON COLUMN "claim"."rank" IS 'How the claim is weighed.';
COMMENT ON COLUMN "claim"."rank_reason" IS 'Why it is preferred or deprecated.';
COMMENT ON COLUMN "claim"."note" IS 'What the curator noted.';
COMMENT ON COLUMN "claim"."is_published" IS 'Whether this value stands in the published table.';
COMMENT ON COLUMN "claim"."corroboration" IS 'How many documents say the same, this one included.';
COMMENT ON COLUMN "claim"."evidence" IS 'Whether figure, year and country were found in the passage.';
COMMENT ON COLUMN "claim"."source_file" IS 'File the claim is written in.';
COMMENT ON COLUMN "claim"."source_line" IS 'Line of that file.';
COMMENT ON COLUMN "claim"."first_release" IS 'Release in which the claim first appeared.';

CREATE OR REPLACE VIEW "conflict" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/conflict.parquet');
COMMENT ON VIEW "conflict" IS 'One row per key and column on which claims differ, with every value, its documents, and what decided.';
COMMENT ON COLUMN "conflict"."table_name" IS 'Table the claims are about.';
COMMENT ON COLUMN "conflict"."row_key" IS 'Key of the row, as in claim.';
COMMENT ON COLUMN "conflict"."column_name" IS 'Column on which they differ.';
COMMENT ON COLUMN "conflict"."n_values" IS 'How many values are claimed for the cell.';
COMMENT ON COLUMN "conflict"."published_value" IS 'The value that stands in the published table, as written.';
COMMENT ON COLUMN "conflict"."only_precision" IS 'Whether the values that are not deprecated are one date, stated more or less exactly.';
COMMENT ON COLUMN "conflict"."decided_by" IS 'Which part of the rule of weighing decided.';
COMMENT ON COLUMN "conflict"."reason" IS 'Why that value stands, in a sentence.';
COMMENT ON COLUMN "conflict"."documents" IS 'Documents that state any of the values.';
COMMENT ON COLUMN "conflict"."statements" IS 'Every value with its documents, their Admiralty grades and any rank with its reason, the published value first, separated by |.';

CREATE OR REPLACE VIEW "country" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/country.parquet');
COMMENT ON VIEW "country" IS 'One row per country or territory that the dataset names.';
COMMENT ON COLUMN "country"."iso3" IS 'ISO 3166-1 alpha-3 code. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "country"."iso2" IS 'ISO 3166-1 alpha-2 code (XK for Kosovo is user-assigned).';
COMMENT ON COLUMN "country"."code_status" IS 'Standing of the two codes in ISO 3166-1.';
COMMENT ON COLUMN "country"."name" IS 'Name in common use.';
COMMENT ON COLUMN "country"."official_name" IS 'Name in formal use.';
COMMENT ON COLUMN "country"."capital" IS 'Capital, as the document cited names it.';
COMMENT ON COLUMN "country"."region" IS 'Region, as the document cited groups it.';
COMMENT ON COLUMN "country"."is_wb6" IS 'Whether it is one of the Western Balkan Six.';
COMMENT ON COLUMN "country"."gw_code" IS 'Number in the Gleditsch and Ward list of states.';
COMMENT ON COLUMN "country"."cow_code" IS 'Number in the Correlates of War list of states.';
COMMENT ON COLUMN "country"."status_note" IS 'Note on status that goes with the name wherever it is given.';
COMMENT ON COLUMN "country"."aliases" IS 'Other names that documents call it by, capitals included.';
COMMENT ON COLUMN "country"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "country"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "country_profile" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/country_profile.parquet');
COMMENT ON VIEW "country_profile" IS 'One row per country of the Western Balkan Six, as it stood on the dataset''s cut-off date (as_of).';
COMMENT ON COLUMN "country_profile"."iso3" IS 'The country. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "country_profile"."name" IS 'Name in common use.';
COMMENT ON COLUMN "country_profile"."status_note" IS 'Note on status that goes with the name wherever it is given.';
COMMENT ON COLUMN "country_profile"."nato_status" IS 'How it stands towards NATO: the strongest status recorded that has not ended; codes as in membership.';
COMMENT ON COLUMN "country_profile"."nato_status_since" IS 'Since when it has that status. EDTF, as written.';
COMMENT ON COLUMN "country_profile"."nato_status_since_earliest" IS 'First day that nato_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."nato_status_since_latest" IS 'Last day that nato_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."eu_status" IS 'How it stands towards the European Union: the strongest status recorded that has not ended; codes as in membership.';
COMMENT ON COLUMN "country_profile"."eu_status_since" IS 'Since when it has that status. EDTF, as written.';
COMMENT ON COLUMN "country_profile"."eu_status_since_earliest" IS 'First day that eu_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."eu_status_since_latest" IS 'Last day that eu_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."pfp_status" IS 'How it stands towards the Partnership for Peace; empty for members of NATO: the strongest status recorded that has not ended; codes as in membership.';
COMMENT ON COLUMN "country_profile"."pfp_status_since" IS 'Since when it has that status. EDTF, as written.';
COMMENT ON COLUMN "country_profile"."pfp_status_since_earliest" IS 'First day that pfp_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."pfp_status_since_latest" IS 'Last day that pfp_status_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."neutral" IS 'Whether a declaration of neutrality towards NATO is recorded and stands.';
COMMENT ON COLUMN "country_profile"."neutral_since" IS 'Since when it is declared neutral. EDTF, as written.';
COMMENT ON COLUMN "country_profile"."neutral_since_earliest" IS 'First day that neutral_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."neutral_since_latest" IS 'Last day that neutral_since can mean; empty where open.';
COMMENT ON COLUMN "country_profile"."other_memberships" IS 'How it stands towards each other organisation recorded: organisation id and status.';
COMMENT ON COLUMN "country_profile"."missions_hosted" IS 'Missions on its soil or in its airspace.';
COMMENT ON COLUMN "country_profile"."missions_staffed" IS 'Missions under way that it contributes to: as a recorded contributor, or by its latest deployment on record.';
COMMENT ON COLUMN "country_profile"."personnel_by_mission" IS 'Latest figure for each mission that runs, or set of missions counted together (joined by +), and unit, with its date; no unit is named where it is the whole contingent.';
COMMENT ON COLUMN "country_profile"."threats" IS 'Threats that bear on it.';
COMMENT ON COLUMN "country_profile"."threat_actors" IS 'Whose threats they are, where that is said.';
COMMENT ON COLUMN "country_profile"."latest_indicators" IS 'Latest value of each indicator, and counterpart where it has one, with unit and period.';

CREATE OR REPLACE VIEW "deployment" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/deployment.parquet');
COMMENT ON VIEW "deployment" IS 'One row per country, set of missions, place, date and unit.';
COMMENT ON COLUMN "deployment"."iso3" IS 'The country that deploys. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "deployment"."missions" IS 'The missions that the figure covers; several for a whole-country total.';
COMMENT ON COLUMN "deployment"."location_iso3" IS 'Where they are deployed; empty where the figure covers several places. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "deployment"."as_of" IS 'Date or period the figure is stated for. EDTF, as written.';
COMMENT ON COLUMN "deployment"."as_of_earliest" IS 'First day that as_of can mean; empty where open.';
COMMENT ON COLUMN "deployment"."as_of_latest" IS 'Last day that as_of can mean; empty where open.';
COMMENT ON COLUMN "deployment"."unit" IS 'What is counted: contingent for all of a country''s people, or the kind of unit.';
COMMENT ON COLUMN "deployment"."unit_count" IS 'How many such units.';
COMMENT ON COLUMN "deployment"."personnel" IS 'How many people. The best value; empty for a bare bound or a range. Unit: persons.';
COMMENT ON COLUMN "deployment"."personnel_low" IS 'Lower bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "deployment"."personnel_high" IS 'Upper bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "deployment"."personnel_qualifier" IS 'How personnel is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "deployment"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "deployment"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "document" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/document.parquet');
COMMENT ON VIEW "document" IS 'One row per document in references.json: what was read, by whom it is, and how reliable it is.';
COMMENT ON COLUMN "document"."document_id" IS 'Citation key of the document.';
COMMENT ON COLUMN "document"."type" IS 'CSL type of the document, such as report or webpage.';
COMMENT ON COLUMN "document"."title" IS 'Title, as printed.';
COMMENT ON COLUMN "document"."authors" IS 'Authors as family and given name, or as the body that signs.';
COMMENT ON COLUMN "document"."publisher" IS 'Publisher, or the site or series the document appeared in.';
COMMENT ON COLUMN "document"."issued" IS 'When the document was issued. EDTF, as written.';
COMMENT ON COLUMN "document"."issued_earliest" IS 'First day that issued can mean; empty where open.';
COMMENT ON COLUMN "document"."issued_latest" IS 'Last day that issued can mean; empty where open.';
COMMENT ON COLUMN "document"."url" IS 'Address of the document.';
COMMENT ON COLUMN "document"."language" IS 'Language of the document, as a BCP 47 tag.';
COMMENT ON COLUMN "document"."reliability" IS 'How far the document can be relied on for facts of the kind cited from it (Admiralty grade).';
COMMENT ON COLUMN "document"."text_sha256" IS 'SHA-256 of the text that the evidence check read, where one was at hand.';
COMMENT ON COLUMN "document"."csl" IS 'What its item in references.json says beyond the other columns, as a JSON object of CSL variables: with them, it is the item to the letter.';

CREATE OR REPLACE VIEW "event" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/event.parquet');
COMMENT ON VIEW "event" IS 'One row per event.';
COMMENT ON COLUMN "event"."event_id" IS 'Id of the event.';
COMMENT ON COLUMN "event"."name" IS 'Name in English.';
COMMENT ON COLUMN "event"."kind" IS 'What sort of event it was.';
COMMENT ON COLUMN "event"."date" IS 'When it happened. EDTF, as written.';
COMMENT ON COLUMN "event"."date_earliest" IS 'First day that date can mean; empty where open.';
COMMENT ON COLUMN "event"."date_latest" IS 'Last day that date can mean; empty where open.';
COMMENT ON COLUMN "event"."iso3" IS 'Where it happened. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "event"."place" IS 'Place, as the document names it.';
COMMENT ON COLUMN "event"."missions" IS 'Missions involved.';
COMMENT ON COLUMN "event"."threats" IS 'Threats it belongs to.';
COMMENT ON COLUMN "event"."actors" IS 'Actors that took part.';
COMMENT ON COLUMN "event"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "event"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "event_figure" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/event_figure.parquet');
COMMENT ON VIEW "event_figure" IS 'One row per event, measure and group of people or things counted.';
COMMENT ON COLUMN "event_figure"."event_id" IS 'The event.';
COMMENT ON COLUMN "event_figure"."measure" IS 'What is counted, such as killed, injured or participants.';
COMMENT ON COLUMN "event_figure"."group" IS 'Who or what is counted; all for everyone.';
COMMENT ON COLUMN "event_figure"."value" IS 'The count. The best value; empty for a bare bound or a range. Unit: persons or things, as the measure says.';
COMMENT ON COLUMN "event_figure"."value_low" IS 'Lower bound of value, where one is stated. Unit: persons or things, as the measure says.';
COMMENT ON COLUMN "event_figure"."value_high" IS 'Upper bound of value, where one is stated. Unit: persons or things, as the measure says.';
COMMENT ON COLUMN "event_figure"."value_qualifier" IS 'How value is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "event_figure"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "event_figure"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "facility" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/facility.parquet');
COMMENT ON VIEW "facility" IS 'One row per facility.';
COMMENT ON COLUMN "facility"."facility_id" IS 'Id of the facility.';
COMMENT ON COLUMN "facility"."name" IS 'Name in English.';
COMMENT ON COLUMN "facility"."iso3" IS 'Where it stands. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "facility"."kind" IS 'What sort of facility it is.';
COMMENT ON COLUMN "facility"."status" IS 'Its state.';
COMMENT ON COLUMN "facility"."funders" IS 'Who pays for it: ISO codes or organisation ids.';
COMMENT ON COLUMN "facility"."start" IS 'When work began or it opened. EDTF, as written.';
COMMENT ON COLUMN "facility"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "facility"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "facility"."end" IS 'When it closed. EDTF, as written.';
COMMENT ON COLUMN "facility"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "facility"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "facility"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "facility"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "indicator" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/indicator.parquet');
COMMENT ON VIEW "indicator" IS 'One row per country, indicator, period and counterpart.';
COMMENT ON COLUMN "indicator"."iso3" IS 'The country. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "indicator"."indicator" IS 'What is measured; base and currency are part of the code.';
COMMENT ON COLUMN "indicator"."period" IS 'Year or date the value is for. EDTF, as written.';
COMMENT ON COLUMN "indicator"."period_earliest" IS 'First day that period can mean; empty where open.';
COMMENT ON COLUMN "indicator"."period_latest" IS 'Last day that period can mean; empty where open.';
COMMENT ON COLUMN "indicator"."counterpart" IS 'The other country, where the indicator is about a pair; else empty. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "indicator"."value" IS 'The value, in the unit given. The best value; empty for a bare bound or a range. Unit: as the column unit says.';
COMMENT ON COLUMN "indicator"."value_low" IS 'Lower bound of value, where one is stated. Unit: as the column unit says.';
COMMENT ON COLUMN "indicator"."value_high" IS 'Upper bound of value, where one is stated. Unit: as the column unit says.';
COMMENT ON COLUMN "indicator"."value_qualifier" IS 'How value is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "indicator"."unit" IS 'Unit of the value.';
COMMENT ON COLUMN "indicator"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "indicator"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "membership" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/membership.parquet');
COMMENT ON VIEW "membership" IS 'One row per country, organisation, status and spell: a period in which the country stood so towards it.';
COMMENT ON COLUMN "membership"."iso3" IS 'The country. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "membership"."organisation_id" IS 'The organisation.';
COMMENT ON COLUMN "membership"."status" IS 'How the country stands towards the organisation.';
COMMENT ON COLUMN "membership"."spell" IS 'Number of the spell, from 1, in order of time.';
COMMENT ON COLUMN "membership"."start" IS 'When the spell began. EDTF, as written.';
COMMENT ON COLUMN "membership"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "membership"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "membership"."end" IS 'When the spell ended. EDTF, as written.';
COMMENT ON COLUMN "membership"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "membership"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "membership"."ordinal" IS 'Which member in order of joining, where that is said.';
COMMENT ON COLUMN "membership"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "membership"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "milestone" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/milestone.parquet');
COMMENT ON VIEW "milestone" IS 'One row per country, organisation and step taken towards or within it.';
COMMENT ON COLUMN "milestone"."iso3" IS 'The country. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "milestone"."organisation_id" IS 'The organisation.';
COMMENT ON COLUMN "milestone"."milestone" IS 'The step.';
COMMENT ON COLUMN "milestone"."date" IS 'When the step was taken. EDTF, as written.';
COMMENT ON COLUMN "milestone"."date_earliest" IS 'First day that date can mean; empty where open.';
COMMENT ON COLUMN "milestone"."date_latest" IS 'Last day that date can mean; empty where open.';
COMMENT ON COLUMN "milestone"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "milestone"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "mission" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/mission.parquet');
COMMENT ON VIEW "mission" IS 'One row per mission or standing activity of an organisation.';
COMMENT ON COLUMN "mission"."mission_id" IS 'Id of the mission.';
COMMENT ON COLUMN "mission"."name" IS 'Name in English.';
COMMENT ON COLUMN "mission"."short_name" IS 'Usual abbreviation.';
COMMENT ON COLUMN "mission"."organisation_id" IS 'The organisation that runs it.';
COMMENT ON COLUMN "mission"."kind" IS 'What sort of mission it is.';
COMMENT ON COLUMN "mission"."core_task" IS 'The NATO core task (Strategic Concept 2022) that it serves.';
COMMENT ON COLUMN "mission"."hosts" IS 'Countries on whose soil or in whose airspace it runs. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "mission"."start" IS 'When it began. EDTF, as written.';
COMMENT ON COLUMN "mission"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "mission"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "mission"."end" IS 'When it ended; empty while it runs or where not recorded. EDTF, as written.';
COMMENT ON COLUMN "mission"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "mission"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "mission"."legal_basis" IS 'Act or decision it rests on.';
COMMENT ON COLUMN "mission"."tasks" IS 'What it is to do.';
COMMENT ON COLUMN "mission"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "mission"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "mission_contribution" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/mission_contribution.parquet');
COMMENT ON VIEW "mission_contribution" IS 'One row per mission, country, set of missions covered, place, date and unit; a figure over several missions stands once under each. Only contributions on record: other countries may contribute as well, and figures of different dates do not add up.';
COMMENT ON COLUMN "mission_contribution"."mission_id" IS 'The mission.';
COMMENT ON COLUMN "mission_contribution"."iso3" IS 'The country that contributes. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "mission_contribution"."missions" IS 'All missions that the figure covers, as in deployment.';
COMMENT ON COLUMN "mission_contribution"."location_iso3" IS 'Where they are deployed; empty where the figure covers several places. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "mission_contribution"."as_of" IS 'Date or period the figure is stated for. EDTF, as written.';
COMMENT ON COLUMN "mission_contribution"."as_of_earliest" IS 'First day that as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_contribution"."as_of_latest" IS 'Last day that as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_contribution"."unit" IS 'What is counted: contingent for all of a country''s people, or the kind of unit.';
COMMENT ON COLUMN "mission_contribution"."mission_name" IS 'Name of the mission in English.';
COMMENT ON COLUMN "mission_contribution"."country_name" IS 'Name of the country in common use. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "mission_contribution"."shared_with" IS 'The other missions that the same figure covers; empty where it is for this one alone.';
COMMENT ON COLUMN "mission_contribution"."unit_count" IS 'How many such units.';
COMMENT ON COLUMN "mission_contribution"."personnel" IS 'How many people, over all missions that the figure covers. The best value; empty for a bare bound or a range. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."personnel_low" IS 'Lower bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."personnel_high" IS 'Upper bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."personnel_qualifier" IS 'How personnel is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "mission_contribution"."mission_total_as_of" IS 'Date of the mission''s total: the date of the row where one is stated for it, else the last within a year before. EDTF, as written.';
COMMENT ON COLUMN "mission_contribution"."mission_total_as_of_earliest" IS 'First day that mission_total_as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_contribution"."mission_total_as_of_latest" IS 'Last day that mission_total_as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_contribution"."mission_personnel" IS 'The mission''s total, as stated for mission_total_as_of. The best value; empty for a bare bound or a range. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."mission_personnel_low" IS 'Lower bound of mission_personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."mission_personnel_high" IS 'Upper bound of mission_personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."mission_personnel_qualifier" IS 'How mission_personnel is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "mission_contribution"."share" IS 'Personnel divided by the mission''s total, to four decimals; only for a whole contingent in one mission, both with a best value, and not where it exceeds the total. Unit: fraction.';
COMMENT ON COLUMN "mission_contribution"."coverage" IS 'Whether the contingents that one document states for this mission and date are all of its total.';
COMMENT ON COLUMN "mission_contribution"."table_document_id" IS 'The document whose contingents and total these are: one with a total, then the one with most contingents.';
COMMENT ON COLUMN "mission_contribution"."parts_sum" IS 'Sum of the whole contingents that this document states for this mission and date, best values only; figures over several missions are left out. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."residual" IS 'The total that the document states less its contingents: what they leave unexplained, so that a partial table shows how partial it is. The best value; empty for a bare bound or a range. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."residual_low" IS 'Lower bound of residual, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."residual_high" IS 'Upper bound of residual, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_contribution"."residual_qualifier" IS 'How residual is known: exact, approx, more_than, at_least, less_than, at_most, range.';

CREATE OR REPLACE VIEW "mission_role" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/mission_role.parquet');
COMMENT ON VIEW "mission_role" IS 'One row per mission, country and part it has.';
COMMENT ON COLUMN "mission_role"."mission_id" IS 'The mission.';
COMMENT ON COLUMN "mission_role"."iso3" IS 'The country. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "mission_role"."role" IS 'The part it has.';
COMMENT ON COLUMN "mission_role"."start" IS 'When that part began. EDTF, as written.';
COMMENT ON COLUMN "mission_role"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "mission_role"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "mission_role"."end" IS 'When that part ended. EDTF, as written.';
COMMENT ON COLUMN "mission_role"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "mission_role"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "mission_role"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "mission_role"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "mission_strength" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/mission_strength.parquet');
COMMENT ON VIEW "mission_strength" IS 'One row per mission and date for which a total is stated.';
COMMENT ON COLUMN "mission_strength"."mission_id" IS 'The mission.';
COMMENT ON COLUMN "mission_strength"."as_of" IS 'Date or period the total is stated for. EDTF, as written.';
COMMENT ON COLUMN "mission_strength"."as_of_earliest" IS 'First day that as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_strength"."as_of_latest" IS 'Last day that as_of can mean; empty where open.';
COMMENT ON COLUMN "mission_strength"."personnel" IS 'Military and civilian personnel in the mission. The best value; empty for a bare bound or a range. Unit: persons.';
COMMENT ON COLUMN "mission_strength"."personnel_low" IS 'Lower bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_strength"."personnel_high" IS 'Upper bound of personnel, where one is stated. Unit: persons.';
COMMENT ON COLUMN "mission_strength"."personnel_qualifier" IS 'How personnel is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "mission_strength"."nations" IS 'Countries that contribute personnel. The best value; empty for a bare bound or a range. Unit: countries.';
COMMENT ON COLUMN "mission_strength"."nations_low" IS 'Lower bound of nations, where one is stated. Unit: countries.';
COMMENT ON COLUMN "mission_strength"."nations_high" IS 'Upper bound of nations, where one is stated. Unit: countries.';
COMMENT ON COLUMN "mission_strength"."nations_qualifier" IS 'How nations is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "mission_strength"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "mission_strength"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "organisation" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/organisation.parquet');
COMMENT ON VIEW "organisation" IS 'One row per organisation, programme or format that countries belong to or take part in.';
COMMENT ON COLUMN "organisation"."organisation_id" IS 'Id of the organisation.';
COMMENT ON COLUMN "organisation"."name" IS 'Name in English.';
COMMENT ON COLUMN "organisation"."kind" IS 'What sort of organisation it is.';
COMMENT ON COLUMN "organisation"."established" IS 'When it came into being. EDTF, as written.';
COMMENT ON COLUMN "organisation"."established_earliest" IS 'First day that established can mean; empty where open.';
COMMENT ON COLUMN "organisation"."established_latest" IS 'Last day that established can mean; empty where open.';
COMMENT ON COLUMN "organisation"."parent_organisation_id" IS 'The organisation it is part of.';
COMMENT ON COLUMN "organisation"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "organisation"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "policy" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/policy.parquet');
COMMENT ON VIEW "policy" IS 'One row per policy document of a country or an organisation.';
COMMENT ON COLUMN "policy"."policy_id" IS 'Id of the policy.';
COMMENT ON COLUMN "policy"."iso3" IS 'The country whose policy it is. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "policy"."organisation_id" IS 'The organisation whose policy it is.';
COMMENT ON COLUMN "policy"."title" IS 'Title in English.';
COMMENT ON COLUMN "policy"."kind" IS 'What sort of policy it is.';
COMMENT ON COLUMN "policy"."adopted" IS 'When it was adopted or published. EDTF, as written.';
COMMENT ON COLUMN "policy"."adopted_earliest" IS 'First day that adopted can mean; empty where open.';
COMMENT ON COLUMN "policy"."adopted_latest" IS 'Last day that adopted can mean; empty where open.';
COMMENT ON COLUMN "policy"."period" IS 'The period it covers. EDTF, as written.';
COMMENT ON COLUMN "policy"."period_earliest" IS 'First day that period can mean; empty where open.';
COMMENT ON COLUMN "policy"."period_latest" IS 'Last day that period can mean; empty where open.';
COMMENT ON COLUMN "policy"."topics" IS 'What it is about.';
COMMENT ON COLUMN "policy"."document_id" IS 'The document itself, where it is in the bibliography.';
COMMENT ON COLUMN "policy"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "policy"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "reference" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/reference.parquet');
COMMENT ON VIEW "reference" IS 'One row per note of a document and work it cites: what a claim read there rests on.';
COMMENT ON COLUMN "reference"."document_id" IS 'The document that cites.';
COMMENT ON COLUMN "reference"."note_number" IS 'Number of the footnote or endnote.';
COMMENT ON COLUMN "reference"."cited_document_id" IS 'The work cited.';
COMMENT ON COLUMN "reference"."locator" IS 'The passage cited, in CSL locator terms.';
COMMENT ON COLUMN "reference"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "reference"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "relation" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/relation.parquet');
COMMENT ON VIEW "relation" IS 'One row per relation between two parties.';
COMMENT ON COLUMN "relation"."relation_id" IS 'Id of the relation.';
COMMENT ON COLUMN "relation"."party_a" IS 'The party that acts, supplies or lends. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "relation"."party_b" IS 'The other party. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "relation"."kind" IS 'What sort of relation it is.';
COMMENT ON COLUMN "relation"."sector" IS 'The field it is in.';
COMMENT ON COLUMN "relation"."start" IS 'Since when, or when. EDTF, as written.';
COMMENT ON COLUMN "relation"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "relation"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "relation"."end" IS 'Until when. EDTF, as written.';
COMMENT ON COLUMN "relation"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "relation"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "relation"."value" IS 'Its size, in the unit given. The best value; empty for a bare bound or a range. Unit: as the column unit says.';
COMMENT ON COLUMN "relation"."value_low" IS 'Lower bound of value, where one is stated. Unit: as the column unit says.';
COMMENT ON COLUMN "relation"."value_high" IS 'Upper bound of value, where one is stated. Unit: as the column unit says.';
COMMENT ON COLUMN "relation"."value_qualifier" IS 'How value is known: exact, approx, more_than, at_least, less_than, at_most, range.';
COMMENT ON COLUMN "relation"."unit" IS 'Unit of the value.';
COMMENT ON COLUMN "relation"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "relation"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "threat" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/threat.parquet');
COMMENT ON VIEW "threat" IS 'One row per threat, as a document describes it.';
COMMENT ON COLUMN "threat"."threat_id" IS 'Id of the threat.';
COMMENT ON COLUMN "threat"."name" IS 'Name in English.';
COMMENT ON COLUMN "threat"."category" IS 'What sort of threat it is.';
COMMENT ON COLUMN "threat"."actor_id" IS 'Whose threat it is.';
COMMENT ON COLUMN "threat"."instruments" IS 'Means used.';
COMMENT ON COLUMN "threat"."sectors" IS 'Fields of life it works in.';
COMMENT ON COLUMN "threat"."aim" IS 'What it aims at, as the document judges.';
COMMENT ON COLUMN "threat"."intent" IS 'Whether harm is meant, as the document judges.';
COMMENT ON COLUMN "threat"."start" IS 'Since when. EDTF, as written.';
COMMENT ON COLUMN "threat"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "threat"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "threat"."end" IS 'Until when. EDTF, as written.';
COMMENT ON COLUMN "threat"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "threat"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "threat"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "threat"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "threat_exposure" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/threat_exposure.parquet');
COMMENT ON VIEW "threat_exposure" IS 'One row per country and threat that bears on it, with the threat''s actor.';
COMMENT ON COLUMN "threat_exposure"."iso3" IS 'The country it bears on. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "threat_exposure"."threat_id" IS 'The threat.';
COMMENT ON COLUMN "threat_exposure"."country_name" IS 'Name of the country in common use.';
COMMENT ON COLUMN "threat_exposure"."status_note" IS 'Note on status that goes with the name wherever it is given.';
COMMENT ON COLUMN "threat_exposure"."nato_status" IS 'How the country stood towards NATO on the dataset''s cut-off date: the strongest status recorded; codes as in membership.';
COMMENT ON COLUMN "threat_exposure"."category" IS 'What sort of threat it is; codes as in threat.';
COMMENT ON COLUMN "threat_exposure"."threat_name" IS 'Name of the threat in English.';
COMMENT ON COLUMN "threat_exposure"."actor_id" IS 'Whose threat it is; empty where no actor is said.';
COMMENT ON COLUMN "threat_exposure"."actor_name" IS 'Name of the actor in English.';
COMMENT ON COLUMN "threat_exposure"."actor_iso3" IS 'The country that the actor is, belongs to or acts from. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "threat_exposure"."channel" IS 'Through what it reaches the country; region_wide where the six are meant together.';
COMMENT ON COLUMN "threat_exposure"."start" IS 'Since when the threat is there. EDTF, as written.';
COMMENT ON COLUMN "threat_exposure"."start_earliest" IS 'First day that start can mean; empty where open.';
COMMENT ON COLUMN "threat_exposure"."start_latest" IS 'Last day that start can mean; empty where open.';
COMMENT ON COLUMN "threat_exposure"."end" IS 'Until when. EDTF, as written.';
COMMENT ON COLUMN "threat_exposure"."end_earliest" IS 'First day that end can mean; empty where open.';
COMMENT ON COLUMN "threat_exposure"."end_latest" IS 'Last day that end can mean; empty where open.';
COMMENT ON COLUMN "threat_exposure"."missions" IS 'Missions on the country''s soil or in its airspace on the cut-off date.';
COMMENT ON COLUMN "threat_exposure"."events" IS 'Events in the country, up to the cut-off date, that belong to the threat.';
COMMENT ON COLUMN "threat_exposure"."n_events" IS 'How many such events are recorded; 0 where none is.';

CREATE OR REPLACE VIEW "threat_target" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/threat_target.parquet');
COMMENT ON VIEW "threat_target" IS 'One row per threat and country it bears on.';
COMMENT ON COLUMN "threat_target"."threat_id" IS 'The threat.';
COMMENT ON COLUMN "threat_target"."iso3" IS 'The country it bears on. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "threat_target"."channel" IS 'Through what it reaches that country; region_wide where the six are meant together.';
COMMENT ON COLUMN "threat_target"."n_claims" IS 'How many claims bear on the row, deprecated ones included.';
COMMENT ON COLUMN "threat_target"."disputed" IS 'Whether a claim that is not deprecated has another value than the one published.';

CREATE OR REPLACE VIEW "timeline" AS SELECT * FROM read_parquet(coalesce(getvariable('wb6') || '/', '') || 'parquet/timeline.parquet');
COMMENT ON VIEW "timeline" IS 'One row per dated thing: the start or end of a spell, or something that happened once.';
COMMENT ON COLUMN "timeline"."date" IS 'When. EDTF, as written.';
COMMENT ON COLUMN "timeline"."date_earliest" IS 'First day that date can mean; empty where open.';
COMMENT ON COLUMN "timeline"."date_latest" IS 'Last day that date can mean; empty where open.';
COMMENT ON COLUMN "timeline"."iso3" IS 'The country it is about; for a mission its only host, for a relation the one of the six that is a party; empty where there is none or more than one. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "timeline"."kind" IS 'What sort of thing is dated.';
COMMENT ON COLUMN "timeline"."label" IS 'The thing in words. Kosovo is XKX, a user-assigned code; this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence.';
COMMENT ON COLUMN "timeline"."table" IS 'Table that the thing is a row of.';
COMMENT ON COLUMN "timeline"."key" IS 'Key of that row, as row_key in claim.';

-- What a day asks: the rows that held on it, and what was known by it.
CREATE OR REPLACE MACRO cut_off() AS DATE '2025-12-31';
COMMENT ON MACRO "cut_off" IS 'The dataset''s cut-off date: it knows of nothing later.';

-- First day a date can mean, given as written and with its two bounds; null where open. A date marked ~ ? or % reaches as far again to either side as it is long.
CREATE OR REPLACE MACRO first_possible_day(written, earliest, latest) AS
    CASE WHEN regexp_matches(written, '[~?%]') THEN earliest - CAST(latest - earliest + 1 AS INTEGER) ELSE earliest END;
COMMENT ON MACRO "first_possible_day" IS 'First day a date can mean, given as written and with its two bounds; null where open. A date marked ~ ? or % reaches as far again to either side as it is long.';

-- Last day a date can mean, given as written and with its two bounds; null where open. A date marked ~ ? or % reaches as far again to either side as it is long.
CREATE OR REPLACE MACRO last_possible_day(written, earliest, latest) AS
    CASE WHEN regexp_matches(written, '[~?%]') THEN latest + CAST(latest - earliest + 1 AS INTEGER) ELSE latest END;
COMMENT ON MACRO "last_possible_day" IS 'Last day a date can mean, given as written and with its two bounds; null where open. A date marked ~ ? or % reaches as far again to either side as it is long.';

-- Whether a date as written is marked ? or % and may be wrong altogether: nothing certain rests on it.
CREATE OR REPLACE MACRO may_be_wrong(written) AS regexp_matches(written, '[?%]');
COMMENT ON MACRO "may_be_wrong" IS 'Whether a date as written is marked ? or % and may be wrong altogether: nothing certain rests on it.';

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
COMMENT ON MACRO TABLE "claims_known_by" IS 'The claims that could be known on a day, from documents issued by then. Column known says certain, possible (the document may have been issued later) or undated (it does not say when). Rank, reliability, is_published, corroboration and evidence are those of this release, not of that day.';

-- What this dataset would have published from the claims known by a day: one row per cell and value that could have stood. Weighed by the rule of the release, with the ranks, grades and numbers of documents known since; deprecated claims stay out. The value with known = certain is the one from documents certainly issued by then; settled says that no other value could have stood.
CREATE OR REPLACE MACRO known_by(day) AS TABLE
WITH placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY table_name, row_key, column_name
            ORDER BY CASE WHEN rank = 'preferred' THEN 0 ELSE 1 END, strpos('ABCDEF', reliability),
                     issued_earliest DESC NULLS LAST, corroboration DESC, document_id, coalesce(locator, ''), value
        ) AS place
    FROM claims_known_by(day)
    WHERE rank <> 'deprecated'
),
bounded AS (
    SELECT
        *,
        min(CASE WHEN known = 'certain' THEN place END) OVER (PARTITION BY table_name, row_key, column_name) AS first_certain
    FROM placed
),
-- Whatever else was out, the first certain claim was there: no claim placed after it could have stood.
eligible AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY table_name, row_key, column_name, value
            ORDER BY CASE known WHEN 'certain' THEN 0 WHEN 'possible' THEN 1 ELSE 2 END, place
        ) AS turn
    FROM bounded
    WHERE place <= coalesce(first_certain, place)
)
SELECT
    table_name,
    row_key,
    key,
    column_name,
    value,
    known,
    known = 'certain' AND count(*) OVER (PARTITION BY table_name, row_key, column_name) = 1 AS settled,
    document_id,
    locator,
    issued,
    is_published
FROM eligible
WHERE turn = 1;
COMMENT ON MACRO TABLE "known_by" IS 'What this dataset would have published from the claims known by a day: one row per cell and value that could have stood. Weighed by the rule of the release, with the ranks, grades and numbers of documents known since; deprecated claims stay out. The value with known = certain is the one from documents certainly issued by then; settled says that no other value could have stood.';

-- The rows of a table with start and end that held on a day. Column holds says certain or possible, because says what is not known. A row that is not listed did not hold.
CREATE OR REPLACE MACRO spells_as_of(spells, day) AS TABLE
WITH asked AS (
    SELECT CAST(day AS DATE) AS asked_day WHERE day IS NOT NULL
),
spans AS (
    SELECT
        s.*,
        asked_day,
        first_possible_day(s.start, s.start_earliest, s.start_latest) AS may_start,
        -- Without a last day by which it had begun, or with a start that may be wrong, it has never certainly begun.
        CASE WHEN NOT may_be_wrong(s.start) THEN last_possible_day(s.start, s.start_earliest, s.start_latest) END AS begun_by,
        CASE WHEN NOT may_be_wrong(s."end") THEN first_possible_day(s."end", s.end_earliest, s.end_latest) END AS lasts_until,
        last_possible_day(s."end", s.end_earliest, s.end_latest) AS over_after
    FROM query_table(spells) s
    CROSS JOIN asked
),
-- The last day itself is only possible: whether it counts is not recorded. An empty end is read as still running,
-- as country_profile reads it, and only until the cut-off: later days are outside what the dataset knows.
judged AS (
    SELECT
        *,
        coalesce(begun_by <= asked_day, false) AS has_begun,
        coalesce(lasts_until > asked_day, "end" IS NULL) AS still_runs,
        asked_day <= cut_off() AS is_covered
    FROM spans
    WHERE coalesce(may_start <= asked_day, true) AND coalesce(over_after >= asked_day, true)
)
SELECT
    * EXCLUDE (asked_day, may_start, begun_by, lasts_until, over_after, has_begun, still_runs, is_covered),
    CASE WHEN has_begun AND still_runs AND is_covered THEN 'certain' ELSE 'possible' END AS holds,
    nullif(concat_ws('; ',
        CASE WHEN NOT is_covered THEN 'the day is after the cut-off' END,
        CASE WHEN start IS NULL THEN 'no start is recorded' WHEN NOT has_begun THEN 'start is ' || start END,
        CASE WHEN "end" IS NULL THEN 'no end is recorded' WHEN NOT still_runs THEN 'end is ' || "end" END
    ), '') AS because
FROM judged;
COMMENT ON MACRO TABLE "spells_as_of" IS 'The rows of a table with start and end that held on a day. Column holds says certain or possible, because says what is not known. A row that is not listed did not hold.';

CREATE OR REPLACE MACRO "facility_as_of"(day) AS TABLE
FROM spells_as_of('facility', day) ORDER BY "facility_id";
COMMENT ON MACRO TABLE "facility_as_of" IS 'The rows of facility that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "membership_as_of"(day) AS TABLE
FROM spells_as_of('membership', day) ORDER BY "iso3", "organisation_id", "status", "spell";
COMMENT ON MACRO TABLE "membership_as_of" IS 'The rows of membership that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "mission_as_of"(day) AS TABLE
FROM spells_as_of('mission', day) ORDER BY "mission_id";
COMMENT ON MACRO TABLE "mission_as_of" IS 'The rows of mission that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "mission_role_as_of"(day) AS TABLE
FROM spells_as_of('mission_role', day) ORDER BY "mission_id", "iso3", "role";
COMMENT ON MACRO TABLE "mission_role_as_of" IS 'The rows of mission_role that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "relation_as_of"(day) AS TABLE
FROM spells_as_of('relation', day) ORDER BY "relation_id";
COMMENT ON MACRO TABLE "relation_as_of" IS 'The rows of relation that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "threat_as_of"(day) AS TABLE
FROM spells_as_of('threat', day) ORDER BY "threat_id";
COMMENT ON MACRO TABLE "threat_as_of" IS 'The rows of threat that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "threat_exposure_as_of"(day) AS TABLE
FROM spells_as_of('threat_exposure', day) ORDER BY "iso3", "threat_id";
COMMENT ON MACRO TABLE "threat_exposure_as_of" IS 'The rows of threat_exposure that held on a day, certainly or possibly: see spells_as_of.';

CREATE OR REPLACE MACRO "actor_known_by"(day) AS TABLE
SELECT
    nullif(k.key['actor_id'], '') AS "actor_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'iso3') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'parent_actor_id') AS "parent_actor_id",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'actor'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "actor_known_by" IS 'actor as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "assessment_known_by"(day) AS TABLE
SELECT
    nullif(k.key['assessment_id'], '') AS "assessment_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'subject') AS "subject",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'topic') AS "topic",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'statement') AS "statement",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'stance') AS "stance",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'assessment'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "assessment_known_by" IS 'assessment as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "country_known_by"(day) AS TABLE
SELECT
    nullif(k.key['iso3'], '') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'iso2') AS "iso2",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'code_status') AS "code_status",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'official_name') AS "official_name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'capital') AS "capital",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'region') AS "region",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'is_wb6') AS "is_wb6",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'gw_code') AS "gw_code",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'cow_code') AS "cow_code",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'status_note') AS "status_note",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'aliases') AS "aliases",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'country'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "country_known_by" IS 'country as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "deployment_known_by"(day) AS TABLE
SELECT
    nullif(k.key['iso3'], '') AS "iso3",
    nullif(k.key['missions'], '') AS "missions",
    nullif(k.key['location_iso3'], '') AS "location_iso3",
    nullif(k.key['as_of'], '') AS "as_of",
    nullif(k.key['unit'], '') AS "unit",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'unit_count') AS "unit_count",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'personnel') AS "personnel",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'deployment'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "deployment_known_by" IS 'deployment as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "event_known_by"(day) AS TABLE
SELECT
    nullif(k.key['event_id'], '') AS "event_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'date') AS "date",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'iso3') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'place') AS "place",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'missions') AS "missions",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'threats') AS "threats",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'actors') AS "actors",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'event'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "event_known_by" IS 'event as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "event_figure_known_by"(day) AS TABLE
SELECT
    nullif(k.key['event_id'], '') AS "event_id",
    nullif(k.key['measure'], '') AS "measure",
    nullif(k.key['group'], '') AS "group",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'value') AS "value",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'event_figure'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "event_figure_known_by" IS 'event_figure as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "facility_known_by"(day) AS TABLE
SELECT
    nullif(k.key['facility_id'], '') AS "facility_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'iso3') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'status') AS "status",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'funders') AS "funders",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'facility'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "facility_known_by" IS 'facility as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "indicator_known_by"(day) AS TABLE
SELECT
    nullif(k.key['iso3'], '') AS "iso3",
    nullif(k.key['indicator'], '') AS "indicator",
    nullif(k.key['period'], '') AS "period",
    nullif(k.key['counterpart'], '') AS "counterpart",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'value') AS "value",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'unit') AS "unit",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'indicator'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "indicator_known_by" IS 'indicator as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "membership_known_by"(day) AS TABLE
SELECT
    nullif(k.key['iso3'], '') AS "iso3",
    nullif(k.key['organisation_id'], '') AS "organisation_id",
    nullif(k.key['status'], '') AS "status",
    nullif(k.key['spell'], '') AS "spell",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'ordinal') AS "ordinal",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'membership'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "membership_known_by" IS 'membership as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "milestone_known_by"(day) AS TABLE
SELECT
    nullif(k.key['iso3'], '') AS "iso3",
    nullif(k.key['organisation_id'], '') AS "organisation_id",
    nullif(k.key['milestone'], '') AS "milestone",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'date') AS "date",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'milestone'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "milestone_known_by" IS 'milestone as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "mission_known_by"(day) AS TABLE
SELECT
    nullif(k.key['mission_id'], '') AS "mission_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'short_name') AS "short_name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'organisation_id') AS "organisation_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'core_task') AS "core_task",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'hosts') AS "hosts",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'legal_basis') AS "legal_basis",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'tasks') AS "tasks",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'mission'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "mission_known_by" IS 'mission as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "mission_role_known_by"(day) AS TABLE
SELECT
    nullif(k.key['mission_id'], '') AS "mission_id",
    nullif(k.key['iso3'], '') AS "iso3",
    nullif(k.key['role'], '') AS "role",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'mission_role'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "mission_role_known_by" IS 'mission_role as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "mission_strength_known_by"(day) AS TABLE
SELECT
    nullif(k.key['mission_id'], '') AS "mission_id",
    nullif(k.key['as_of'], '') AS "as_of",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'personnel') AS "personnel",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'nations') AS "nations",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'mission_strength'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "mission_strength_known_by" IS 'mission_strength as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "organisation_known_by"(day) AS TABLE
SELECT
    nullif(k.key['organisation_id'], '') AS "organisation_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'established') AS "established",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'parent_organisation_id') AS "parent_organisation_id",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'organisation'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "organisation_known_by" IS 'organisation as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "policy_known_by"(day) AS TABLE
SELECT
    nullif(k.key['policy_id'], '') AS "policy_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'iso3') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'organisation_id') AS "organisation_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'title') AS "title",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'adopted') AS "adopted",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'period') AS "period",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'topics') AS "topics",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'document_id') AS "document_id",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'policy'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "policy_known_by" IS 'policy as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "reference_known_by"(day) AS TABLE
SELECT
    nullif(k.key['document_id'], '') AS "document_id",
    nullif(k.key['note_number'], '') AS "note_number",
    nullif(k.key['cited_document_id'], '') AS "cited_document_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'locator') AS "locator",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'reference'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "reference_known_by" IS 'reference as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "relation_known_by"(day) AS TABLE
SELECT
    nullif(k.key['relation_id'], '') AS "relation_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'party_a') AS "party_a",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'party_b') AS "party_b",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'kind') AS "kind",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'sector') AS "sector",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'value') AS "value",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'unit') AS "unit",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'relation'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "relation_known_by" IS 'relation as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "threat_known_by"(day) AS TABLE
SELECT
    nullif(k.key['threat_id'], '') AS "threat_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'name') AS "name",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'category') AS "category",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'actor_id') AS "actor_id",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'instruments') AS "instruments",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'sectors') AS "sectors",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'aim') AS "aim",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'intent') AS "intent",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'start') AS "start",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'end') AS "end",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'threat'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "threat_known_by" IS 'threat as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';

CREATE OR REPLACE MACRO "threat_target_known_by"(day) AS TABLE
SELECT
    nullif(k.key['threat_id'], '') AS "threat_id",
    nullif(k.key['iso3'], '') AS "iso3",
    max(k.value) FILTER (WHERE k.known = 'certain' AND k.column_name = 'channel') AS "channel",
    list(concat_ws(' ', k.column_name, k.value, '(' || k.known || ', ' || k.document_id || ')') ORDER BY k.column_name, k.known, k.value) FILTER (WHERE k.known <> 'certain') AS otherwise,
    bool_and(k.settled) AS settled
FROM known_by(day) k
WHERE k.table_name = 'threat_target'
GROUP BY k.row_key, k.key
ORDER BY k.row_key;
COMMENT ON MACRO TABLE "threat_target_known_by" IS 'threat_target as written, from the documents certainly issued by a day: see known_by. Column otherwise lists what would have stood instead had a document of uncertain date been out; settled says that there is none.';
