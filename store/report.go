package store

import (
	"context"
	"encoding/binary"
	"fmt"
)

// Print is what an article's words are compared by with those of others.
type Print struct {
	Article int64    // row
	First   int64    // row of the first article that has these words, often this one
	Hashes  []uint32 // of some runs of words, ascending
}

// maxPrints is how many articles of a story a new one is compared with.
const maxPrints = 1000

// Prints are those of the articles of a story, in the order of arrival.
func (b *Batch) Prints(story int64) (out []Print, err error) {
	rows, err := b.tx.QueryContext(b.ctx, `SELECT r.article, r.first, r.print FROM article a JOIN report r ON r.article = a.row
		WHERE a.story = ? ORDER BY a.added, a.row LIMIT ?`, story, maxPrints)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Print
		var hashes []byte
		if err := rows.Scan(&s.Article, &s.First, &hashes); err != nil {
			return nil, explain(err)
		}
		if len(hashes)%4 != 0 {
			return nil, fmt.Errorf("%w: words of article %d", ErrCorrupt, s.Article)
		}
		for ; len(hashes) > 0; hashes = hashes[4:] {
			s.Hashes = append(s.Hashes, binary.LittleEndian.Uint32(hashes))
		}
		out = append(out, s)
	}
	return out, explain(rows.Err())
}

// Print keeps what a new article is compared by, and of which it is a copy.
func (b *Batch) Print(s Print) error {
	hashes := make([]byte, 0, 4*len(s.Hashes)) // nil would be NULL
	for _, h := range s.Hashes {
		hashes = binary.LittleEndian.AppendUint32(hashes, h)
	}
	_, err := b.change(`INSERT INTO report (article, first, print) VALUES (?, ?, ?)`, s.Article, s.First, hashes)
	return err
}

// Reports give, for each article of a story by row, the first one that has its
// words: itself, or the one whose copy it is. Articles of one report count once
// where reports are counted.
func (s *Store) Reports(ctx context.Context, story int64) (map[int64]int64, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT a.row, coalesce(r.first, a.row) FROM article a LEFT JOIN report r ON r.article = a.row WHERE a.story = ?`, story)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	out := map[int64]int64{}
	for rows.Next() {
		var article, first int64
		if err := rows.Scan(&article, &first); err != nil {
			return nil, explain(err)
		}
		out[article] = first
	}
	return out, explain(rows.Err())
}
