package comparison

func tensions(c *Comparison) []Tension { return nil }
