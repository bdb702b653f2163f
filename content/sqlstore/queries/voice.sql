-- name: AddQuestion :exec
INSERT INTO questions (id, receipt_hash, lang, text, about, asked_on, state, answer_entry, answer_lang, answer_version, word, decided_on)
VALUES ($1, $2, $3, $4, $5, $6, 'new', NULL, '', 0, '', '');

-- name: Questions :many
SELECT * FROM questions ORDER BY id DESC;

-- name: Question :one
SELECT * FROM questions WHERE id = $1;

-- name: QuestionByReceipt :one
SELECT * FROM questions WHERE receipt_hash = $1;

-- name: LockQuestion :one
UPDATE questions SET state = state WHERE id = $1 RETURNING *;

-- name: DecideQuestion :exec
UPDATE questions SET state = $2, answer_entry = $3, answer_lang = $4, answer_version = $5, word = $6, decided_on = $7
WHERE id = $1;

-- name: AddVote :exec
INSERT INTO votes (id, entry_id, lang, version, clear, sentence, cast_on)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Sentences :many
SELECT * FROM votes WHERE sentence <> '' ORDER BY id DESC;

-- name: Clarity :many
SELECT entry_id, lang, version,
    CAST(sum(CASE WHEN clear THEN 1 ELSE 0 END) AS BIGINT) AS yes,
    CAST(sum(CASE WHEN clear THEN 0 ELSE 1 END) AS BIGINT) AS no
FROM votes GROUP BY entry_id, lang, version ORDER BY entry_id, lang, version;
