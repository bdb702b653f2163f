-- name: AddDelivery :exec
INSERT INTO deliveries (id, change_id, channel_id, lang, part, generation, position, kind, follows, state, text, content_warning, permalink,
    media, idempotency_key, reason, created_at, ordered_at, next_at)
VALUES ($1, $2, $3, $4, $5, $6, (SELECT CAST(coalesce(max(d.position), 0) + 1 AS BIGINT) FROM deliveries d WHERE d.channel_id = $3),
    $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: LastGeneration :one
SELECT CAST(coalesce(max(generation), 0) AS BIGINT) FROM deliveries
WHERE change_id = $1 AND channel_id = $2 AND lang = $3 AND part = $4;

-- name: Posts :many
-- Posts are those that readers see, or saw: one that is gone stays with a word about it.
SELECT sqlc.embed(d), c.network, c.name
FROM deliveries d JOIN channels c ON c.id = d.channel_id
WHERE d.state IN ('sent', 'correcting', 'corrected', 'withdrawing', 'withdrawn') AND d.remote_url <> ''
ORDER BY d.change_id, c.created_at, d.lang, d.part, d.generation;

-- name: PostsOf :many
SELECT sqlc.embed(d), c.network, c.name
FROM deliveries d JOIN channels c ON c.id = d.channel_id
WHERE d.change_id = $1 AND d.state IN ('sent', 'correcting', 'corrected', 'withdrawing', 'withdrawn') AND d.remote_url <> ''
ORDER BY c.created_at, d.lang, d.part, d.generation;

-- name: Delivery :one
SELECT * FROM deliveries WHERE id = $1;

-- name: LockDelivery :one
UPDATE deliveries SET state = state WHERE id = $1 RETURNING *;

-- name: SetDelivery :exec
UPDATE deliveries SET state = $2, remote_id = $3, remote_url = $4, reason = $5, ordered_at = $6, next_at = $7, first_at = $8,
    doubt_at = $9, duplicate = $10, tries = $11, looks = $12, sent_at = $13, wanted = $14, corrected = $15, health = $16, check_at = $17,
    remark = $18, dismissed_at = $19, dismissed_by = $20,
    claimed_at = 0, lease_owner = '', lease_until = 0
WHERE id = $1;

-- name: CancelParts :exec
-- CancelParts drops the rest of a thread with its part.
UPDATE deliveries SET state = 'cancelled', reason = sqlc.arg(reason)
WHERE change_id = sqlc.arg(change_id) AND channel_id = sqlc.arg(channel_id) AND lang = sqlc.arg(lang) AND generation = sqlc.arg(generation)
    AND part > sqlc.arg(part) AND kind = 'announcement' AND state IN ('queued', 'waiting', 'paused');

-- name: CancelCorrections :exec
-- CancelCorrections drops what would correct a post that is taken down.
UPDATE deliveries SET state = 'cancelled', reason = sqlc.arg(reason)
WHERE follows = sqlc.arg(follows) AND follows <> '' AND kind = 'correction' AND state IN ('queued', 'waiting', 'paused');

-- name: NewestLike :many
-- NewestLike is the youngest announcement of a place, or the youngest correction of a post with these words.
SELECT id, state FROM deliveries
WHERE change_id = sqlc.arg(change_id) AND channel_id = sqlc.arg(channel_id) AND lang = sqlc.arg(lang) AND part = sqlc.arg(part)
    AND kind = sqlc.arg(kind) AND (kind = 'announcement'
        OR (follows = sqlc.arg(follows) AND text = sqlc.arg(text) AND content_warning = sqlc.arg(content_warning)))
ORDER BY generation DESC LIMIT 1;

-- name: KeepCorrected :exec
-- KeepCorrected ends the wait of a post for a correction that will not come.
UPDATE deliveries SET state = CASE WHEN corrected <> '' THEN 'corrected' ELSE 'sent' END, reason = sqlc.arg(reason)
WHERE id = sqlc.arg(id) AND state = 'correcting' AND wanted = '';

-- name: Attempts :many
SELECT * FROM attempts WHERE delivery_id = $1 ORDER BY number;
