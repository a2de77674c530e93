"""One article from the web: asked for once, followed a few steps, read up to a limit.

The address is the author's own word, so a server on this machine or in this house may be asked;
but a page out on the web cannot send us there. Nothing is sent but the address.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from msgspec import Struct, field

from sitegen import __version__
from sitegen.authoring.intake.requirements import load
from sitegen.authoring.note_files import printable
from sitegen.authoring.refusals import Refused

MOST_STEPS: Final = 5
_PIECE: Final = 1 << 16
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BY_HAND: Final = "open it in a browser, save the page or print it to PDF, and add that file"
_STATUS_WORDS: Final = {
    401: "it wants a password",
    402: "it wants to be paid",
    403: "it does not let programs read it",
    404: "there is no such page",
    410: "the page is gone",
    429: "it was asked too often",
    451: "it may not show the page, by law",
}


class Fetched(Struct, frozen=True):
    """What a server sent: the bytes unpacked, what it called them, and where they came from."""

    raw: bytes
    media_type: str
    charset: str
    address: str


class _Fetch(Struct):
    """One fetch: when it must be over, and the connections that were opened for it."""

    deadline: float
    seconds: float
    sockets: list[socket.socket] = field(default_factory=list)
    began_inside: bool | None = None  # whether the first server is on this machine or network
    is_over: bool = False

    def left(self) -> float:
        """Return the seconds that are left; refuse where there are none."""
        left = self.deadline - time.monotonic()
        if self.is_over or left <= 0:
            raise self.too_slow()
        return left

    def too_slow(self) -> Refused:
        """Return what is said where time is up."""
        return Refused(
            f"the server did not send all of it within {self.seconds:g} seconds",
            f"give it more time with --timeout, or {_BY_HAND}",
        )

    def stop(self) -> None:
        """End all that is under way: a slow server could drip bytes for ever."""
        self.is_over = True
        for each in self.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def fetch(address: str, most: int, seconds: float) -> Fetched:
    """Return what is at an address; refuse what cannot be had, with the reason.

    `most` is the limit of bytes, packed and unpacked; `seconds` that of the whole fetch, all steps
    counted in.
    """
    urllib3 = load("urllib3")
    address = checked_address(address)
    under_way = _Fetch(time.monotonic() + seconds, seconds)
    timer = threading.Timer(seconds, under_way.stop)
    timer.daemon = True
    timer.start()
    try:
        with _in_words(urllib3, address, under_way):
            return _follow(urllib3, address, most, under_way)
    finally:
        timer.cancel()
        for each in under_way.sockets:
            each.close()


def checked_address(address: str) -> str:
    """Return an address as it is asked for, without its fragment; refuse what is no web address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
        ascii_host = (host or "").encode("idna").decode() if host and ":" not in host else host
    except (ValueError, UnicodeError) as fault:
        raise Refused(f"this is no address: {printable(address)[:200]}") from fault
    if parts.scheme not in {"http", "https"} or not ascii_host:
        help_ = "an address begins with https:// or http://"
        raise Refused(f"this is no web address: {printable(address)[:200]}", help_)
    if parts.username is not None or parts.password is not None:
        raise Refused("this address holds a user name or a password", _BY_HAND)
    if any(char.isspace() or not char.isprintable() for char in address):
        raise Refused(f"this address holds white space: {printable(address)[:200]}")
    if len(address) > 4000:
        raise Refused("this address is longer than 4,000 characters")
    port = f":{parts.port}" if parts.port else ""
    netloc = f"[{ascii_host}]{port}" if ":" in ascii_host else f"{ascii_host}{port}"
    return parts._replace(netloc=netloc, fragment="").geturl()


def _follow(urllib3: Any, address: str, most: int, under_way: _Fetch) -> Fetched:
    """Ask, and go where the server sends us, a few times."""
    for step in range(MOST_STEPS + 1):
        with _asked(urllib3, address, under_way, is_sent=step > 0) as response:
            if response.status in _MOVED and response.headers.get("location"):
                address = _next_address(address, response.headers["location"])
                continue
            if response.status != 200:
                why = _STATUS_WORDS.get(response.status, "that is not the page")
                what = f"the server answered {response.status}: {why}"
                raise Refused(what, f"look at the address, or {_BY_HAND}")
            media_type, _, rest = response.headers.get("content-type", "").partition(";")
            charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
            raw = b"".join(_pieces(response, most, under_way))
            return Fetched(raw, media_type.strip().lower(), charset, address)
    raise Refused(f"the server sent us on more than {MOST_STEPS} times", _BY_HAND)


def _next_address(address: str, location: str) -> str:
    """Return where a server sends us; refuse what leads out of the web, or out of TLS."""
    # Header bytes are read as Latin-1; an address with such letters is most often UTF-8.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    try:
        following = checked_address(urljoin(address, location.strip()))
    except (Refused, ValueError) as fault:
        words = fault.message if isinstance(fault, Refused) else "it is no address"
        raise Refused(f"the server sent us on to where we do not go: {words}", _BY_HAND) from fault
    if address.startswith("https:") and following.startswith("http:"):
        raise Refused(
            "the server sent us on from https to http, where anybody can listen", _BY_HAND
        )
    return following


