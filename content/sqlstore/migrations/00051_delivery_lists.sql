-- +goose Up
-- What reading a post back found, as a code to pick by; and who has taken note of it, so that it asks nobody any more.
ALTER TABLE deliveries ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN dismissed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN dismissed_by TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET remark = 'post_gone' WHERE health LIKE '{"code":"post_gone"%';
UPDATE deliveries SET remark = 'post_altered' WHERE health LIKE '{"code":"post_altered"%';

-- Each list of deliveries is read from an index in its order, a page at a time, however many there are.
CREATE INDEX deliveries_list ON deliveries (created_at DESC, channel_id, lang, part, generation, id);
CREATE INDEX deliveries_state ON deliveries (state, created_at DESC, channel_id, lang, part, generation, id);
CREATE INDEX deliveries_needed ON deliveries (created_at DESC, channel_id, lang, part, generation, id)
    WHERE state IN ('needs_decision', 'failed', 'paused')
        OR (state IN ('sent', 'corrected') AND remark IN ('post_gone', 'post_altered') AND dismissed_at = 0);
CREATE INDEX deliveries_waiting ON deliveries (created_at, channel_id, position) WHERE state IN ('queued', 'sending', 'waiting', 'unknown');
CREATE INDEX deliveries_line ON deliveries (channel_id, position) WHERE state IN ('queued', 'sending', 'waiting', 'unknown', 'paused');
