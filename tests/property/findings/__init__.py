"""Properties of what follows from the notes of a site."""
