-- name: AddChange :execrows
INSERT INTO changes (id, slug, title, summary, why, materiality, effective_date, perspectives, state, author_id, note,
    created_at, updated_at, publish_at, published_at, imported, approvals_required, edition, failure, overrides, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ON CONFLICT DO NOTHING;

-- name: Change :one
SELECT * FROM changes WHERE id = $1;

-- name: LockChange :one
UPDATE changes SET edition = edition WHERE id = $1 RETURNING *;

-- name: ChangeSlugOwner :one
SELECT id FROM changes WHERE slug = $1;

-- name: Changes :many
SELECT * FROM changes ORDER BY CASE WHEN published_at = 0 THEN updated_at ELSE published_at END DESC, id DESC;

-- name: ChangesIn :many
SELECT * FROM changes WHERE state = $1 ORDER BY CASE WHEN published_at = 0 THEN updated_at ELSE published_at END DESC, id DESC;

-- name: SetChange :execrows
UPDATE changes SET slug = $2, title = $3, summary = $4, why = $5, materiality = $6, effective_date = $7, perspectives = $8,
    state = $9, note = $10, updated_at = $11, publish_at = $12, published_at = $13, approvals_required = $14, failure = $15,
    overrides = $16, hash = $18, edition = edition + 1
WHERE id = $1 AND state = $17;

-- name: UnsealedChanges :many
SELECT id FROM changes WHERE state = 'published' AND hash = '';

-- name: SealChange :exec
UPDATE changes SET hash = $2 WHERE id = $1;

-- name: DueChanges :many
SELECT id FROM changes WHERE state = 'scheduled' AND publish_at <= $1 ORDER BY publish_at, id;

-- name: ClearChangeRevisions :exec
DELETE FROM change_revisions WHERE change_id = $1;

-- name: AddChangeRevision :exec
INSERT INTO change_revisions (change_id, revision_id, position) VALUES ($1, $2, $3);

-- name: ChangeRevisions :many
SELECT cr.change_id, r.id, r.entry_id, r.lang, r.number, r.author_id, r.hash
FROM change_revisions cr JOIN revisions r ON r.id = cr.revision_id
WHERE cr.change_id = $1 ORDER BY cr.position;

-- name: AllChangeRevisions :many
SELECT cr.change_id, r.id, r.entry_id, r.lang, r.number, r.author_id, r.hash
FROM change_revisions cr JOIN revisions r ON r.id = cr.revision_id
ORDER BY cr.change_id, cr.position;

-- name: ClearChangeWithdrawals :exec
DELETE FROM change_withdrawals WHERE change_id = $1;

-- name: AddChangeWithdrawal :exec
INSERT INTO change_withdrawals (change_id, entry_id, lang, reason) VALUES ($1, $2, $3, $4);

-- name: ChangeWithdrawals :many
SELECT * FROM change_withdrawals WHERE change_id = $1 ORDER BY entry_id, lang;

-- name: AllChangeWithdrawals :many
SELECT * FROM change_withdrawals ORDER BY change_id, entry_id, lang;

-- name: AddContributor :exec
INSERT INTO change_contributors (change_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: Contributors :many
SELECT user_id FROM change_contributors WHERE change_id = $1 ORDER BY user_id;

-- name: AllContributors :many
SELECT * FROM change_contributors ORDER BY change_id, user_id;

-- name: PutApproval :exec
INSERT INTO approvals (id, change_id, user_id, hash, at, voided_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET voided_at = excluded.voided_at;

-- name: Approvals :many
SELECT a.id, a.change_id, a.user_id, u.name, a.hash, a.at, a.voided_at
FROM approvals a JOIN users u ON u.id = a.user_id WHERE a.change_id = $1 ORDER BY a.at, a.id;

-- name: AllApprovals :many
SELECT a.id, a.change_id, a.user_id, u.name, a.hash, a.at, a.voided_at
FROM approvals a JOIN users u ON u.id = a.user_id ORDER BY a.change_id, a.at, a.id;

-- name: ApprovalCounts :many
-- How many people approved what a change published: an edit would have voided it.
SELECT change_id, count(DISTINCT user_id) AS given FROM approvals WHERE voided_at = 0 GROUP BY change_id;

-- name: ApprovalCountOf :one
SELECT count(DISTINCT user_id) AS given FROM approvals WHERE voided_at = 0 AND change_id = $1;

-- name: ClearAnnouncements :exec
DELETE FROM announcements WHERE change_id = $1;

-- name: AddAnnouncement :exec
INSERT INTO announcements (change_id, channel_id, lang, text, content_warning, link, media, thread, reference) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: Announcements :many
SELECT * FROM announcements WHERE change_id = $1 ORDER BY channel_id, lang;

-- name: AllAnnouncements :many
SELECT * FROM announcements ORDER BY change_id, channel_id, lang;
