"""Tests of how articles come in."""
