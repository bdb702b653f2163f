-- +goose Up
-- What readers say. No row says who: no name, no address, no time but the day.
CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    receipt_hash TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    about TEXT REFERENCES entries (id),
    asked_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'answered', 'closed')),
    answer_entry TEXT REFERENCES entries (id),
    answer_lang TEXT NOT NULL,
    answer_version BIGINT NOT NULL,
    word TEXT NOT NULL,
    decided_on TEXT NOT NULL
);

CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    version BIGINT NOT NULL,
    clear BOOLEAN NOT NULL,
    sentence TEXT NOT NULL,
    cast_on TEXT NOT NULL
);
CREATE INDEX votes_version ON votes (entry_id, lang, version);
