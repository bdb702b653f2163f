-- name: ImportedStates :many
SELECT source_key, lang, at, entry_id FROM imported_states;

-- name: AddImportedState :exec
INSERT INTO imported_states (source_key, lang, at, entry_id, change_id) VALUES ($1, $2, $3, $4, $5);

-- name: LockImportedEntries :exec
UPDATE entries SET position = position WHERE id IN (SELECT s.entry_id FROM imported_states s);

-- name: ImportedHeads :many
SELECT v.entry_id, v.lang, CAST(max(v.number) AS BIGINT) AS number,
    CAST(min(v.published_at) AS BIGINT) AS first_at, CAST(max(v.published_at) AS BIGINT) AS last_at
FROM versions v
WHERE v.lang <> '' AND v.entry_id IN (SELECT s.entry_id FROM imported_states s)
GROUP BY v.entry_id, v.lang;

-- name: ImportedTombstones :many
SELECT t.entry_id, t.lang, CAST(max(t.after_version) AS BIGINT) AS after_version, CAST(max(t.at) AS BIGINT) AS last_at
FROM tombstones t
WHERE t.entry_id IN (SELECT s.entry_id FROM imported_states s)
GROUP BY t.entry_id, t.lang;

-- name: ImportedRevisions :many
SELECT r.id, r.entry_id, r.lang, r.number
FROM revisions r
JOIN (
    SELECT o.entry_id, o.lang, max(o.number) AS number FROM revisions o
    WHERE o.entry_id IN (SELECT s.entry_id FROM imported_states s) GROUP BY o.entry_id, o.lang
) newest ON newest.entry_id = r.entry_id AND newest.lang = r.lang AND newest.number = r.number
WHERE r.lang <> '';

-- name: ChangeSlugs :many
SELECT slug FROM changes;

-- name: NextEntryPosition :one
SELECT CAST(coalesce(max(position) + 1, 0) AS BIGINT) FROM entries;

-- name: ImportedFacts :many
SELECT v.entry_id, v.revision_id, r.hash
FROM versions v
JOIN revisions r ON r.id = v.revision_id
WHERE v.lang = '' AND v.entry_id IN (SELECT s.entry_id FROM imported_states s)
    AND v.number = (SELECT max(o.number) FROM versions o WHERE o.entry_id = v.entry_id AND o.lang = '');
