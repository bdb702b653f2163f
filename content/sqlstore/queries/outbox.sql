-- name: Due :one
-- Due tells whether anything may be claimed or recovered.
SELECT CAST(EXISTS (
    SELECT 1 FROM deliveries d JOIN channels c ON c.id = d.channel_id
    WHERE d.state IN ('queued', 'waiting', 'unknown') AND d.next_at <= sqlc.arg(now) AND d.lease_until <= sqlc.arg(now)
        AND c.state <> 'paused'
        AND NOT EXISTS (
            SELECT 1 FROM deliveries e
            WHERE e.channel_id = d.channel_id AND e.state IN ('queued', 'waiting', 'unknown', 'sending') AND e.id <> d.id
                AND (e.state = 'sending' OR e.lease_until > sqlc.arg(now) OR e.position < d.position)
        )
) OR EXISTS (
    SELECT 1 FROM deliveries f WHERE f.state = 'sending' AND f.lease_until <= sqlc.arg(now)
) AS BOOLEAN) AS due;

-- name: ClaimDeliveries :many
-- ClaimDeliveries takes what is due, not taken, on a channel that works or is gone, with nothing of that channel in flight
-- and nothing before it still to be settled. The same condition stands in the outer WHERE, because two workers may
-- choose the same row before either has written: the second then finds it changed.
UPDATE deliveries SET
    state = CASE WHEN state = 'unknown' THEN 'unknown' ELSE 'sending' END,
    attempts = attempts + 1,
    first_at = CASE WHEN first_at = 0 THEN sqlc.arg(now) ELSE first_at END,
    lease_owner = sqlc.arg(owner),
    lease_until = sqlc.arg(until)
WHERE id IN (
    SELECT d.id FROM deliveries d JOIN channels c ON c.id = d.channel_id
    WHERE d.state IN ('queued', 'waiting', 'unknown') AND d.next_at <= sqlc.arg(now) AND d.lease_until <= sqlc.arg(now)
        AND c.state <> 'paused'
        AND NOT EXISTS (
            SELECT 1 FROM deliveries e
            WHERE e.channel_id = d.channel_id AND e.state IN ('queued', 'waiting', 'unknown', 'sending') AND e.id <> d.id
                AND (e.state = 'sending' OR e.lease_until > sqlc.arg(now) OR e.position < d.position)
        )
    ORDER BY d.next_at, d.id LIMIT $1
) AND state IN ('queued', 'waiting', 'unknown') AND next_at <= sqlc.arg(now) AND lease_until <= sqlc.arg(now)
RETURNING *;

-- name: AddAttempt :exec
INSERT INTO attempts (delivery_id, number, at, outcome, detail, hash) VALUES ($1, $2, $3, 'started', '{}', $4);

-- name: EndAttempt :exec
UPDATE attempts SET outcome = $3, detail = $4 WHERE delivery_id = $1 AND number = $2;

-- name: RecoverDeliveries :many
UPDATE deliveries SET state = 'unknown', reason = sqlc.arg(reason), doubt_at = sqlc.arg(now), duplicate = FALSE, looks = 0,
    next_at = sqlc.arg(now), lease_owner = '', lease_until = 0
WHERE state = 'sending' AND (lease_until <= sqlc.arg(now) OR (lease_owner = sqlc.arg(owner) AND lease_owner <> ''))
RETURNING id, attempts;

-- name: FreeLooks :exec
UPDATE deliveries SET lease_owner = '', lease_until = 0 WHERE state = 'unknown' AND lease_owner = $1 AND lease_owner <> '';

-- name: SettleDelivery :execrows
UPDATE deliveries SET state = sqlc.arg(state), remote_id = sqlc.arg(remote_id), remote_url = sqlc.arg(remote_url),
    reason = sqlc.arg(reason), next_at = sqlc.arg(next_at), doubt_at = sqlc.arg(doubt_at), duplicate = sqlc.arg(duplicate),
    tries = sqlc.arg(tries), looks = sqlc.arg(looks), lease_owner = '', lease_until = 0
WHERE id = sqlc.arg(id) AND (
    (state IN ('sending', 'unknown') AND attempts = sqlc.arg(number))
    OR (CAST(sqlc.arg(receipt) AS BOOLEAN) AND state NOT IN ('sent', 'cancelled') AND attempts >= sqlc.arg(number))
);

-- name: Receipted :one
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE channel_id = sqlc.arg(channel_id) AND remote_id = sqlc.arg(remote_id) AND id <> sqlc.arg(id)
);
