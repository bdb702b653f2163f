package sqlstore

import (
	"context"
	"fmt"

	"klartext/content"
	"klartext/content/sqlstore/db"
)

// AddMedia keeps a picture once; a second time it writes nothing.
func (s *Store) AddMedia(ctx context.Context, m content.Media, small []byte, audit content.Audit) error {
	return s.inTx(ctx, func(tx *tx) error {
		n, err := tx.AddMedia(ctx, db.AddMediaParams{
			ID: m.ID, Type: m.Type, Width: int64(m.Width), Height: int64(m.Height), Size: int64(m.Size), Sha256: m.Hash,
			Alt: encode(m.Alt), Picture: m.Bytes, Small: small, CreatedAt: ms(m.Created), CreatedBy: m.By,
		})
		if err != nil {
			return fmt.Errorf("write picture %s: %w", m.ID, err)
		}
		if n == 0 {
			return nil
		}
		return tx.audit(ctx, audit)
	})
}

// Media is a picture with its bytes.
func (s *Store) Media(ctx context.Context, id string) (content.Media, error) {
	return s.media(ctx, id, (*db.Queries).MediaPicture)
}

// SmallMedia is a picture with the bytes of its small copy.
func (s *Store) SmallMedia(ctx context.Context, id string) (content.Media, error) {
	return s.media(ctx, id, (*db.Queries).MediaSmall)
}

func (s *Store) media(ctx context.Context, id string, read func(*db.Queries, context.Context, string) ([]byte, error)) (content.Media, error) {
	m, err := s.MediaInfo(ctx, id)
	if err != nil {
		return m, err
	}
	m.Bytes, err = read(s.reader(), ctx, id) // a row never changes
	return m, missing(err, content.CodeMediaUnknown, "picture", id)
}

// MediaInfo is a picture without its bytes.
func (s *Store) MediaInfo(ctx context.Context, id string) (content.Media, error) {
	row, err := s.reader().MediaInfo(ctx, id)
	if err != nil {
		return content.Media{}, missing(err, content.CodeMediaUnknown, "picture", id)
	}
	return mediaOf(db.MediaInfosRow(row))
}

// MediaList lists the newest pictures, without their bytes.
func (s *Store) MediaList(ctx context.Context, limit int) ([]content.Media, error) {
	rows, err := s.reader().MediaInfos(ctx, int32(min(limit, 1000)))
	if err != nil {
		return nil, fmt.Errorf("list pictures: %w", classify(err))
	}
	list := make([]content.Media, 0, len(rows))
	for _, row := range rows {
		m, err := mediaOf(row)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

func mediaOf(row db.MediaInfosRow) (content.Media, error) {
	m := content.Media{
		ID: row.ID, Type: row.Type, Width: int(row.Width), Height: int(row.Height), Size: int(row.Size), Hash: row.Sha256,
		Created: at(row.CreatedAt), By: row.CreatedBy,
	}
	return m, decode(row.Alt, &m.Alt, "alt texts", row.ID)
}
