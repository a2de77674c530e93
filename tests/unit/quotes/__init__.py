"""Tests of `sitegen.quotes`."""
