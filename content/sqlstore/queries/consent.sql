-- name: AddConsent :exec
INSERT INTO consents (state_hash, user_id, sealed, created_at, expires_at) VALUES ($1, $2, $3, $4, $5);

-- name: TakeConsent :one
DELETE FROM consents WHERE state_hash = $1 AND user_id = $2 RETURNING *;

-- name: ForgetConsents :exec
DELETE FROM consents WHERE expires_at <= $1;

-- name: Consents :many
SELECT * FROM consents ORDER BY state_hash;

-- name: ResealConsent :execrows
UPDATE consents SET sealed = sqlc.arg(after) WHERE state_hash = sqlc.arg(state_hash) AND sealed = sqlc.arg(before);

-- name: ResealChannel :execrows
UPDATE channels SET settings = sqlc.arg(after) WHERE id = sqlc.arg(id) AND settings = sqlc.arg(before);
