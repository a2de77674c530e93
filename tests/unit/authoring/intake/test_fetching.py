"""Articles from the web: what is asked for, how far it is followed, and every way it can fail."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator

import pytest

from sitegen.authoring.intake import fetching
from sitegen.authoring.intake.fetching import MOST_STEPS, checked_address, fetch, is_in_house
from sitegen.authoring.refusals import Refused
from tests.web import Exchange, serving

PATIENT = 60.0
SMALL = 100_000

Serve = Callable[[Callable[[Exchange], object]], str]


@pytest.fixture(autouse=True)
def _without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the test's own server directly, whatever the system's proxies are."""
    monkeypatch.setattr(fetching, "getproxies", dict)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that serves one answer and returns its address."""
    answers: dict[str, Callable[[Exchange], object]] = {}
    with serving(answers) as root:

        def add(answer: Callable[[Exchange], object]) -> str:
            answers["/page"] = answer
            return f"{root}/page"

        yield add


def test_page_comes_with_what_the_server_said_of_it(serve: Serve) -> None:
    """The bytes, their type in lower case, their charset and the address without fragment."""
    seen: dict[str, str] = {}

    def answer(exchange: Exchange) -> None:
        seen.update(exchange.headers)
        exchange.answer(b"caf\xe9", 'Text/HTML; charset="ISO-8859-1"')

    address = serve(answer)
    got = fetch(f"{address}#part", SMALL, PATIENT)
    assert (got.raw, got.media_type, got.charset) == (b"caf\xe9", "text/html", "iso-8859-1")
    assert got.address == address
    assert seen["user-agent"].startswith("sitegen/")
    assert not {"cookie", "authorization", "referer"} & seen.keys()


@pytest.mark.parametrize(("packed", "name"), [(gzip.compress, "gzip"), (zlib.compress, "deflate")])
def test_packed_page_is_unpacked(packed: Callable[[bytes], bytes], name: str, serve: Serve) -> None:
    """What a server packs for the way is unpacked here."""
    address = serve(lambda each: each.answer(packed(b"words"), content_encoding=name))
    assert fetch(address, SMALL, PATIENT).raw == b"words"


def test_server_may_send_us_on_a_few_times(serve: Serve) -> None:
    """Each step is followed, and the last address is the page's."""
    steps = iter(range(MOST_STEPS))

    def answer(exchange: Exchange) -> None:
        if next(steps, None) is None:
            exchange.answer(b"there")
        else:
            exchange.move("page")

    assert fetch(serve(answer), SMALL, PATIENT).raw == b"there"


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("/page", "more than 5 times"),
        ("file:///etc/passwd", "where we do not go"),
        ("ftp://example.org/", "where we do not go"),
        ("javascript:alert(1)", "where we do not go"),
        ("http://user:secret@127.0.0.1/", "where we do not go"),
        ("http://[::1", "where we do not go"),
    ],
)
def test_server_cannot_send_us_anywhere(location: str, message: str, serve: Serve) -> None:
    """A loop ends, and nothing but web addresses without passwords is followed."""
    with pytest.raises(Refused, match=message) as refused:
        fetch(serve(lambda each: each.move(location)), SMALL, PATIENT)
    assert "secret" not in refused.value.message + refused.value.help


def test_nobody_is_sent_from_https_to_http() -> None:
    """Where the author asked for an address that nobody can listen to, it stays so."""
    with pytest.raises(Refused, match="from https to http"):
        fetching._next_address("https://example.org/a", "http://example.org/a")
    assert fetching._next_address("http://example.org/a", "https://example.org/é") == (
        "https://example.org/é"
    )


