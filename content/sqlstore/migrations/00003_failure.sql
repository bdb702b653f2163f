-- +goose Up
-- Why a scheduled change could not be published when its time came, '' where nothing failed.
ALTER TABLE changes ADD COLUMN failure TEXT NOT NULL DEFAULT '';
