"""Tests of `sitegen.markup`."""
