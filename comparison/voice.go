package comparison

func voices(c *Comparison) []Voice { return nil }
