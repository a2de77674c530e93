"""sitegen: a static research-site generator that proves every quotation."""

__version__ = "0.1.0"
