package comparison

// FindTensions is tensions.
func FindTensions(c *Comparison) []Tension { return tensions(c, creditWords(c.Reports)) }
