"""Properties of `sitegen.rules`."""
