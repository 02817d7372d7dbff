package english

// The inventories of the model: a class is an index into one of them. Their
// order is part of the model's format.
var (
	tagNames = []string{"#", "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD",
		"NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN",
		"VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``"}
	labelNames = []string{"acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "auxpass", "case", "cc", "cc:preconj", "ccomp",
		"compound", "compound:prt", "conj", "cop", "csubj", "csubjpass", "dep", "det", "det:predet", "discourse", "dobj", "expl", "iobj",
		"mark", "mwe", "neg", "nmod", "nmod:npmod", "nmod:poss", "nmod:tmod", "nsubj", "nsubjpass", "nummod", "parataxis", "punct", "root", "xcomp"}
	nameKinds = []string{"", "DATE", "DURATION", "LOCATION", "MISC", "MONEY", "NUMBER", "ORDINAL", "ORGANIZATION", "PERCENT", "PERSON", "SET", "TIME"}
)

// index is the class of name in an inventory, -1 if it has none.
func index(inventory []string, name string) int {
	for i, n := range inventory {
		if n == name {
			return i
		}
	}
	return -1
}
