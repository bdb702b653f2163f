-- +goose Up
-- A delivery lives on after its post is out: it is read back, corrected and taken down. The tables are made anew,
-- because SQLite cannot change a CHECK.
CREATE TABLE deliveries_new (
    id TEXT PRIMARY KEY,
    change_id TEXT NOT NULL REFERENCES changes (id),
    channel_id TEXT NOT NULL REFERENCES channels (id),
    lang TEXT NOT NULL,
    part BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    position BIGINT NOT NULL, -- order within the channel
    kind TEXT NOT NULL DEFAULT 'announcement' CHECK (kind IN ('announcement', 'correction')),
    follows TEXT NOT NULL DEFAULT '', -- the delivery whose post this one answers
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'waiting', 'unknown', 'needs_decision', 'failed', 'paused', 'cancelled',
        'correcting', 'corrected', 'withdrawing', 'withdrawn')),
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
    sent_at BIGINT NOT NULL DEFAULT 0, -- when it was known to be out
    attempts BIGINT NOT NULL DEFAULT 0, -- of every kind, ever: fences late answers off
    tries BIGINT NOT NULL DEFAULT 0, -- failures in a row that a repeat may cure
    looks BIGINT NOT NULL DEFAULT 0, -- looks at the network since the fate became unknown
    claimed_at BIGINT NOT NULL DEFAULT 0, -- when the attempt now running began
    paced_at BIGINT NOT NULL DEFAULT 0, -- when the channel's pace is used up after this one
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until BIGINT NOT NULL DEFAULT 0,
    wanted TEXT NOT NULL DEFAULT '', -- the words of a correction in place that was ordered
    corrected TEXT NOT NULL DEFAULT '', -- the words since the last correction in place
    health TEXT NOT NULL DEFAULT '{}', -- what reading back found
    checked_at BIGINT NOT NULL DEFAULT 0,
    check_at BIGINT NOT NULL DEFAULT 0, -- when it is read back next; 0 for never
    touched_seq BIGINT NOT NULL DEFAULT 0, -- the site's counter when readers could last notice something
    UNIQUE (change_id, channel_id, lang, part, generation),
    UNIQUE (channel_id, position)
);
INSERT INTO deliveries_new (id, change_id, channel_id, lang, part, generation, position, state, text, content_warning, permalink, media,
    idempotency_key, remote_id, remote_url, reason, created_at, ordered_at, first_at, doubt_at, duplicate, next_at, sent_at, attempts, tries, looks)
SELECT id, change_id, channel_id, lang, part, generation, position, CASE WHEN state = 'sending' THEN 'unknown' ELSE state END,
    text, content_warning, permalink, media, idempotency_key, remote_id, remote_url, reason, created_at, ordered_at, first_at, doubt_at,
    duplicate, next_at, CASE WHEN state = 'sent' THEN next_at ELSE 0 END, attempts, tries, looks
FROM deliveries;

-- A row is written when its attempt ends; the one that runs stands in deliveries.
CREATE TABLE attempts_new (
    delivery_id TEXT NOT NULL REFERENCES deliveries_new (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    found TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
);
INSERT INTO attempts_new (delivery_id, number, kind, at, ended_at, outcome, detail, hash, answer, found)
SELECT delivery_id, number, CASE WHEN hash = '' THEN 'look' ELSE 'send' END, at, at,
    CASE WHEN outcome = 'started' THEN 'unsure' ELSE outcome END, detail, hash, '{}', '[]'
FROM attempts;
DROP TABLE attempts;
DROP TABLE deliveries;
ALTER TABLE deliveries_new RENAME TO deliveries;
ALTER TABLE attempts_new RENAME TO attempts;

-- Small indexes over what is still to be done, however much was done before.
CREATE INDEX deliveries_open ON deliveries (channel_id, position) WHERE state IN ('queued', 'waiting', 'unknown', 'sending');
CREATE INDEX deliveries_amend ON deliveries (next_at) WHERE state IN ('correcting', 'withdrawing');
CREATE INDEX deliveries_check ON deliveries (check_at) WHERE check_at > 0;
CREATE INDEX deliveries_lease ON deliveries (channel_id, lease_until) WHERE lease_until > 0;
CREATE INDEX deliveries_paced ON deliveries (channel_id, paced_at);
CREATE INDEX deliveries_remote ON deliveries (channel_id, remote_id);
CREATE INDEX deliveries_touched ON deliveries (touched_seq);
CREATE INDEX deliveries_follows ON deliveries (follows) WHERE follows <> '';

-- Whether everything unsent waits for a person, because the database went back in time: 0 or 1.
INSERT INTO counters (name, value) VALUES ('hold', 0);
