"""Tests of `sitegen.rules`."""
