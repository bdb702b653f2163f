-- name: QueueHeads :many
-- QueueHeads lists of each channel that is not paused the first delivery in its queue that is not settled and whose
-- predecessor, if it has one, is out.
SELECT sqlc.embed(d), sqlc.embed(c),
    CAST((SELECT coalesce(max(p.paced_at), 0) FROM deliveries p WHERE p.channel_id = c.id) AS BIGINT) AS paced_at,
    CAST((SELECT coalesce(max(l.lease_until), 0) FROM deliveries l WHERE l.channel_id = c.id AND l.lease_until > 0) AS BIGINT) AS busy_until
FROM channels c JOIN deliveries d ON d.id = (
    SELECT x.id FROM deliveries x
    WHERE x.channel_id = c.id AND x.state IN ('queued', 'waiting', 'unknown', 'sending')
        AND (x.follows = '' OR x.state IN ('unknown', 'sending')
            OR EXISTS (SELECT 1 FROM deliveries b WHERE b.id = x.follows AND b.state IN ('sent', 'correcting', 'corrected')))
    ORDER BY x.position LIMIT 1
)
WHERE c.state <> 'paused';

-- name: Amendments :many
-- Amendments lists what is out and to be corrected in place or taken down.
SELECT sqlc.embed(d), sqlc.embed(c),
    CAST((SELECT coalesce(max(l.lease_until), 0) FROM deliveries l WHERE l.channel_id = c.id AND l.lease_until > 0) AS BIGINT) AS busy_until
FROM deliveries d JOIN channels c ON c.id = d.channel_id
WHERE d.state IN ('correcting', 'withdrawing') AND (d.state = 'withdrawing' OR d.wanted <> '') AND c.state <> 'paused'
ORDER BY d.next_at, d.id LIMIT 100;

-- name: ClaimDelivery :many
-- ClaimDelivery takes a delivery as it was seen. Of two workers that saw it the second finds it changed.
UPDATE deliveries SET
    state = CASE WHEN state IN ('queued', 'waiting') THEN 'sending' ELSE state END,
    attempts = attempts + 1,
    first_at = CASE WHEN first_at = 0 THEN sqlc.arg(now) ELSE first_at END,
    claimed_at = sqlc.arg(now),
    paced_at = CASE WHEN CAST(sqlc.arg(paced_at) AS BIGINT) > 0 THEN CAST(sqlc.arg(paced_at) AS BIGINT) ELSE paced_at END,
    lease_owner = sqlc.arg(owner),
    lease_until = sqlc.arg(until)
WHERE id = sqlc.arg(id) AND attempts = sqlc.arg(number) AND lease_until <= sqlc.arg(now)
    AND state IN ('queued', 'waiting', 'unknown', 'correcting', 'withdrawing')
RETURNING *;

-- name: PostponeDelivery :execrows
-- PostponeDelivery puts off what nobody has claimed.
UPDATE deliveries SET state = sqlc.arg(state), reason = sqlc.arg(reason), next_at = sqlc.arg(next_at), attempts = attempts + 1
WHERE id = sqlc.arg(id) AND attempts = sqlc.arg(number) AND lease_until <= sqlc.arg(now) AND state IN ('queued', 'waiting');

-- name: AddAttempt :exec
INSERT INTO attempts (delivery_id, number, kind, at, ended_at, outcome, detail, hash, answer, found)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (delivery_id, number) DO UPDATE SET ended_at = excluded.ended_at, outcome = excluded.outcome, detail = excluded.detail,
    answer = excluded.answer, found = excluded.found;

-- name: StaleDeliveries :many
-- StaleDeliveries are those under the lease of a worker that is gone.
SELECT * FROM deliveries
WHERE lease_until > 0 AND (lease_until <= sqlc.arg(now) OR (lease_owner = sqlc.arg(owner) AND lease_owner <> ''));

-- name: RecoverDelivery :execrows
UPDATE deliveries SET state = sqlc.arg(state), reason = sqlc.arg(reason), doubt_at = sqlc.arg(doubt_at), duplicate = sqlc.arg(duplicate),
    looks = sqlc.arg(looks), next_at = sqlc.arg(next_at), claimed_at = 0, lease_owner = '', lease_until = 0
WHERE id = sqlc.arg(id) AND attempts = sqlc.arg(number);

