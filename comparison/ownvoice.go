package comparison

func ownVoices(c *Comparison) []OwnVoice { return nil }