def test_web_cannot_send_us_into_our_own_network(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The author may name a server in the house; a page out on the web may not."""
    in_house = iter([False, True])
    monkeypatch.setattr(fetching, "is_in_house", lambda _peer: next(in_house))
    asked = []

    def answer(exchange: Exchange) -> None:
        asked.append(exchange)
        exchange.move("/page")

    with pytest.raises(Refused, match="in your own network"):
        fetch(serve(answer), SMALL, PATIENT)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:192.168.0.1", True),
        ("93.184.215.14", False),
        ("2606:4700::1111", False),
    ],
)
def test_addresses_in_the_house_are_known(peer: str, expected: bool) -> None:
    """Loopback, private and link-local addresses are in the house, also when written as IPv6."""
    assert is_in_house(peer) is expected


@pytest.mark.parametrize(
    ("status", "message"),
    [(403, "does not let programs"), (404, "no such page"), (500, "500"), (204, "204")],
)
def test_answer_that_is_no_page_is_said(status: int, message: str, serve: Serve) -> None:
    """What a server answers instead of a page is said, with a way out."""
    address = serve(lambda each: each.begin(status, {"content-length": "0"}))
    with pytest.raises(Refused, match=message) as refused:
        fetch(address, SMALL, PATIENT)
    assert "browser" in refused.value.help


@pytest.mark.parametrize(
    "answer",
    [
        lambda each: each.answer(b"a" * (SMALL + 1)),
        lambda each: each.answer(gzip.compress(b"a" * 50_000_000), content_encoding="gzip"),
        lambda each: each.answer(
            gzip.compress(gzip.compress(b"a" * 50_000_000)), content_encoding="gzip, gzip"
        ),
    ],
    ids=["long", "packed", "packed twice"],
)
def test_too_much_is_refused_however_it_is_packed(
    answer: Callable[[Exchange], object], serve: Serve
) -> None:
    """The limit holds for what comes out."""
    with pytest.raises(Refused, match=r"longer than 0\.1 MB") as refused:
        fetch(serve(answer), SMALL, PATIENT)
    assert "--max-size" in refused.value.help


def _drip_body(exchange: Exchange) -> None:
    exchange.begin(200, {"content-length": "1000000"})
    exchange.drip()


def _drip_headers(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nx-slow: ")
    exchange.drip()


@pytest.mark.parametrize(
    "answer",
    [_drip_body, _drip_headers, lambda each: each.is_over.wait()],
    ids=["body", "headers", "nothing"],
)
def test_slow_server_is_left(answer: Callable[[Exchange], object], serve: Serve) -> None:
    """The time holds for all of it, however little comes at a time."""
    with pytest.raises(Refused, match=r"within 0\.3 seconds") as refused:
        fetch(serve(answer), SMALL, 0.3)
    assert "--timeout" in refused.value.help


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (lambda each: each.answer(b"no gzip", content_encoding="gzip"), "cannot be unpacked"),
        (lambda each: each.begin(200, {"content-length": "9"}), "broke off"),
        (lambda each: each.send(b"no HTTP at all"), "broke off"),
        (
            lambda each: each.begin(200, {"transfer-encoding": "chunked"}) or each.send(b"zz\r\n"),
            "broke off",
        ),
    ],
)
def test_broken_answer_is_one_clear_error(
    answer: Callable[[Exchange], object], message: str, serve: Serve
) -> None:
    """Whatever a server sends wrong, nothing but a refusal comes of it."""
    with pytest.raises(Refused, match=message):
        fetch(serve(answer), SMALL, PATIENT)


def test_server_without_tls_cannot_prove_who_it_is(serve: Serve) -> None:
    """A fault of TLS is told from other faults of the network."""
    address = serve(lambda each: each.answer(b"x")).replace("http:", "https:")
    with pytest.raises(Refused, match="cannot prove who it is"):
        fetch(address, SMALL, PATIENT)


def test_nobody_there_is_said() -> None:
    """A port at which nobody listens is no server."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # so that nobody else begins to listen there
        root = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Refused, match="does not answer") as refused:
            fetch(root, SMALL, PATIENT)
    assert "network" in refused.value.help


def test_unknown_name_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no one knows, or no network to ask in, is told from a server that is down."""

    def fail(*_: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", fail)
    with pytest.raises(Refused, match="there is no way to example"):
        fetch("http://example.org/", SMALL, PATIENT)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "http://",
        "http:///path",
        "http://[::1",
        "http://a..b/",
        f"http://{'a' * 70}.org/",
        "http://example.org:99999/",
        "http://user@example.org/",
        "https://user:secret@example.org/",
        "http://exa mple.org/",
        "http://example.org/\u202e",
        "http://example.org/\ud800",
        f"http://example.org/{'a' * 5000}",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """Nothing is asked of an address that cannot be one, or that holds a password."""
    with pytest.raises(Refused) as refused:
        checked_address(address)
    assert "secret" not in refused.value.message


def test_address_in_any_script_is_asked_for_in_ascii() -> None:
    """A host's name has an ASCII form, by which it is known everywhere."""
    assert checked_address("https://bücher.example:8443/ü?a=b#c") == (
        "https://xn--bcher-kva.example:8443/ü?a=b"
    )
    assert checked_address("http://[::1]:80/") == "http://[::1]:80/"
