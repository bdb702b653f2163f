-- +goose Up
-- Pictures for announcements. A row is never changed; the id is made of the picture and its alt texts.
CREATE TABLE media (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    size BIGINT NOT NULL, -- of picture, in bytes
    sha256 TEXT NOT NULL, -- of picture
    alt TEXT NOT NULL,
    picture BYTEA NOT NULL,
    small BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);
CREATE INDEX media_created ON media (created_at);

-- A thread is one announcement that its author cut into parts; the reference is the beginning of the change's hash.
ALTER TABLE announcements ADD COLUMN thread BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE announcements ADD COLUMN reference BOOLEAN NOT NULL DEFAULT FALSE;
