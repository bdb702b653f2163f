-- +goose Up
-- How far each WebSub hub was told of publications: up to which row of the ledger.
CREATE TABLE hub_pings (
    hub TEXT PRIMARY KEY,
    ledger_seq BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0, -- failures in a row
    next_at BIGINT NOT NULL DEFAULT 0 -- not before; in the future while a process is at it
);
