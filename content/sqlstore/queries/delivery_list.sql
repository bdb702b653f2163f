-- Lists of deliveries, newest first. Each is read from an index in its order and begins behind a row that is named in full.

-- name: ListDeliveries :many
SELECT d.* FROM deliveries d
WHERE (CAST(sqlc.arg(change_id) AS TEXT) = '' OR d.change_id = sqlc.arg(change_id)) AND (CAST(sqlc.arg(channel_id) AS TEXT) = '' OR d.channel_id = sqlc.arg(channel_id)) AND (CAST(sqlc.arg(state) AS TEXT) = '' OR d.state = sqlc.arg(state))
    AND d.created_at <= CAST(sqlc.arg(after_created) AS BIGINT)
    AND (d.created_at < CAST(sqlc.arg(after_created) AS BIGINT) OR (d.channel_id, d.lang, d.part, d.generation, d.id) >
        (CAST(sqlc.arg(after_channel) AS TEXT), CAST(sqlc.arg(after_lang) AS TEXT), CAST(sqlc.arg(after_part) AS BIGINT),
            CAST(sqlc.arg(after_generation) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT)))
ORDER BY d.created_at DESC, d.channel_id, d.lang, d.part, d.generation, d.id LIMIT sqlc.arg(most);

-- name: ListDeliveriesOfChange :many
SELECT d.* FROM deliveries d
WHERE d.change_id = sqlc.arg(change_id) AND (CAST(sqlc.arg(channel_id) AS TEXT) = '' OR d.channel_id = sqlc.arg(channel_id)) AND (CAST(sqlc.arg(state) AS TEXT) = '' OR d.state = sqlc.arg(state))
    AND d.created_at <= CAST(sqlc.arg(after_created) AS BIGINT)
    AND (d.created_at < CAST(sqlc.arg(after_created) AS BIGINT) OR (d.channel_id, d.lang, d.part, d.generation, d.id) >
        (CAST(sqlc.arg(after_channel) AS TEXT), CAST(sqlc.arg(after_lang) AS TEXT), CAST(sqlc.arg(after_part) AS BIGINT),
            CAST(sqlc.arg(after_generation) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT)))
ORDER BY d.created_at DESC, d.channel_id, d.lang, d.part, d.generation, d.id LIMIT sqlc.arg(most);

-- name: ListDeliveriesInState :many
SELECT d.* FROM deliveries d
WHERE (CAST(sqlc.arg(change_id) AS TEXT) = '' OR d.change_id = sqlc.arg(change_id)) AND (CAST(sqlc.arg(channel_id) AS TEXT) = '' OR d.channel_id = sqlc.arg(channel_id)) AND d.state = sqlc.arg(state)
    AND d.created_at <= CAST(sqlc.arg(after_created) AS BIGINT)
    AND (d.created_at < CAST(sqlc.arg(after_created) AS BIGINT) OR (d.channel_id, d.lang, d.part, d.generation, d.id) >
        (CAST(sqlc.arg(after_channel) AS TEXT), CAST(sqlc.arg(after_lang) AS TEXT), CAST(sqlc.arg(after_part) AS BIGINT),
            CAST(sqlc.arg(after_generation) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT)))
ORDER BY d.created_at DESC, d.channel_id, d.lang, d.part, d.generation, d.id LIMIT sqlc.arg(most);

-- name: ListDeliveriesNeeded :many
-- ListDeliveriesNeeded are those that need a person: its first condition is that of the index deliveries_needed.
SELECT d.* FROM deliveries d
WHERE (CAST(sqlc.arg(change_id) AS TEXT) = '' OR d.change_id = sqlc.arg(change_id)) AND (CAST(sqlc.arg(channel_id) AS TEXT) = '' OR d.channel_id = sqlc.arg(channel_id)) AND (CAST(sqlc.arg(state) AS TEXT) = '' OR d.state = sqlc.arg(state))
    AND (d.state IN ('needs_decision', 'failed', 'paused')
        OR (d.state IN ('sent', 'corrected') AND d.remark IN ('post_gone', 'post_altered') AND d.dismissed_at = 0))
    AND NOT (d.kind = 'announcement' AND d.remark = 'post_gone' AND EXISTS (
        SELECT 1 FROM deliveries o WHERE o.change_id = d.change_id AND o.channel_id = d.channel_id AND o.lang = d.lang AND o.part = d.part
            AND o.kind = 'announcement' AND o.generation > d.generation))
    AND d.created_at <= CAST(sqlc.arg(after_created) AS BIGINT)
    AND (d.created_at < CAST(sqlc.arg(after_created) AS BIGINT) OR (d.channel_id, d.lang, d.part, d.generation, d.id) >
        (CAST(sqlc.arg(after_channel) AS TEXT), CAST(sqlc.arg(after_lang) AS TEXT), CAST(sqlc.arg(after_part) AS BIGINT),
            CAST(sqlc.arg(after_generation) AS BIGINT), CAST(sqlc.arg(after_id) AS TEXT)))
