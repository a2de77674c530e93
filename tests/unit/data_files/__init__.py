"""Tests of `sitegen.data_files`."""
