-- +goose Up
-- How fast the channel sends; 0 takes what the network's driver says.
ALTER TABLE channels ADD COLUMN pace_burst BIGINT NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN pace_every BIGINT NOT NULL DEFAULT 0; -- milliseconds
-- Who renews the credentials right now, and until when nobody else may; a name that outlives its time was cut off.
ALTER TABLE channels ADD COLUMN renewal TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN renewal_until BIGINT NOT NULL DEFAULT 0;
-- When limits and software are asked for again.
ALTER TABLE channels ADD COLUMN check_at BIGINT NOT NULL DEFAULT 0;

-- Questions to owners of accounts that no answer came to yet. What belongs to one is encrypted; of its state only the hash is kept.
CREATE TABLE consents (
    state_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX consents_expiry ON consents (expires_at);
