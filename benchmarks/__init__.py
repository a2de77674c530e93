"""How long builds take, and the corpora to take it on."""
