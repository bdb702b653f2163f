-- name: AddMedia :execrows
INSERT INTO media (id, type, width, height, size, sha256, alt, picture, small, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING;

-- name: MediaPicture :one
SELECT picture FROM media WHERE id = $1;

-- name: MediaSmall :one
SELECT small FROM media WHERE id = $1;

-- name: MediaInfo :one
SELECT id, type, width, height, size, sha256, alt, created_at, created_by FROM media WHERE id = $1;

-- name: MediaInfos :many
SELECT id, type, width, height, size, sha256, alt, created_at, created_by FROM media ORDER BY created_at DESC, id LIMIT $1;
