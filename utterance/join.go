package utterance

// Join joins the statements of articles that report the same words. Every
// statement stands in exactly one utterance. Those that the most articles
// carry come first, quoted ones before paraphrased ones, then in the order of
// the articles.
func Join(articles []Article) []Utterance {
	return nil
}
