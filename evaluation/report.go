package evaluation

// PRF is precision, recall and their harmonic mean, 0 to 1.
type PRF struct {
	P  float64 `json:"p"`
	R  float64 `json:"r"`
	F1 float64 `json:"f1"`
}

// Report holds the measures of a Tally, rounded to four decimals.
type Report struct {
	ContentToken PRF          `json:"content_token"` // words that lie in any content
	CueToken     PRF          `json:"cue_token"`
	SourceToken  PRF          `json:"source_token"`
	Content      PRF          `json:"content"`       // attributions with half of the content
	Relaxed      PRF          `json:"relaxed"`       // … and a source that shares a word
	ContentExact PRF          `json:"content_exact"` // the same content words
	Exact        PRF          `json:"exact"`         // … and the same source words
	Direct       DirectReport `json:"direct"`
	Attributions struct {
		Gold      int `json:"gold"`
		Predicted int `json:"predicted"`
	} `json:"attributions"`
}

// DirectReport holds the measures of the attributions at least half of whose
// content stands between double quotation marks.
type DirectReport struct {
	Recall         float64 `json:"recall"`
	SourceAccuracy float64 `json:"source_accuracy"` // of those found
	Gold           int     `json:"gold"`
}

// Report computes the measures.
func (t Tally) Report() Report {
	r := Report{
		ContentToken: t.Content.prf(),
		CueToken:     t.Cue.prf(),
		SourceToken:  t.Source.prf(),
		Content:      Count{t.ContentRight, t.Gold, t.Predicted}.prf(),
		Relaxed:      Count{t.Relaxed, t.Gold, t.Predicted}.prf(),
		ContentExact: Count{t.ContentExact, t.Gold, t.Predicted}.prf(),
		Exact:        Count{t.Exact, t.Gold, t.Predicted}.prf(),
		Direct: DirectReport{
			Recall:         round(ratio(t.DirectFound, t.Direct)),
			SourceAccuracy: round(ratio(t.DirectSource, t.DirectFound)),
			Gold:           t.Direct,
		},
	}
	r.Attributions.Gold, r.Attributions.Predicted = t.Gold, t.Predicted
	return r
}

func (c Count) prf() PRF {
	p, r := ratio(c.Both, c.Predicted), ratio(c.Both, c.Gold)
	if c.Both == 0 {
		return PRF{P: round(p), R: round(r)}
	}
	return PRF{P: round(p), R: round(r), F1: round(2 * p * r / (p + r))}
}

// ratio is a/b, 0 where b is 0.
func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// Calibration compares the confidence of predictions with how many of them
// are right, by tenths of confidence.
type Calibration [10]CalibrationBin

// CalibrationBin counts the predictions whose confidence lies in one tenth.
type CalibrationBin struct {
	Predicted  int     `json:"predicted"`
	Right      int     `json:"right"`
	Confidence float64 `json:"confidence"` // sum over the predictions
}

// Add counts a prediction. A confidence outside 0 to 1 counts at its nearer end.
func (c *Calibration) Add(confidence float64, right bool) {
	bin := &c[min(max(int(confidence*10), 0), 9)]
	bin.Predicted++
	bin.Right += one(right)
	bin.Confidence += confidence
}

// Error is the expected calibration error: the mean distance, over all
// predictions, between a bin's mean confidence and its share of right ones.
func (c *Calibration) Error() float64 {
	n, sum := 0, 0.0
	for _, b := range c {
		n += b.Predicted
		sum += max(b.Confidence-float64(b.Right), float64(b.Right)-b.Confidence)
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
