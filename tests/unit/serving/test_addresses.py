"""Ports: taken, free, and not for everybody."""

from __future__ import annotations

import pytest

from sitegen.authoring.refusals import Refused
from sitegen.serving.addresses import LAST_PORT, address_of, listen, next_free


def test_zero_takes_a_free_port_of_this_machine() -> None:
    """The address names the port that was found."""
    with listen(0) as listening:
        host, port = listening.getsockname()
        assert host == "127.0.0.1"
        assert address_of(listening) == f"http://127.0.0.1:{port}/"


def test_taken_port_is_refused_and_a_free_one_named() -> None:
    """The way out can be typed as it stands."""
    with listen(0) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(Refused, match=f"port {port} is taken") as refusal:
            listen(port)
    assert refusal.value.help.startswith(("the next free one: --port ", "any free one: --port 0"))


def test_no_port_comes_after_the_last() -> None:
    """There are no ports beyond 65535."""
    assert next_free(LAST_PORT) is None
