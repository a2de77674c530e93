"""What is answered to a browser: the files of the site, and the news for its open pages.

Nothing is kept by the browser, and nothing is given to pages from elsewhere: notes that are being
written are nobody's business.
"""

from __future__ import annotations

import mimetypes
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn import Config, Server

from sitegen.serving.addresses import HOSTS
from sitegen.serving.live_pages import (
    EVENTS,
    SCRIPT,
    STYLE,
    asset,
    live_page,
    not_found_page,
    waiting_page,
)
from sitegen.serving.news import News
from sitegen.urls import NOT_FOUND

# A system's own table may say otherwise, and browsers run no script that is sent as plain text.
_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
_HEADERS: Final = {
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
}
_GRACE: Final = 2  # seconds in which answers that have begun may end


class SiteServer(Server):
    """A server whose open pages are let go when it is to end, so that it can."""

    def __init__(self, site: Path, news: News) -> None:
        """Serve what stands in the folder `site`, which may not be there yet."""
        settings = Config(
            make_app(site, news),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(settings)
        self._news = news

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let the open pages go, then wait until all has been answered."""
        self._news.close()
        await super().shutdown(sockets)


def make_app(site: Path, news: News) -> Starlette:
    """Return what answers for the site in a folder."""

    def events(request: Request) -> Response:
        if request.method == "HEAD":  # which waits for no news
            return Response(media_type="text/event-stream")
        return StreamingResponse(_stream(news), media_type="text/event-stream")

    routes = [
        Route(EVENTS, events),
        *(Route(address, _asset) for address in (SCRIPT, STYLE)),
        Mount("/", _SiteFiles(site, news)),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)
    return Starlette(routes=routes, middleware=[Middleware(_WithHeaders), hosts])


async def _stream(news: News) -> AsyncIterator[str]:
    """Yield the news as server-sent events."""
    async for each in news.follow():
        yield f"data: {each}\n\n"


def _asset(request: Request) -> Response:
    path = request.url.path
    return Response(asset(path), media_type=_TYPES[Path(path).suffix])


class _SiteFiles(StaticFiles):
    """The files of the site as they stand at this moment; pages with what lets them follow it."""

    def __init__(self, site: Path, news: News) -> None:
        super().__init__(directory=site, html=True, check_dir=False)
        self._site = site
        self._news = news

    async def check_config(self) -> None:
        """Accept that there is no site yet."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file at an address, or a page that says that there is none."""
        if not self._news.version and scope["method"] in {"GET", "HEAD"}:
            page = waiting_page(self._news.faults)
            return HTMLResponse(live_page(page, ""), status_code=503)
        response = await super().get_response(path, scope)
        return self._not_found() if response.status_code == 404 else response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,  # noqa: ARG002 - the base class's
        scope: Scope,  # noqa: ARG002
        status_code: int = 200,
    ) -> Response:
        """Return a whole file, read at once: the next build may replace it while it is sent."""
        path = Path(full_path)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise HTTPException(404) from None
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        if kind == "text/html":
            return self._page(content.decode("utf-8", "replace"), status_code)
        return Response(content, status_code, media_type=kind or "application/octet-stream")

    def _not_found(self) -> Response:
        html = (self._site / NOT_FOUND).read_text(encoding="utf-8")
        return self._page(not_found_page(html), 404)

    def _page(self, html: str, status_code: int) -> Response:
        return HTMLResponse(live_page(html, self._news.version), status_code)


class _WithHeaders:
    """Adds what keeps answers out of caches and away from pages of other origins."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers)
