-- What the queries beside this file share: chance by number and seed, names by number, and citations.
CREATE MACRO n_of(name) AS getvariable('n_' || name);
CREATE MACRO pick(i, salt, n) AS CAST(hash(CAST(i AS BIGINT) * 1000003 + salt * 7919 + getvariable('seed')) % CAST(n AS UBIGINT) AS BIGINT);
CREATE MACRO document_name(i) AS printf('document-%07d', CAST(i AS BIGINT));
CREATE MACRO mission_name(i) AS printf('mission-%06d', CAST(i AS BIGINT));
CREATE MACRO nation_at(i) AS getvariable('nations')[1 + i];
CREATE MACRO contributor(m, c) AS (m * 13 + c) % n_of('nation');
CREATE MACRO passage(i, salt, turn) AS CASE
    WHEN turn = 0 AND pick(i, salt, 4) = 0 THEN ''
    WHEN pick(i, salt, 7) = 0 THEN ', sec. Annex, n. ' || (1 + 4 * pick(i, salt + 1, 5) + turn)
    ELSE ', p. ' || (1 + 4 * pick(i, salt + 1, 80) + turn) END;
CREATE MACRO cite_from(base, i, n_cited, turn) AS array_to_string([
    document_name(base) || passage(i, 201, turn),
    CASE WHEN n_cited > 1 THEN document_name((base + 1 + pick(i, 203, n_of('document') // 3)) % n_of('document')) || passage(i, 204, turn) END,
    CASE WHEN n_cited > 2 THEN document_name((base + 1 + n_of('document') // 2 + pick(i, 206, n_of('document') // 3)) % n_of('document'))
        || passage(i, 207, turn) END
], '; ');
CREATE MACRO cite_of(i, n_cited, turn) AS cite_from(pick(i, 200, n_of('document')), i, n_cited, turn);
