"""One test module per module of sitegen."""
