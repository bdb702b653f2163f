-- name: ChecksDue :many
SELECT id, check_at FROM channels WHERE state = 'active' AND check_at <= $1 ORDER BY check_at, id LIMIT 20;

-- name: ClaimCheck :execrows
-- ClaimCheck gives one of several nodes the next check of a channel.
UPDATE channels SET check_at = sqlc.arg(next) WHERE id = sqlc.arg(id) AND check_at = sqlc.arg(seen) AND state = 'active';

-- name: SetAccount :exec
UPDATE channels SET account = $2 WHERE id = $1 AND state <> 'disconnected';
