"""Tests of what sitegen does for authors, one module per module."""
