"""The files of a site that are no pages: its dataset, and what its scripts load on first use."""
