package comparison

func timeline(c *Comparison) []Event { return nil }