-- name: SettleDelivery :execrows
UPDATE deliveries SET state = sqlc.arg(state), remote_id = sqlc.arg(remote_id), remote_url = sqlc.arg(remote_url),
    reason = sqlc.arg(reason), next_at = sqlc.arg(next_at), first_at = sqlc.arg(first_at), doubt_at = sqlc.arg(doubt_at),
    duplicate = sqlc.arg(duplicate), tries = sqlc.arg(tries), looks = sqlc.arg(looks), sent_at = sqlc.arg(sent_at),
    wanted = sqlc.arg(wanted), corrected = sqlc.arg(corrected), health = sqlc.arg(health), checked_at = sqlc.arg(checked_at),
    remark = sqlc.arg(remark), dismissed_at = CASE WHEN remark = sqlc.arg(remark) THEN dismissed_at ELSE 0 END,
    check_at = sqlc.arg(check_at), touched_seq = CASE WHEN CAST(sqlc.arg(touched_seq) AS BIGINT) > 0 THEN CAST(sqlc.arg(touched_seq) AS BIGINT) ELSE touched_seq END,
    claimed_at = 0, lease_owner = '', lease_until = 0
WHERE id = sqlc.arg(id) AND (
    (attempts = sqlc.arg(number) AND (state IN ('sending', 'unknown') OR (state IN ('correcting', 'withdrawing') AND claimed_at > 0)))
    OR (CAST(sqlc.arg(receipt) AS BOOLEAN) AND state IN ('queued', 'sending', 'waiting', 'unknown', 'needs_decision', 'failed', 'paused')
        AND attempts >= sqlc.arg(number))
);

-- name: SettleCorrected :execrows
-- SettleCorrected says of a post that another one, now out, corrects it.
UPDATE deliveries SET state = 'corrected',
    touched_seq = CASE WHEN CAST(sqlc.arg(touched_seq) AS BIGINT) > 0 THEN CAST(sqlc.arg(touched_seq) AS BIGINT) ELSE touched_seq END
WHERE id = sqlc.arg(id) AND state IN ('sent', 'correcting') AND wanted = '';

-- name: Receipted :one
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE channel_id = sqlc.arg(channel_id) AND remote_id = sqlc.arg(remote_id) AND id <> sqlc.arg(id)
);

-- name: DueReads :many
SELECT * FROM deliveries WHERE deliveries.check_at > 0 AND deliveries.check_at <= sqlc.arg(now) AND deliveries.state IN ('sent', 'corrected')
    AND EXISTS (SELECT 1 FROM channels c WHERE c.id = deliveries.channel_id AND c.state = 'active')
ORDER BY deliveries.check_at, deliveries.id LIMIT $1;

-- name: ClaimRead :execrows
-- ClaimRead puts the next time off; who sees the old one has it.
UPDATE deliveries SET check_at = sqlc.arg(until) WHERE id = sqlc.arg(id) AND check_at = sqlc.arg(seen) AND state IN ('sent', 'corrected');

-- name: SettleRead :execrows
UPDATE deliveries SET health = sqlc.arg(health), checked_at = sqlc.arg(checked_at), check_at = sqlc.arg(check_at),
    remark = sqlc.arg(remark), dismissed_at = CASE WHEN remark = sqlc.arg(remark) THEN dismissed_at ELSE 0 END,
    remote_url = CASE WHEN remote_url = '' THEN CAST(sqlc.arg(remote_url) AS TEXT) ELSE remote_url END,
    attempts = attempts + CAST(sqlc.arg(kept) AS BIGINT), touched_seq = CASE WHEN CAST(sqlc.arg(touched_seq) AS BIGINT) > 0 THEN CAST(sqlc.arg(touched_seq) AS BIGINT) ELSE touched_seq END
WHERE id = sqlc.arg(id) AND check_at = sqlc.arg(seen) AND attempts = sqlc.arg(number) AND state IN ('sent', 'corrected');

-- name: LastCall :one
-- LastCall is when the youngest call to a network began.
SELECT CAST(coalesce((SELECT max(at) FROM attempts), 0) AS BIGINT) AS ended, CAST(coalesce((SELECT max(claimed_at) FROM deliveries), 0) AS BIGINT) AS running;

-- name: HoldUnsent :many
-- HoldUnsent stops everything unsent until a person decides.
UPDATE deliveries SET state = 'needs_decision', reason = sqlc.arg(reason), claimed_at = 0, lease_owner = '', lease_until = 0,
    attempts = attempts + 1
WHERE state IN ('queued', 'waiting', 'paused', 'sending', 'unknown') RETURNING *;

-- name: Held :one
SELECT EXISTS (SELECT 1 FROM counters WHERE name = 'hold' AND value > 0);

-- name: HoldAmendments :exec
UPDATE deliveries SET state = CASE WHEN corrected <> '' THEN 'corrected' ELSE 'sent' END, wanted = '', reason = sqlc.arg(reason),
    claimed_at = 0, lease_owner = '', lease_until = 0
WHERE state IN ('correcting', 'withdrawing');

-- name: SetCounter :exec
UPDATE counters SET value = $2 WHERE name = $1;
