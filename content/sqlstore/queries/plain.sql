-- name: Verdict :one
SELECT verdict FROM verdicts WHERE hash = $1;

-- name: AddVerdict :exec
INSERT INTO verdicts (hash, verdict) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: IgnoredFindings :many
SELECT * FROM ignored_findings WHERE entry_id = $1 ORDER BY created_at, id;

-- name: PutIgnoredFinding :one
INSERT INTO ignored_findings (id, entry_id, lang, rule, quote, reason, user_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (entry_id, lang, rule, quote) DO UPDATE SET reason = excluded.reason, user_id = excluded.user_id, created_at = excluded.created_at
RETURNING id;

-- name: DeleteIgnoredFinding :execrows
DELETE FROM ignored_findings WHERE id = $1;

-- name: Terms :many
SELECT * FROM glossary_terms ORDER BY lang, term_key, id;

-- name: Term :one
SELECT * FROM glossary_terms WHERE id = $1;

-- name: AddTerm :execrows
INSERT INTO glossary_terms (id, lang, term, term_key, forms, explanation, example, edition, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING;

-- name: TermOwner :one
SELECT id FROM glossary_terms WHERE lang = $1 AND term_key = $2;

-- name: SetTerm :exec
UPDATE glossary_terms SET term = $2, term_key = $3, forms = $4, explanation = $5, example = $6, edition = $7, updated_at = $8 WHERE id = $1;

-- name: DeleteTerm :execrows
DELETE FROM glossary_terms WHERE id = $1;
