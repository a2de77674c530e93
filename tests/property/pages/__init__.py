"""Properties of what the pages of a site may see."""
