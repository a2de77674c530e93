"""Tests of `sitegen.dates`."""
