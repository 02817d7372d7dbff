package story

import (
	"encoding/binary"
	"errors"
	"math"

	"onrecord/text"
)

// ErrSketch is wrapped by the error of a sketch that is not as Add made it.
var ErrSketch = errors.New("not a sketch of an article")

// sketch is what an article is compared by.
type sketch struct {
	dated bool
	days  float64     // since 1970, where dated
	terms []weight    // the heaviest first
	runs  []quotedRun // without spans where it was kept
}

// sketch makes that of an article with its terms.
func (g *Grouper) sketch(a Article, found map[string]term) sketch {
	s := sketch{dated: !a.Published.IsZero(), terms: g.weigh(found), runs: quotedRuns(a.Text)}
	if s.dated {
		s.days = float64(a.Published.Unix()) / (24 * 60 * 60)
	}
	return s
}

// Bytes of a sketch: the date, of which not a number is none; the number of
// terms; each with its weight; the quoted runs.
const (
	dateBytes = 8
	termBytes = 4 + 2
	runBytes  = 8
)

func (s *sketch) bytes() []byte {
	days := math.NaN()
	if s.dated {
		days = s.days
	}
	b := make([]byte, 0, dateBytes+1+len(s.terms)*termBytes+len(s.runs)*runBytes)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(days))
	b = append(b, byte(len(s.terms)))
	for _, w := range s.terms {
		b = binary.LittleEndian.AppendUint32(b, w.term)
		b = binary.LittleEndian.AppendUint16(b, uint16(math.Round(float64(w.value)*scale)))
	}
	for _, r := range s.runs {
		b = binary.LittleEndian.AppendUint64(b, r.hash)
	}
	return b
}

func parseSketch(b []byte) (s sketch, err error) {
	if len(b) < dateBytes+1 {
		return s, ErrSketch
	}
	s.days = math.Float64frombits(binary.LittleEndian.Uint64(b))
	s.dated = !math.IsNaN(s.days)
	n := int(b[dateBytes])
	b = b[dateBytes+1:]
	if len(b) < n*termBytes || (len(b)-n*termBytes)%runBytes != 0 {
		return s, ErrSketch
	}
	s.terms = make([]weight, n)
	for i := range s.terms {
		s.terms[i] = weight{binary.LittleEndian.Uint32(b), float32(float64(binary.LittleEndian.Uint16(b[4:])) / scale)}
		b = b[termBytes:]
	}
	for ; len(b) > 0; b = b[runBytes:] {
		s.runs = append(s.runs, quotedRun{hash: binary.LittleEndian.Uint64(b), span: text.Span{}})
	}
	return s, nil
}
