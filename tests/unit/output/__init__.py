"""Tests of `sitegen.output`."""
