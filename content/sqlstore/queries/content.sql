-- name: AddTopic :execrows
INSERT INTO topics (id, slug, title, position, created_at)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: Topics :many
SELECT * FROM topics ORDER BY position, id;

-- name: Topic :one
SELECT * FROM topics WHERE id = $1;

-- name: TopicBySlug :one
SELECT * FROM topics WHERE slug = $1;

-- name: SetTopic :exec
UPDATE topics SET slug = $2, title = $3, position = $4 WHERE id = $1;

-- name: AddEntry :execrows
INSERT INTO entries (id, kind, slug, topic_id, position, created_at)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING;

-- name: Entries :many
SELECT * FROM entries ORDER BY position, id;

-- name: Entry :one
SELECT * FROM entries WHERE id = $1;

-- name: LockEntry :one
UPDATE entries SET position = position WHERE id = $1 RETURNING *;

-- name: SetEntry :exec
UPDATE entries SET slug = $2, topic_id = $3, position = $4 WHERE id = $1;

-- name: AddSlug :execrows
INSERT INTO slugs (kind, slug, entry_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: SlugOwner :one
SELECT entry_id FROM slugs WHERE kind = $1 AND slug = $2;

-- name: Slugs :many
SELECT * FROM slugs ORDER BY entry_id, slug;

-- name: SlugsOf :many
SELECT slug FROM slugs WHERE entry_id = $1 ORDER BY slug;

-- name: AddRevision :exec
INSERT INTO revisions (id, entry_id, lang, number, base_id, author_id, created_at, hash, title, content, html)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: NewestRevisionRef :one
SELECT id, number FROM revisions WHERE entry_id = $1 AND lang = $2 ORDER BY number DESC LIMIT 1;

-- name: Revision :one
SELECT * FROM revisions WHERE id = $1;

-- name: NewestRevision :one
SELECT * FROM revisions WHERE entry_id = $1 AND lang = $2 ORDER BY number DESC LIMIT 1;

-- name: Revisions :many
SELECT id, entry_id, lang, number, base_id, author_id, created_at, hash, title
FROM revisions WHERE entry_id = $1 AND lang = $2 ORDER BY number DESC;

-- name: NewestRevisions :many
SELECT r.id, r.entry_id, r.lang, r.number, r.author_id, r.hash, r.title
FROM revisions r
JOIN (SELECT entry_id, lang, max(number) AS number FROM revisions GROUP BY entry_id, lang) newest
    ON newest.entry_id = r.entry_id AND newest.lang = r.lang AND newest.number = r.number
ORDER BY r.entry_id, r.lang;

-- name: NewestRevisionsOf :many
SELECT r.id, r.entry_id, r.lang, r.number, r.author_id, r.hash, r.title
FROM revisions r
WHERE r.entry_id = $1
    AND r.number = (SELECT max(o.number) FROM revisions o WHERE o.entry_id = r.entry_id AND o.lang = r.lang)
ORDER BY r.lang;
