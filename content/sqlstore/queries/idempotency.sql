-- name: BeginKeyed :execrows
INSERT INTO idempotency_keys (actor, idempotency_key, request_hash, status, response, created_at)
VALUES ($1, $2, $3, 0, '', $4)
ON CONFLICT (actor, idempotency_key) DO NOTHING;

-- name: Keyed :one
SELECT * FROM idempotency_keys WHERE actor = $1 AND idempotency_key = $2;

-- name: FinishKeyed :exec
UPDATE idempotency_keys SET status = $1, response = $2 WHERE actor = $3 AND idempotency_key = $4 AND created_at = $5;

-- name: ForgetKeyed :exec
DELETE FROM idempotency_keys WHERE actor = $1 AND idempotency_key = $2 AND created_at = $3;

-- name: ForgetOldKeyed :exec
DELETE FROM idempotency_keys WHERE actor = $1 AND created_at < $2;