ORDER BY d.created_at DESC, d.channel_id, d.lang, d.part, d.generation, d.id LIMIT sqlc.arg(most);

-- name: ListDeliveriesWaiting :many
-- ListDeliveriesWaiting are those that will go out by themselves, oldest first.
SELECT d.* FROM deliveries d
WHERE d.state IN ('queued', 'sending', 'waiting', 'unknown')
    AND (CAST(sqlc.arg(change_id) AS TEXT) = '' OR d.change_id = sqlc.arg(change_id))
    AND (CAST(sqlc.arg(channel_id) AS TEXT) = '' OR d.channel_id = sqlc.arg(channel_id))
    AND (CAST(sqlc.arg(state) AS TEXT) = '' OR d.state = sqlc.arg(state))
    AND (d.created_at, d.channel_id, d.position) >
        (CAST(sqlc.arg(after_created) AS BIGINT), CAST(sqlc.arg(after_channel) AS TEXT), CAST(sqlc.arg(after_position) AS BIGINT))
ORDER BY d.created_at, d.channel_id, d.position LIMIT sqlc.arg(most);

-- name: LineOfChannel :many
-- LineOfChannel is what is not out yet on a channel, in its order.
SELECT * FROM deliveries WHERE channel_id = sqlc.arg(channel_id) AND state IN ('queued', 'sending', 'waiting', 'unknown', 'paused')
ORDER BY position LIMIT sqlc.arg(most);

-- name: CountLine :one
SELECT count(*) FROM deliveries WHERE channel_id = $1 AND state IN ('queued', 'sending', 'waiting', 'unknown', 'paused');

-- name: CountInState :one
SELECT count(*) FROM deliveries WHERE state = $1;

-- name: PostedAgain :one
-- PostedAgain tells whether a younger announcement of the same place was ordered.
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE change_id = sqlc.arg(change_id) AND channel_id = sqlc.arg(channel_id) AND lang = sqlc.arg(lang)
        AND part = sqlc.arg(part) AND kind = 'announcement' AND generation > sqlc.arg(generation)
);

-- name: LineUntil :many
-- LineUntil is as much of a channel's queue as goes out before a place in it, and that place.
SELECT id, channel_id, state, next_at FROM deliveries
WHERE channel_id = sqlc.arg(channel_id) AND state IN ('queued', 'waiting', 'unknown', 'sending') AND position <= sqlc.arg(position)
ORDER BY position;

-- name: PaceOf :one
SELECT CAST(coalesce(max(paced_at), 0) AS BIGINT) FROM deliveries WHERE channel_id = $1;

-- name: LockPageAsks :many
-- LockPageAsks are those that wait for a person, who must say whether their page is there; its condition on reasons is wider.
UPDATE deliveries SET state = state WHERE state = 'needs_decision' AND reason LIKE '%post_page_ask%' RETURNING *;

-- name: DroppedInDoubt :one
-- DroppedInDoubt tells whether an announcement of this place, or a correction of a post with these words, was dropped
-- while it may have been out.
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE change_id = sqlc.arg(change_id) AND channel_id = sqlc.arg(channel_id) AND lang = sqlc.arg(lang)
        AND part = sqlc.arg(part) AND kind = sqlc.arg(kind) AND state = 'cancelled' AND doubt_at > 0 AND (kind = 'announcement'
            OR (follows = sqlc.arg(follows) AND text = sqlc.arg(text) AND content_warning = sqlc.arg(content_warning)))
);

-- name: ChangeTitle :one
SELECT title FROM changes WHERE id = $1;
