"""Properties of `sitegen.markup`."""
