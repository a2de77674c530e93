"""Compiled templates, kept from one build to the next."""

from __future__ import annotations

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from platformdirs import user_cache_path

from sitegen.libraries import versions_of


class _Compiled(BytecodeCache):
    """Compiled templates in a folder, as Python keeps compiled modules; never trusted.

    What is damaged or somebody else's, or of another source, counts as not there; what cannot be
    kept is made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(Exception):
            with (self._folder / bucket.key).open("rb") as file:
                is_own = not hasattr(os, "getuid") or os.fstat(file.fileno()).st_uid == os.getuid()
                check, content = file.read(4), file.read()
            source = bucket.checksum.encode()
            is_whole = crc32(content).to_bytes(4, "big") == check
            if is_own and is_whole and content.startswith(source):
                bucket.code = marshal.loads(content[len(source) :])  # noqa: S302 - as Python does
                return
        bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        content = bucket.checksum.encode() + marshal.dumps(bucket.code)
        with suppress(OSError):
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(handle, "wb") as file:
                file.write(crc32(content).to_bytes(4, "big") + content)
            Path(name).replace(self._folder / bucket.key)


def compiled_templates(way: str) -> BytecodeCache | None:
    """Return where templates that were compiled in one way are kept, if they can be.

    The folder is named for all that decides but their source: how they are compiled, which this
    package and `render` say, the libraries, and Python.
    """
    here = Path(__file__).parent
    modules = (*sorted(here.glob("*.py")), here.with_name("render.py"))
    made_by = b"".join(each.read_bytes() for each in modules)
    made_with = f"{versions_of(['jinja2', 'markupsafe'])} {sys.version}".encode()
    kind = sha256(made_by + made_with).hexdigest()[:16]
    with suppress(OSError, RuntimeError):  # no home, or none that can be written
        folder = user_cache_path("sitegen") / "templates" / f"{kind}-{way}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _Compiled(folder)
    return None
