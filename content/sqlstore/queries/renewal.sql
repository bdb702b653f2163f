-- name: SetRenewal :exec
UPDATE channels SET renewal = $2, renewal_until = $3 WHERE id = $1;

-- name: EndRenewal :execrows
-- EndRenewal stores renewed credentials, unless somebody put others in their place meanwhile.
UPDATE channels SET settings = sqlc.arg(settings), renewal = '', renewal_until = 0
WHERE id = sqlc.arg(id) AND renewal = sqlc.arg(claim) AND renewal <> '' AND state <> 'disconnected';

-- name: DropRenewal :exec
UPDATE channels SET renewal = '', renewal_until = 0 WHERE id = sqlc.arg(id) AND renewal = sqlc.arg(claim);

-- name: LeaveRenewal :exec
-- LeaveRenewal lets another try begin at once and know of this one.
UPDATE channels SET renewal_until = 0 WHERE id = sqlc.arg(id) AND renewal = sqlc.arg(claim);
