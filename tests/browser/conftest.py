"""A real browser for pages opened from disk, with the network off.

It is the system's own Chromium, driven by Playwright. Where there is none, the tests of this
folder are left out, which the report says; under CI they fail instead.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    WebError,
    expect,
    sync_playwright,
)

from tests.chromium import find_chromium, may_be_left_out

# With each new page Chromium makes two of its own for the bar of addresses that nobody sees; they
# cost more than the page. The last list counts, so what Playwright switches off stands here again.
_SWITCHED_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "TcpPortRandomizationWin"),
    *("ThirdPartyStoragePartitioning",),
)

# No sandbox: containers run as root and allow none. The rest keeps the browser from talking.
_ARGUMENTS = (
    f"--disable-features={','.join(_SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_FOLDER = Path(__file__).parent

# How long an expectation may wait, in milliseconds. A loaded machine is slow without anything being
# wrong, and on any other none waits so long.
_PATIENCE = 60_000

PHONE, DESK = ViewportSize(width=390, height=844), ViewportSize(width=1440, height=900)

# What a page stores is gone before the next one runs a script.
_NOTHING_KEPT = "try { localStorage.clear(); sessionStorage.clear(); } catch { /* no store */ }"


@dataclass  # no slots: Playwright hangs an attribute on whose method it calls
class Log:
    """What pages of one test did that a reader would not see.

    `console` holds every message as "type: text"; `errors` exceptions that no script caught, and
    messages of type error (a broken security policy is one); `requests` the addresses of everything
    asked for that is not a file; `files` the paths of files, in order. `expected` are the
    beginnings of addresses that a test serves itself.
    """

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list, compare=False)
    expected: list[str] = field(default_factory=list, compare=False)
    is_over: bool = field(default=False, compare=False)

    def clear(self) -> None:
        """Forget everything, and what still comes: for the end of a test that wanted it."""
        self.is_over = True  # what is tried again may fail again, at any moment until it is closed
        self.console.clear()
        self.errors.clear()
        self.requests.clear()
        self.files.clear()

    def on_console(self, message: ConsoleMessage) -> None:
        """Note a message on the console."""
        if self.is_over:
            return
        self.console.append(f"{message.type}: {message.text}")
        if message.type == "error":
            self.errors.append(message.text)

    def on_page_error(self, error: Error) -> None:
        """Note an exception that no script caught."""
        if not self.is_over:
            self.errors.append(str(error))

    def on_request(self, request: Request) -> None:
        """Note a request for a file, or for anything but data within the page."""
        if self.is_over:
            return
        if request.url.startswith(("file:", *self.expected)):
            self.files.append(urlsplit(request.url).path)
        elif not request.url.startswith("data:"):
            self.requests.append(request.url)


class OpenPage(Protocol):
    """The type of the fixture `open_page`."""

    def __call__(self, file: Path, fragment: str = "") -> Page:
        """Open `file` from disk, at `fragment`."""


class Look(Protocol):
    """The type of the fixture `look`."""

    def __call__(
        self,
        file: Path,
        size: ViewportSize = DESK,
        *,
        is_still: bool = False,
        has_script: bool = True,
        has_policy: bool = True,
    ) -> Page:
        """Open `file` from disk on a screen of `size`; `is_still` asks for no motion."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of this folder where there is no browser for them."""
    if not may_be_left_out():
        return
    left_out = [item for item in items if _FOLDER in item.path.parents]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _FOLDER not in item.path.parents]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium, started once for all tests."""
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("there is no Chromium, and under CI browser tests are not left out")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        environment: dict[str, str | float | bool] = {
            **os.environ,
            "FONTCONFIG_FILE": str(_FOLDER / "fonts.conf"),
        }
        browser = playwright.chromium.launch(
            executable_path=chromium, args=_ARGUMENTS, env=environment
        )
        yield browser
        browser.close()


@pytest.fixture
def log() -> Log:
    """Return the log of this test's pages."""
    return Log()


@pytest.fixture
def context(browser: Browser, log: Log) -> Iterator[BrowserContext]:
    """Return a fresh profile, offline; every page opened in it is logged.

    The test fails at its end if the log then holds an error or a request to the network.
    """
    context = browser.new_context(offline=True)
    with _logged(context, log):
        yield context
        context.close()
    _check(log)


@contextmanager
def _logged(context: BrowserContext, log: Log) -> Iterator[None]:
    """Log what the pages of a profile do."""

    def on_web_error(found: WebError) -> None:
        log.on_page_error(found.error)

    context.on("console", log.on_console)
    context.on("weberror", on_web_error)
    context.on("request", log.on_request)
    yield
    context.remove_listener("console", log.on_console)
    context.remove_listener("weberror", on_web_error)
    context.remove_listener("request", log.on_request)


def _check(log: Log) -> None:
    """Fail if the log holds an error or a request to the network."""
    assert not log.errors, "scripts or policies failed"
    assert not log.requests, "the page asked for something that is not a file"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty page; `open_page` opens a file in it."""
    return context.new_page()


@pytest.fixture
def open_page(page: Page) -> OpenPage:
    """Return a function that opens a file in `page` the way a double-click does."""

    def open_file(file: Path, fragment: str = "") -> Page:
        page.goto(file.resolve().as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    return open_file


@pytest.fixture(scope="session")
def kept_pages(browser: Browser) -> Callable[[bool, bool], Page]:
    """Return a function that gives the page kept for pages with or without script and policy."""

    @cache
    def page(has_script: bool, has_policy: bool) -> Page:
        context = browser.new_context(
            offline=True, java_script_enabled=has_script, bypass_csp=not has_policy
        )
        context.add_init_script(_NOTHING_KEPT)
        return context.new_page()

    return page


@pytest.fixture
def look(kept_pages: Callable[[bool, bool], Page], log: Log) -> Iterator[Look]:
    """Return a function that opens a file in a page that was there before.

    To make a new page costs more than to open most files in it. This is for tests that look at
    one file after the other: nothing stored lasts from file to file, and the mouse is not to be
    moved. Who follows a reader takes a fresh profile, with `open_page`. What the log holds at the
    end fails the test as it does there.
    """
    pages: set[Page] = set()
    with ExitStack() as logs:

        def open_file(
            file: Path,
            size: ViewportSize = DESK,
            *,
            is_still: bool = False,
            has_script: bool = True,
            has_policy: bool = True,
        ) -> Page:
            page = kept_pages(has_script, has_policy)
            if page not in pages:
                pages.add(page)
                logs.enter_context(_logged(page.context, log))
            page.set_viewport_size(size)
            page.emulate_media(
                media="null",
                color_scheme="null",
                forced_colors="null",
                reduced_motion="reduce" if is_still else "null",
            )
            page.goto(file.resolve().as_uri())
            return page

        yield open_file
    _check(log)


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing of it, keeping connections as servers of sites do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    """Serves a page's files at once, and does not wait for connections kept open."""

    request_queue_size = 128
    block_on_close = False


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone, and give its address."""
    server = _Server(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def serve(context: BrowserContext, log: Log) -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder on this machine alone and returns its address.

    The browser may then reach that address, which the log takes for files; nothing else answers.
    """
    with ExitStack() as servers:

        def start(folder: Path) -> str:
            address = servers.enter_context(served(folder))
            log.expected.append(f"{address}/")
            context.set_offline(False)
            return address

        yield start
