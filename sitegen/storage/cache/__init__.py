"""What a build keeps for the next one, and how it knows what has changed since.

Nothing here is trusted: whatever is damaged, of another version or of another owner counts as not
there. Knows neither notes nor pages.
"""

from sitegen.storage.cache.file_digests import FileDigests
from sitegen.storage.cache.stamps import (
    Stamp,
    Stamped,
    stamp_again,
    stamp_files,
    stamp_of,
    stamps_in,
)
from sitegen.storage.cache.store import CacheFile, Sections, program_digest

__all__ = [
    "CacheFile",
    "FileDigests",
    "Sections",
    "Stamp",
    "Stamped",
    "program_digest",
    "stamp_again",
    "stamp_files",
    "stamp_of",
    "stamps_in",
]
