-- name: AddUser :execrows
INSERT INTO users (id, email, name, role, lang, password_hash, created_at, disabled_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING;

-- name: Users :many
SELECT * FROM users ORDER BY created_at, id;

-- name: User :one
SELECT * FROM users WHERE id = $1;

-- name: UserByEmail :one
SELECT * FROM users WHERE email = $1;

-- name: LockUsers :many
UPDATE users SET email = email WHERE role = 'admin' OR id = $1 RETURNING id, role, disabled_at;

-- name: SetUser :execrows
UPDATE users SET email = $2, name = $3, role = $4, lang = $5, password_hash = $6, disabled_at = $7 WHERE id = $1;

-- name: AddLoginLink :exec
INSERT INTO login_links (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4);

-- name: UseLoginLink :one
UPDATE login_links SET used_at = $2 WHERE token_hash = $1 AND used_at = 0 AND expires_at > $2 RETURNING user_id;

-- name: EndLoginLinks :exec
UPDATE login_links SET used_at = $2 WHERE user_id = $1 AND used_at = 0;

-- name: AddSession :exec
INSERT INTO sessions (token_hash, user_id, created_at, seen_at) VALUES ($1, $2, $3, $4);

-- name: Session :one
SELECT * FROM sessions WHERE token_hash = $1 AND ended_at = 0 AND created_at > $2 AND seen_at > $3;

-- name: SeeSession :exec
UPDATE sessions SET seen_at = $2 WHERE token_hash = $1;

-- name: EndSession :exec
UPDATE sessions SET ended_at = $3 WHERE user_id = $1 AND token_hash = $2 AND ended_at = 0;

-- name: EndSessions :exec
UPDATE sessions SET ended_at = $2 WHERE user_id = $1 AND ended_at = 0;

-- name: AddToken :exec
INSERT INTO tokens (id, name, user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: Tokens :many
SELECT * FROM tokens ORDER BY created_at DESC, id;

-- name: TokensOf :many
SELECT * FROM tokens WHERE user_id = $1 ORDER BY created_at DESC, id;

-- name: TokenByHash :one
SELECT * FROM tokens WHERE token_hash = $1 AND revoked_at = 0;

-- name: SeeToken :exec
UPDATE tokens SET used_at = $2 WHERE id = $1;

-- name: RevokeToken :execrows
UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0;

-- name: RevokeTokenOf :execrows
UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND user_id = $3 AND revoked_at = 0;

-- name: LoginFailures :one
SELECT * FROM login_failures WHERE subject = $1;

-- name: AddLoginFailure :exec
INSERT INTO login_failures (subject, failures, last_at) VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE SET failures = login_failures.failures + 1, last_at = excluded.last_at;

-- name: ForgetLoginFailures :exec
DELETE FROM login_failures WHERE subject = $1;

-- name: ForgetOldLoginFailures :exec
DELETE FROM login_failures WHERE last_at < $1;

-- name: AddAudit :exec
INSERT INTO audit (id, at, actor_id, actor_name, via, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: Audits :many
SELECT * FROM audit ORDER BY id DESC LIMIT $1;

-- name: AuditsBefore :many
SELECT * FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- name: Setting :one
SELECT value FROM settings WHERE name = $1;

-- name: PutSetting :exec
INSERT INTO settings (name, value, updated_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at;

-- name: RevokeTokensOf :exec
UPDATE tokens SET revoked_at = $2 WHERE user_id = $1 AND revoked_at = 0;
