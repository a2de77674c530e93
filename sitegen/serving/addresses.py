"""Where the site is served: a port of this machine that nobody outside it can reach."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from typing import Final

from sitegen.authoring.refusals import Refused

HOST: Final = "127.0.0.1"
"""The loopback address; no other machine can ask for anything there."""

HOSTS: Final = (HOST, "localhost")
"""The names by which a browser may ask. Any other is a stranger's page that leads its own name to
this machine (DNS rebinding)."""

FIRST_PORT: Final = 8000
LAST_PORT: Final = 65535
_TRIED: Final = 100


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine; 0 takes any free port.

    Refuses a port that is taken, with the next one that is free, and one that may not be used.
    """
    try:
        return _listen(port)
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            reason = (fault.strerror or str(fault)).lower()
            help_ = f"choose another: --port {FIRST_PORT}"
            raise Refused(f"port {port} cannot be used: {reason}", help_) from fault
        free = next_free(port)
        help_ = f"the next free one: --port {free}" if free else "any free one: --port 0"
        raise Refused(f"port {port} is taken by another program", help_) from fault


def next_free(port: int) -> int | None:
    """Return the first port after this one that is free, or None where a hundred are taken."""
    for each in range(port + 1, min(port + _TRIED, LAST_PORT) + 1):
        with suppress(OSError), _listen(each):
            return each
    return None


def address_of(listening: socket.socket) -> str:
    """Return the address of the front page that is served on a socket."""
    return f"http://{HOST}:{listening.getsockname()[1]}/"


def _listen(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen()
    except OSError:
        made.close()
        raise
    return made
