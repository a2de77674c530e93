"""Properties of `sitegen.quotes`."""
