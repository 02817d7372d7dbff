package comparison

func framings(c *Comparison) []Framing { return nil }
