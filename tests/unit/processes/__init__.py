"""Tests of `sitegen.processes`."""
