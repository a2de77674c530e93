"""Tests of `sitegen.yaml_nodes`."""
