-- +goose Up
-- The hash of all that a change published, as the ledger has it; '' before. Changes of older programs get theirs at the start.
ALTER TABLE changes ADD COLUMN hash TEXT NOT NULL DEFAULT '';
