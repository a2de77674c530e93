"""Articles as they come in: fetched, told apart, decoded, and their words taken out."""
