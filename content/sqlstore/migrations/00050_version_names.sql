-- +goose Up
-- What lists of versions show of their revisions, so that a site of 100,000 versions is read without looking each revision up.
ALTER TABLE versions ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN title TEXT NOT NULL DEFAULT '';
UPDATE versions SET
    hash = (SELECT r.hash FROM revisions r WHERE r.id = versions.revision_id),
    title = (SELECT r.title FROM revisions r WHERE r.id = versions.revision_id);