@contextmanager
def _asked(urllib3: Any, address: str, under_way: _Fetch, *, is_sent: bool) -> Iterator[Any]:
    """Yield the answer to one request and close its connection afterwards."""
    manager = _manager(urllib3, address, under_way, is_sent=is_sent)
    response = None
    try:
        response = manager.request(
            "GET",
            address,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(total=under_way.left()),
            headers={
                "User-Agent": f"sitegen/{__version__}",
                "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )
        yield response
    finally:
        if response is not None:
            response.close()
        manager.clear()


def _manager(urllib3: Any, address: str, under_way: _Fetch, *, is_sent: bool) -> Any:
    """Return what makes connections for one request, through a proxy where the system has one."""
    truststore = load("truststore")
    parts = urlsplit(address)
    proxy = getproxies().get(parts.scheme)
    settings = {"ssl_context": truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "num_pools": 1}
    if proxy and not proxy_bypass(parts.netloc):
        proxy = proxy if "://" in proxy else f"http://{proxy}"
        manager = urllib3.ProxyManager(proxy, **settings)
        is_sent = False  # the address at the other end is the proxy's
    else:
        manager = urllib3.PoolManager(**settings)
    pools = (urllib3.HTTPConnectionPool, urllib3.HTTPSConnectionPool)
    manager.pool_classes_by_scheme = {
        scheme: type(
            pool.__name__,
            (pool,),
            {"ConnectionCls": _watched(pool.ConnectionCls, under_way, is_sent=is_sent)},
        )
        for scheme, pool in zip(("http", "https"), pools, strict=True)
    }
    return manager


def _watched(connection: Any, under_way: _Fetch, *, is_sent: bool) -> Any:
    """Return a kind of connection that can be ended from outside and knows who is at its end."""

    def new_connection(self: Any) -> socket.socket:
        made: socket.socket = connection._new_conn(self)  # noqa: SLF001 - urllib3's hook for this
        try:
            _check_peer(made.getpeername()[0], under_way, is_sent=is_sent)
            # TLS takes the socket over; its double leads to the same connection.
            under_way.sockets.append(made.dup())
        except BaseException:
            made.close()
            raise
        return made

    return type(connection.__name__, (connection,), {"_new_conn": new_connection})


def _check_peer(peer: str, under_way: _Fetch, *, is_sent: bool) -> None:
    """Refuse to be sent from the web to a server on this machine or in this network."""
    is_inside = is_in_house(peer)
    if under_way.began_inside is None:
        under_way.began_inside = is_inside
    if is_sent and is_inside and not under_way.began_inside:
        help_ = "if that is what you want, give that address yourself"
        raise Refused("a server on the web sent us on to one in your own network", help_)


def is_in_house(peer: str) -> bool:
    """Tell whether an IP address is one that nobody outside this network can reach."""
    address = ipaddress.ip_address(peer.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def _pieces(response: Any, most: int, under_way: _Fetch) -> Iterator[bytes]:
    """Yield what a server sends, unpacked; refuse more than is wanted, however it is packed."""
    size = 0
    while True:
        under_way.left()
        piece = response.read1(_PIECE, decode_content=True)
        if not piece:
            break
        size += len(piece)
        if size > most:
            what = f"this is longer than {most / 1e6:g} MB"
            raise Refused(what, "raise the limit with --max-size if it is an article all the same")
        yield piece
    under_way.left()


@contextmanager
def _in_words(urllib3: Any, address: str, under_way: _Fetch) -> Iterator[None]:
    """Turn what a network can do wrong into a refusal that says so."""
    faults = urllib3.exceptions
    host = urlsplit(address).netloc
    try:
        yield
    except Refused:
        raise
    except (faults.HTTPError, OSError, ValueError) as fault:
        reason = getattr(fault, "reason", None) or fault
        is_lost = isinstance(reason, faults.NewConnectionError)  # a kind of timeout to urllib3
        if under_way.is_over or (isinstance(reason, faults.TimeoutError) and not is_lost):
            raise under_way.too_slow() from fault
        raise _refusal(faults, reason, host) from fault


def _refusal(faults: Any, reason: object, host: str) -> Refused:
    """Return one clear message for a fault of the network library."""
    if isinstance(reason, faults.NameResolutionError):
        help_ = f"look at the address and at your network, or {_BY_HAND}"
        return Refused(f"there is no way to {host}: its name is not known", help_)
    if isinstance(reason, faults.NewConnectionError | faults.ProxyError):
        help_ = f"look at your network; without one, {_BY_HAND}"
        return Refused(f"there is no way to {host}: it does not answer", help_)
    if isinstance(reason, faults.SSLError | ssl.SSLError):
        help_ = f"look at the address and at your clock, or {_BY_HAND}"
        return Refused(f"{host} cannot prove who it is, so nothing was read (TLS)", help_)
    if isinstance(reason, faults.DecodeError):
        return Refused(f"what {host} sent cannot be unpacked", _BY_HAND)
    return Refused(f"the connection to {host} broke off", f"try again, or {_BY_HAND}")
