-- +goose Up
-- What the gate for plain language said about a version, '' where it was not asked; why texts of a change go out
-- although it is closed for them.
ALTER TABLE versions ADD COLUMN verdict TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN overrides TEXT NOT NULL DEFAULT '';

-- Texts that passed the gate, by the hash of what they say: they keep the verdict until they are edited.
CREATE TABLE verdicts (
    hash TEXT PRIMARY KEY,
    verdict TEXT NOT NULL
);

-- Findings that were put aside for good in one text, with the reason.
CREATE TABLE ignored_findings (
    id TEXT PRIMARY KEY,
    entry_id TEXT NOT NULL REFERENCES entries (id),
    lang TEXT NOT NULL,
    rule TEXT NOT NULL,
    quote TEXT NOT NULL,
    reason TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (entry_id, lang, rule, quote)
);

-- Terms that the site explains; term_key tells them apart within a language.
CREATE TABLE glossary_terms (
    id TEXT PRIMARY KEY,
    lang TEXT NOT NULL,
    term TEXT NOT NULL,
    term_key TEXT NOT NULL,
    forms TEXT NOT NULL,
    explanation TEXT NOT NULL,
    example TEXT NOT NULL,
    edition BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (lang, term_key)
);
