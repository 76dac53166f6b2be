"""A web server on loopback: one origin for each site, with what real servers do (ETag, Last-Modified, 304, gzip, 404)."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

from .site import Resource, Site, html_page, rfc822

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Builder = Callable[[str, datetime], Site]

HOST = "127.0.0.1"
_SQUEEZED = ("text/", "application/xml", "application/json", "application/atom", "application/rss", "application/feed")
_MISSING = html_page(
    "<html lang='en'><head><title>Page not found</title></head><body><h1>404</h1><p>Nothing lives here.</p></body></html>",
    status=404,
)


class Server(ThreadingHTTPServer):
    """One origin. ``requests`` holds what was asked of it, as (path, status answered)."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.resources: dict[str, Resource] = {}
        self.requests: list[tuple[str, int]] = []

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx", ""
    timeout = 10
    wbufsize = -1  # head and body leave together

    def do_GET(self) -> None:
        resource = self._resource()
        tag = f'"{sha256(resource.body).hexdigest()[:16]}"'
        unchanged = resource.status == 200 and self._is_known(resource, tag)
        status = 304 if unchanged else resource.status
        self.server.requests.append((self.path, status))
        self.send_response(status)
        self.send_header("ETag", tag)
        if resource.modified:
            self.send_header("Last-Modified", rfc822(resource.modified))
        if resource.location:
            self.send_header("Location", resource.location)
        if unchanged:
            self.end_headers()
        else:
            self._send(resource)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _resource(self) -> Resource:
        known = self.server.resources
        path = self.path.partition("?")[0]
        return known.get(self.path) or known.get(path) or _MISSING

    def _is_known(self, resource: Resource, tag: str) -> bool:
        if asked := self.headers.get("If-None-Match"):
            return asked.removeprefix("W/") == tag
        since = self.headers.get("If-Modified-Since")
        return bool(since and resource.modified and resource.modified <= parsedate_to_datetime(since))

    def _send(self, resource: Resource) -> None:
        body = resource.body
        self.send_header("Content-Type", resource.content_type)
        if "gzip" in self.headers.get("Accept-Encoding", "") and resource.content_type.startswith(_SQUEEZED):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked is in ``requests``."""


@contextmanager
def serving(
    builders: Sequence[Builder], *, now: datetime | None = None, port: int = 0
) -> Iterator[list[tuple[Site, Server]]]:
    """Serve each site at an origin of its own, from ``port`` on or at any free ports, until the block ends."""
    moment = now or datetime.now(UTC)
    servers = [Server(port and port + place) for place in range(len(builders))]
    sites = [build(server.origin, moment) for build, server in zip(builders, servers, strict=True)]
    for site, server in zip(sites, servers, strict=True):
        server.resources.update(site.resources)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield list(zip(sites, servers, strict=True))
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
