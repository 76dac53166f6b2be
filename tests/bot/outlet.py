"""An outlet on loopback: a few pages and feeds, which a test may change or take away at any time."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import TYPE_CHECKING

from simulated import NOON

from briefs.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = Options(fetch_allow=(ip_network("127.0.0.0/8"),), host_spacing=0)
TEXT = (
    "The {what} of Larvik was opened on Monday by Ada Berg, who thanked the builders for two years of work. "
    "It had been closed since a storm tore away its roof. The town paid for half of it, and the county for the rest. "
    "Visitors may come every day but Sunday, and children need no ticket. A café is to follow before the summer."
)


class Outlet(ThreadingHTTPServer):
    """What it serves: path → (status, type, body). A status can be set for all of it, as when a site breaks down."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.status: int | None = None
        self.asked: list[str] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def serve(self, path: str, body: str, *, kind: str = "text/html", status: int = 200) -> str:
        """Serve a page; return its address."""
        self.pages[path] = (status, kind, body.encode())
        return self.url + path

    def feed(self, path: str, title: str, *names: str, whole: bool = True) -> str:
        """Serve a feed with an article for each name; ``whole`` False: only a teaser, and no page behind it."""
        items = "".join(self._item(name, number, whole=whole) for number, name in enumerate(names))
        head = f"<title>{title}</title><link>{self.url}/</link><description>-</description><language>en</language>"
        body = f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{head}{items}</channel></rss>'
        return self.serve(path, body, kind="application/rss+xml")

    def _item(self, name: str, number: int, *, whole: bool) -> str:
        body = f"<content:encoded>{TEXT.format(what=name)}</content:encoded>" if whole else ""
        date = format_datetime(NOON - timedelta(hours=1 + number))
        link = f"{self.url}/news/{name.replace(' ', '-')}"
        return (
            f"<item><title>{name.title()} opens in Larvik</title><guid>{link}</guid><link>{link}</link>"
            f"<author>Ada Penn</author><pubDate>{date}</pubDate>"
            f"<description>The {name} of Larvik was opened…</description>{body}</item>"
        )

    def home(self, *feeds: tuple[str, str]) -> str:
        """Serve a home page that names these feeds (path, title)."""
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">' for path, title in feeds
        )
        return self.serve(
            "/", f"<html><head><title>Larvik Post</title>{links}</head><body><p>Welcome.</p></body></html>"
        )


class _Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, kind, body = self.server.pages.get(self.path, (404, "text/plain", b"nothing here"))
        self.send_response(self.server.status or status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def publishing() -> Iterator[Outlet]:
    """Run an outlet until the block ends."""
    server = Outlet()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
