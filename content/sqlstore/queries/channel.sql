-- name: Channels :many
SELECT * FROM channels ORDER BY created_at, id;

-- name: Channel :one
SELECT * FROM channels WHERE id = $1;

-- name: LockChannel :one
UPDATE channels SET state = state WHERE id = $1 RETURNING *;

-- name: AddChannel :exec
INSERT INTO channels (id, network, name, languages, settings, account, state, reason, created_at, pace_burst, pace_every, check_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: SetChannel :exec
-- Other credentials end a renewal of those before them.
UPDATE channels SET name = sqlc.arg(name), languages = sqlc.arg(languages), account = sqlc.arg(account), state = sqlc.arg(state),
    reason = sqlc.arg(reason), pace_burst = sqlc.arg(pace_burst), pace_every = sqlc.arg(pace_every),
    renewal = CASE WHEN settings = sqlc.arg(settings) THEN renewal ELSE '' END, settings = sqlc.arg(settings)
WHERE id = sqlc.arg(id);

-- name: PauseChannel :execrows
UPDATE channels SET state = 'paused', reason = $2 WHERE id = $1 AND state = 'active';

-- name: HoldQueue :exec
UPDATE deliveries SET state = 'paused', reason = sqlc.arg(reason) WHERE channel_id = sqlc.arg(channel_id) AND state IN ('queued', 'waiting');

-- name: FreeQueue :exec
UPDATE deliveries SET state = 'queued', reason = '{}', next_at = sqlc.arg(now)
WHERE channel_id = sqlc.arg(channel_id) AND state = 'paused';

-- name: DropQueue :exec
UPDATE deliveries SET state = 'cancelled', reason = sqlc.arg(reason)
WHERE channel_id = sqlc.arg(channel_id) AND state IN ('queued', 'waiting', 'paused');

-- name: AskQueue :exec
UPDATE deliveries SET state = 'needs_decision', reason = sqlc.arg(reason), claimed_at = 0, lease_owner = '', lease_until = 0
WHERE channel_id = sqlc.arg(channel_id) AND state = 'unknown';

-- name: KeepQueue :exec
-- KeepQueue leaves what is out as it is: nobody can correct or take it down any more.
UPDATE deliveries SET state = CASE WHEN corrected <> '' THEN 'corrected' ELSE 'sent' END, wanted = '', reason = sqlc.arg(reason),
    check_at = 0, claimed_at = 0, lease_owner = '', lease_until = 0
WHERE channel_id = sqlc.arg(channel_id) AND state IN ('correcting', 'withdrawing');
