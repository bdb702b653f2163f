-- name: AddHub :exec
INSERT INTO hub_pings (hub, ledger_seq)
SELECT CAST(sqlc.arg(hub) AS TEXT), c.value FROM counters c WHERE c.name = 'ledger'
ON CONFLICT (hub) DO NOTHING;

-- name: HubDue :one
SELECT count(*) FROM hub_pings h JOIN counters c ON c.name = 'ledger'
WHERE h.hub = $1 AND h.next_at <= sqlc.arg(now) AND h.ledger_seq < c.value;

-- name: ClaimHub :one
UPDATE hub_pings SET next_at = sqlc.arg(until)
WHERE hub = $1 AND next_at <= sqlc.arg(now)
    AND ledger_seq < (SELECT c.value FROM counters c WHERE c.name = 'ledger')
RETURNING ledger_seq, tries;

-- name: SettleHub :exec
UPDATE hub_pings SET ledger_seq = $2, tries = $3, next_at = $4 WHERE hub = $1;
