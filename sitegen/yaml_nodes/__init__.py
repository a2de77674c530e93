"""YAML text as plain data whose scalars are all text, and the places of its fields on demand.

Nothing here knows what a note is or which fields it has.
"""

from sitegen.yaml_nodes.front_matter import FrontMatter, split_front_matter
from sitegen.yaml_nodes.nodes import Data, FieldPath, as_written, value_at
from sitegen.yaml_nodes.parsing import MAX_DEPTH, NO_VALUE
from sitegen.yaml_nodes.plain_data import read_sound_yaml
from sitegen.yaml_nodes.reading import Locations, read_yaml

__all__ = [
    "MAX_DEPTH",
    "NO_VALUE",
    "Data",
    "FieldPath",
    "FrontMatter",
    "Locations",
    "as_written",
    "read_sound_yaml",
    "read_yaml",
    "split_front_matter",
    "value_at",
]
