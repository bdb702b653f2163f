-- +goose Up
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    change_id TEXT NOT NULL REFERENCES changes (id),
    channel_id TEXT NOT NULL REFERENCES channels (id),
    lang TEXT NOT NULL,
    part BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    position BIGINT NOT NULL, -- order within the channel
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'waiting', 'unknown', 'needs_decision', 'failed', 'paused', 'cancelled')),
    text TEXT NOT NULL,
    content_warning TEXT NOT NULL,
    permalink TEXT NOT NULL,
    media TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    remote_id TEXT NOT NULL DEFAULT '',
    remote_url TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ordered_at BIGINT NOT NULL, -- publication, or the last person's order to send
    first_at BIGINT NOT NULL DEFAULT 0, -- first attempt to send
    doubt_at BIGINT NOT NULL DEFAULT 0, -- when the fate became unknown
    duplicate BOOLEAN NOT NULL DEFAULT FALSE, -- the doubt is a refusal as duplicate, and the only one
    next_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0, -- of every kind, ever: fences late answers off
    tries BIGINT NOT NULL DEFAULT 0, -- failures in a row that a repeat may cure
    looks BIGINT NOT NULL DEFAULT 0, -- looks at the network since the fate became unknown
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    UNIQUE (change_id, channel_id, lang, part, generation),
    UNIQUE (channel_id, position)
);
CREATE INDEX deliveries_due ON deliveries (state, next_at);
CREATE INDEX deliveries_channel ON deliveries (channel_id, state, position);

CREATE TABLE attempts (
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
);
