"""Unit tests of what shows a site while it is written."""
