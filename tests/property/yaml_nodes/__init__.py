"""Properties of `sitegen.yaml_nodes`."""
