"""Pages opened from disk in a real browser."""
