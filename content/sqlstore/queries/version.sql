-- name: AddVersion :exec
INSERT INTO versions (entry_id, lang, number, revision_id, facts_id, change_id, published_at, effective_date, imported, verdict, hash, title)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT r.hash FROM revisions r WHERE r.id = $4), (SELECT r.title FROM revisions r WHERE r.id = $4));

-- name: AddTombstone :exec
INSERT INTO tombstones (entry_id, lang, after_version, change_id, at, reason) VALUES ($1, $2, $3, $4, $5, $6);

-- name: Heads :many
SELECT v.entry_id, v.lang, v.number, v.revision_id, v.facts_id, v.published_at, v.verdict, r.number AS revision_number, r.hash,
    CAST(CASE WHEN t.entry_id IS NULL THEN FALSE ELSE TRUE END AS BOOLEAN) AS withdrawn
FROM versions v
JOIN (SELECT entry_id, lang, max(number) AS number FROM versions GROUP BY entry_id, lang) newest
    ON newest.entry_id = v.entry_id AND newest.lang = v.lang AND newest.number = v.number
JOIN revisions r ON r.id = v.revision_id
LEFT JOIN tombstones t ON t.entry_id = v.entry_id AND t.lang = v.lang AND t.after_version = v.number
ORDER BY v.entry_id, v.lang;

-- name: HeadsOf :many
SELECT v.entry_id, v.lang, v.number, v.revision_id, v.facts_id, v.published_at, v.verdict, r.number AS revision_number, r.hash,
    CAST(CASE WHEN t.entry_id IS NULL THEN FALSE ELSE TRUE END AS BOOLEAN) AS withdrawn
FROM versions v
JOIN revisions r ON r.id = v.revision_id
LEFT JOIN tombstones t ON t.entry_id = v.entry_id AND t.lang = v.lang AND t.after_version = v.number
WHERE v.entry_id = $1
    AND v.number = (SELECT max(o.number) FROM versions o WHERE o.entry_id = v.entry_id AND o.lang = v.lang)
ORDER BY v.lang;

-- name: VersionMetas :many
-- In no order: sorting 100,000 rows is cheaper outside.
SELECT * FROM versions;

-- name: VersionMetasOf :many
SELECT * FROM versions WHERE entry_id = $1 ORDER BY lang, number;

-- name: VersionText :one
SELECT sqlc.embed(v), r.content, r.html, coalesce(f.content, '') AS facts
FROM versions v
JOIN revisions r ON r.id = v.revision_id
LEFT JOIN revisions f ON f.id = v.facts_id
WHERE v.entry_id = $1 AND v.lang = $2 AND v.number = $3;

-- name: CurrentTexts :many
-- What readers see of every entry, without what VersionMetas has already.
SELECT v.entry_id, v.lang, v.number, v.facts_id, r.content, r.html, coalesce(f.content, '') AS facts
FROM versions v
JOIN (SELECT entry_id, lang, max(number) AS number FROM versions GROUP BY entry_id, lang) newest
    ON newest.entry_id = v.entry_id AND newest.lang = v.lang AND newest.number = v.number
JOIN revisions r ON r.id = v.revision_id
LEFT JOIN revisions f ON f.id = v.facts_id
LEFT JOIN tombstones t ON t.entry_id = v.entry_id AND t.lang = v.lang AND t.after_version = v.number
WHERE t.entry_id IS NULL AND v.lang <> '';

-- name: CurrentTextsOf :many
SELECT v.entry_id, v.lang, v.number, v.facts_id, r.content, r.html, coalesce(f.content, '') AS facts
FROM versions v
JOIN revisions r ON r.id = v.revision_id
LEFT JOIN revisions f ON f.id = v.facts_id
LEFT JOIN tombstones t ON t.entry_id = v.entry_id AND t.lang = v.lang AND t.after_version = v.number
WHERE v.entry_id = $1 AND t.entry_id IS NULL AND v.lang <> ''
    AND v.number = (SELECT max(o.number) FROM versions o WHERE o.entry_id = v.entry_id AND o.lang = v.lang)
ORDER BY v.lang;

-- name: Tombstones :many
SELECT * FROM tombstones ORDER BY entry_id, at, lang;

-- name: TombstonesOf :many
SELECT * FROM tombstones WHERE entry_id = $1 ORDER BY at, lang;

-- name: Advance :one
UPDATE counters SET value = value + $2 WHERE name = $1 RETURNING value;

-- name: Counter :one
SELECT value FROM counters WHERE name = $1;

-- name: AddLedgerRow :exec
INSERT INTO ledger (seq, at, body) VALUES ($1, $2, $3);

-- name: LedgerRows :many
SELECT * FROM ledger WHERE seq > $1 ORDER BY seq LIMIT $2;

-- name: AddTouched :exec
INSERT INTO touched (seq, kind, subject) VALUES ($1, $2, $3);

-- name: TouchedSince :many
-- TouchedSince reads what was touched; a delivery carries the counter itself, which saves it a row.
SELECT kind, subject FROM touched WHERE seq > $1
UNION
SELECT 'change' AS kind, change_id AS subject FROM deliveries WHERE touched_seq > $1;

-- name: UnnamedVersions :one
SELECT count(*) AS unnamed FROM versions WHERE hash = '';

-- name: NameVersions :exec
UPDATE versions SET
    hash = (SELECT r.hash FROM revisions r WHERE r.id = versions.revision_id),
    title = (SELECT r.title FROM revisions r WHERE r.id = versions.revision_id)
WHERE hash = '';
