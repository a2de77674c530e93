"""Properties of what sitegen does for authors."""
