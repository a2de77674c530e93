"""A web server of a test's own, on this machine, whose every answer the test writes down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Exchange:
    """One request that waits for its answer."""

    def __init__(self, handler: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
        """Take the connection, and the event that ends the server."""
        self._handler = handler
        self.is_over = is_over
        self.headers = {name.lower(): value for name, value in handler.headers.items()}

    def answer(self, body: bytes, media_type: str = "text/html", **headers: str) -> None:
        """Answer 200 with a body; of a header's name `_` is the hyphen."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        length = {"content-length": str(len(body)), "content-type": media_type}
        self.begin(200, {**length, **given})
        self.send(body)

    def move(self, location: str, status: int = 302) -> None:
        """Send the client on."""
        self.begin(status, {"location": location, "content-length": "0"})

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Send a status and headers, and no body yet."""
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()

    def send(self, piece: bytes) -> bool:
        """Send some bytes as they are; False where nobody reads them any longer."""
        try:
            self._handler.wfile.write(piece)
            self._handler.wfile.flush()
        except OSError:
            return False
        return True

    def drip(self) -> None:
        """Send a byte now and then until nobody reads them."""
        while self.send(b"a") and not self.is_over.wait(0.01):
            pass


Answers = Mapping[str, Callable[[Exchange], object]]


class _Server(ThreadingHTTPServer):
    """A server that says nothing of clients who go away."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Yield the address of a server that gives these answers, by path; all others are 404."""
    is_over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        """Looks the answer up."""

        def do_GET(self) -> None:
            """Answer one request."""
            found = answers.get(self.path)
            if found is None:
                self.send_error(404)
            else:
                found(Exchange(self, is_over))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            is_over.set()
            server.shutdown()
            thread.join()
