"""Tests of `sitegen.incremental`."""
