-- +goose Up
-- One text for SQLite and PostgreSQL: ids are UUIDv7 text made in Go, times are
-- milliseconds in UTC (0: never), lists and texts in several languages are JSON.

-- Row locks on counters put publishes in one order on every database.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('ledger', 0), ('site', 0);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('author', 'approver', 'admin')),
    lang TEXT NOT NULL DEFAULT '',
    password_hash TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    disabled_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE login_links (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL DEFAULT 0,
    revoked_at BIGINT NOT NULL DEFAULT 0,
    used_at BIGINT NOT NULL DEFAULT 0
);

-- Failed logins per account and per keyed, daily rotating hash of an address prefix; no address is kept.
CREATE TABLE login_failures (
    subject TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    via TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE topics (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE entries (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('entry', 'policy')),
    slug TEXT NOT NULL,
    topic_id TEXT REFERENCES topics (id),
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, slug)
);

-- Every slug an entry ever had: old ones redirect for ever and are never given to another entry.
CREATE TABLE slugs (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY (kind, slug)
);

CREATE TABLE revisions (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    number BIGINT NOT NULL,
    base_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    hash TEXT NOT NULL,
    title TEXT NOT NULL,
    content TEXT NOT NULL,
    html TEXT NOT NULL,
    UNIQUE (entry_id, lang, number)
);

CREATE TABLE changes (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    why TEXT NOT NULL,
    materiality TEXT NOT NULL CHECK (materiality IN ('material', 'editorial')),
    effective_date TEXT NOT NULL,
    perspectives TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_review', 'approved', 'scheduled', 'published', 'cancelled')),
    author_id TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    publish_at BIGINT NOT NULL DEFAULT 0,
    published_at BIGINT NOT NULL DEFAULT 0,
    imported BOOLEAN NOT NULL DEFAULT FALSE,
    approvals_required BIGINT NOT NULL DEFAULT 0,
    edition BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX changes_state ON changes (state, publish_at);

CREATE TABLE change_revisions (
    change_id TEXT NOT NULL REFERENCES changes (id),
    revision_id TEXT NOT NULL REFERENCES revisions (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (change_id, revision_id)
);
CREATE INDEX change_revisions_revision ON change_revisions (revision_id);

CREATE TABLE change_withdrawals (
    change_id TEXT NOT NULL REFERENCES changes (id),
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (change_id, entry_id, lang)
);

CREATE TABLE change_contributors (
    change_id TEXT NOT NULL REFERENCES changes (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    PRIMARY KEY (change_id, user_id)
);

CREATE TABLE approvals (
    id TEXT PRIMARY KEY,
    change_id TEXT NOT NULL REFERENCES changes (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    hash TEXT NOT NULL,
    at BIGINT NOT NULL,
    voided_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX approvals_change ON approvals (change_id);

CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    languages TEXT NOT NULL,
    settings TEXT NOT NULL,
    account TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'disconnected')),
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE announcements (
    change_id TEXT NOT NULL REFERENCES changes (id),
    channel_id TEXT NOT NULL REFERENCES channels (id),
    lang TEXT NOT NULL,
    text TEXT NOT NULL,
    content_warning TEXT NOT NULL,
    link BOOLEAN NOT NULL,
    media TEXT NOT NULL,
    PRIMARY KEY (change_id, channel_id, lang)
);

-- What readers see. A row is never changed; lang '' numbers the facts.
CREATE TABLE versions (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    revision_id TEXT NOT NULL REFERENCES revisions (id),
    facts_id TEXT REFERENCES revisions (id),
    change_id TEXT NOT NULL REFERENCES changes (id),
    published_at BIGINT NOT NULL,
    effective_date TEXT NOT NULL,
    imported BOOLEAN NOT NULL,
    PRIMARY KEY (entry_id, lang, number)
);
CREATE INDEX versions_change ON versions (change_id);

CREATE TABLE tombstones (
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    after_version BIGINT NOT NULL,
    change_id TEXT NOT NULL REFERENCES changes (id),
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (entry_id, lang, after_version)
);
CREATE INDEX tombstones_change ON tombstones (change_id);

CREATE TABLE ledger (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- What the public site must read again, in commit order, so that every process can follow.
CREATE TABLE touched (
    seq BIGINT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('entry', 'change', 'topics', 'settings', 'all')),
    subject TEXT NOT NULL
);

-- States taken in by an import, so that a second import changes nothing.
CREATE TABLE imported_states (
    source_key TEXT NOT NULL,
    lang TEXT NOT NULL,
    at BIGINT NOT NULL,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    change_id TEXT NOT NULL REFERENCES changes (id),
    PRIMARY KEY (source_key, lang, at)
);

-- Answers already given to POST requests with an Idempotency-Key.
CREATE TABLE idempotency_keys (
    actor TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    response TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, idempotency_key)
);
