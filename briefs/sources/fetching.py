"""HTTP: a page or feed by its address, politely, within bounds of time and size, and never from inside the own network.

Every hop of a redirect is checked like the first: its scheme, its address (``checked``), its host's turn (``hosts``) and, for a
page, what the site asks of robots (``robots``).
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import time
import zlib
from contextlib import asynccontextmanager, contextmanager
from contextvars import Context
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urljoin, urlsplit
from weakref import WeakValueDictionary

import httpx

from briefs.errors import FetchError, RobotsError
from briefs.sources import robots as robotstxt
from briefs.sources import room
from briefs.sources.addresses import masked
from briefs.sources.checked import MAX_CONNECTIONS, CheckedTransport, ForbiddenAddressError, Network
from briefs.sources.hosts import HostPausedError, Hosts
from briefs.sources.robots import PRODUCT, Robots, Rules
from briefs.sources.unpacking import Unpacker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterator
    from datetime import datetime

MAX_BYTES = 10_000_000  # of a body, as sent and as unpacked
MAX_PAGE_BYTES = 5_000_000  # of a page: many are read at one time
MAX_REDIRECTS = 5
TOTAL_SECONDS = 30.0  # for one address with all its redirects, its turns not counted
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
PAUSE_SECONDS = 60.0  # of a host that says "too many requests" and not for how long
MAX_RETRY_SECONDS = 30 * 86_400.0
MAX_FRESH = timedelta(days=30)  # longer promises are not believed
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
Result = TypeVar("Result")
_PERMANENT = frozenset({301, 308})
_BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response. ``url`` is where the redirects ended; a body is empty when nothing was modified."""

    url: str
    status: int
    body: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    moved_to: str | None = None  # where it ended, when every redirect on the way was permanent
    fresh_for: timedelta | None = None  # for how long the server promises that nothing changes; None: unstated


@dataclass(slots=True)
class _Visit:
    """One address on its way through its redirects, and the seconds left for it."""

    url: str
    seconds: float
    max_bytes: int
    cut: bool = False  # a longer body is cut and not refused
    etag: str | None = None
    last_modified: str | None = None
    page: bool = False  # robots.txt is asked
    limit: asyncio.Timeout | None = None  # while something is asked and answered

    @property
    def validators(self) -> dict[str, str]:
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        # A header holds ASCII only; a validator that a server wrote otherwise cannot be sent back.
        return {name: value for name, value in headers.items() if value and value.isascii() and value.isprintable()}

    @asynccontextmanager
    async def timed(self) -> AsyncIterator[None]:
        """Count the time in which something is asked and answered."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self.seconds) as self.limit:
                yield
        finally:
            self.seconds -= time.perf_counter() - started

    async def take_room(self, size: int) -> None:
        """Wait until a piece may be held; it is no fault of the address that others are held yet."""
        assert self.limit is not None
        loop, started = asyncio.get_running_loop(), time.perf_counter()
        left = (self.limit.when() or 0.0) - loop.time()
        self.limit.reschedule(None)
        try:
            await room.take(size)
        finally:
            self.limit.reschedule(loop.time() + left)
            self.seconds += time.perf_counter() - started


def run(fetching: Coroutine[Any, Any, Result]) -> Result:
    """Run what fetches to its end, in a thread that has no event loop. Use it instead of asyncio.run.

    It has a context of its own: in the one of a simulated Discord ``time.monotonic`` stands still, and no wait would ever end.
    """
    return Context().run(asyncio.run, fetching)


class Fetcher:
    """Fetches addresses over one pool of connections; an async context manager.

    ``contact`` (an address or mail of the operator) is shown to publishers; ``allow`` names networks of the own house that
    may be read all the same; ``seconds`` bounds one address with its redirects, not the wait for its host's turn. ``hosts``
    and ``robots`` remember from one fetcher to the next.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        allow: tuple[Network, ...] = (),
        seconds: float = TOTAL_SECONDS,
        max_bytes: int = MAX_BYTES,
        hosts: Hosts | None = None,
        robots: Robots | None = None,
    ) -> None:
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._hosts = hosts or Hosts()
        self._robots = robots or Robots()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # origins, for their robots.txt
        self._sockets = asyncio.Semaphore(MAX_CONNECTIONS)
        self.room = room.Room()  # for whoever has much fetched at a time
        self._client = httpx.AsyncClient(
            transport=CheckedTransport(allow),
            headers={"User-Agent": _user_agent(contact), "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=None),
            # No cookie is kept: one server's visit must not be told to another.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            event_hooks={"response": [_set_location_aside]},
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, robots: bool = False
    ) -> Fetched:
        """Get an address; with ``etag`` or ``last_modified`` only if it changed since.

        ``robots``: it is a page, and read only if its site's robots.txt allows it. Raises RobotsError when it does not, and
        FetchError for any other failure, also when robots.txt itself fails.
        """
        most = min(self._max_bytes, MAX_PAGE_BYTES) if robots else self._max_bytes
        visit = _Visit(url, self._seconds, most, etag=etag, last_modified=last_modified, page=robots)
        with _failures_named(url):
            return await self._follow(visit)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Return the addresses of the sitemaps that a site's robots.txt names. Raises FetchError for no web address."""
        with _failures_named(url):
            _check_scheme(url, url)
            return (await self._rules(url)).sitemaps

    async def _follow(self, visit: _Visit) -> Fetched:
        hop, status, permanent = visit.url, None, True
        for hops in range(MAX_REDIRECTS + 1):
            _check_scheme(hop, visit.url)
            spacing = await self._allowed(hop, visit) if visit.page else 0.0
            async with self._answer(hop, visit, spacing) as response:
                location = response.extensions.get("location")
                if location is None:
                    fetched = await _received(response, visit)
                    return replace(fetched, moved_to=fetched.url) if hops and permanent else fetched
                status = response.status_code
                permanent = permanent and status in _PERMANENT
                hop = next_hop(hop, location)
        message = f"{masked(visit.url)} redirects more than {MAX_REDIRECTS} times. Give its final address."
        raise FetchError(message, source=visit.url, status=status)

    @asynccontextmanager
    async def _answer(self, hop: str, visit: _Visit, spacing: float) -> AsyncIterator[httpx.Response]:
        """Ask one hop, in its host's turn."""
        host = _host(hop)
        async with (
            self._hosts.turn(host, spacing=spacing),
            self._sockets,
            visit.timed(),
            self._client.stream("GET", hop, headers=visit.validators) as response,
        ):
            if response.status_code in _BUSY:
                self._pause(host, response)
            yield response

    def _pause(self, host: str, response: httpx.Response) -> None:
        seconds = _retry_after(response.headers)
        if seconds is None and response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            seconds = PAUSE_SECONDS
        if seconds:
            self._hosts.pause(host, seconds)

    # ------------------------------------------------------------------------------------------------------ robots.txt
    async def _allowed(self, hop: str, visit: _Visit) -> float:
        """Check that a page may be read, and return the seconds its site wants between two."""
        rules = await self._rules(hop)
        if rules.allow(hop):
            return rules.delay
        if rules.problem:
            message = f"{masked(visit.url)} was not read, since its robots.txt may forbid it: {rules.problem}"
            raise FetchError(message, source=visit.url)
        message = f"{masked(visit.url)} asks robots not to read it (robots.txt). Use a feed of its site, or ask its publisher."
        raise RobotsError(message, source=visit.url)

    async def _rules(self, url: str) -> Rules:
        """Return what a site's robots.txt says; many pages of one site ask for it once."""
        origin = _origin(url)
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:
            rules = self._robots.of(origin)
            if rules is None:
                rules = await self._asked(f"{origin}/robots.txt")
                self._robots.remember(origin, rules)
            return rules

    async def _asked(self, address: str) -> Rules:
        visit = _Visit(address, self._seconds, robotstxt.MAX_BYTES, cut=True)
        try:
            with _failures_named(address):
                fetched = await self._follow(visit)
        except FetchError as error:
            return robotstxt.failed(error)
        return robotstxt.parse(fetched.body, fetched.url)


# ------------------------------------------------------------------------------------------------------------- requests
def _user_agent(contact: str | None) -> str:
    shown = "".join(
        character if " " <= character <= "~" else "?" for character in contact or ""
    )  # as a header can hold it
    return f"{PRODUCT}/0.1 (news briefing bot{f'; {shown}' if shown else ''})"


def _check_scheme(hop: str, url: str) -> None:
    parts = urlsplit(hop)
    _ = parts.port  # an impossible one raises ValueError
    if parts.scheme in ("http", "https") and parts.hostname:
        return
    what = "is no web address" if hop == url else "redirects to something that is no web address"
    raise FetchError(f"{masked(url)} {what}. Give one that begins with https:// or http://.", source=url)


def next_hop(hop: str, location: str) -> str:
    """Return where a redirect leads; a user name and password go along to the same server, and to its secure side."""
    target = urljoin(hop, location)
    here, there = httpx.URL(hop), httpx.URL(target)
    if not here.userinfo or there.userinfo or there.host != here.host:
        return target
    secured = (here.scheme, here.port, there.scheme, there.port) == ("http", None, "https", None)
    same = (here.scheme, here.port) == (there.scheme, there.port)
    return str(there.copy_with(userinfo=here.userinfo)) if same or secured else target


def _host(url: str) -> str:
    """Return the host and port that are connected to: "example.com:443"."""
    parts = httpx.URL(url)
    return f"{parts.raw_host.decode().rstrip('.')}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def _origin(url: str) -> str:
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.netloc.decode()}"


# ------------------------------------------------------------------------------------------------------------ responses
async def _set_location_aside(response: httpx.Response) -> None:
    """Keep from httpx where a redirect leads: it would judge the address itself, with errors of its own."""
    if response.has_redirect_location:
        response.extensions["location"] = response.headers.pop("Location")


async def _received(response: httpx.Response, visit: _Visit) -> Fetched:
    _check_status(response, visit.url)
    headers = response.headers
    not_modified = response.status_code == httpx.codes.NOT_MODIFIED
    return Fetched(
        url=str(response.url),
        status=response.status_code,
        body=b"" if not_modified else await _body(response, visit),
        content_type=headers.get("Content-Type"),
        # A 304 may leave the validators out: those it was asked with still hold.
        etag=headers.get("ETag") or (visit.etag if not_modified else None),
        last_modified=headers.get("Last-Modified") or (visit.last_modified if not_modified else None),
        not_modified=not_modified,
        fresh_for=_fresh_for(headers.get("Cache-Control", "")),
    )


_STATUS_SENTENCES = {
    401: "asks for the right user name and password. They belong into the address: https://name:password@…",
    403: "refuses to be read by Debrief (403 Forbidden). Ask its publisher or use another feed.",
    404: "was not found (404). Check the address.",
    410: "is gone for good (410). The feed has ended: remove it or look for its new address.",
    429: "was asked too often (429). It will be tried again later.",
}


def _check_status(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if response.is_success or status == httpx.codes.NOT_MODIFIED:
        return
    kind = "has a problem of its own" if status >= 500 else "could not be read"
    sentence = _STATUS_SENTENCES.get(status, f"{kind} (HTTP status {status}). Try again later.")
    raise FetchError(f"{masked(url)} {sentence}", source=url, status=status, retry_after=_retry_after(response.headers))


def _retry_after(headers: httpx.Headers) -> float | None:
    """Read Retry-After as seconds; a date counts from the response's own Date, so no clock is needed."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return min(float(value), MAX_RETRY_SECONDS)
    try:
        moment: datetime = parsedate_to_datetime(value)
        seconds = (moment - parsedate_to_datetime(headers.get("Date", ""))).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), MAX_RETRY_SECONDS)


def _fresh_for(control: str) -> timedelta | None:
    """Read Cache-Control: for how long a response stays the same."""
    directives = dict(part.strip().lower().partition("=")[::2] for part in control.split(","))
    age = directives.get("max-age", "").strip('" ')
    if directives.keys() & {"no-store", "no-cache"} or not (age.isascii() and age.isdecimal()):
        return None
    return min(timedelta(seconds=int(age[:9])), MAX_FRESH)


async def _body(response: httpx.Response, visit: _Visit) -> bytes:
    """Read and unpack a body piece by piece; neither form may pass the limit."""
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""))
    most, sent, body = visit.max_bytes, 0, bytearray()
    async for piece in response.aiter_raw():
        sent += len(piece)
        unpacked = unpacker.unpack(piece, most + 1 - len(body))
        await visit.take_room(len(unpacked))
        body += unpacked
        if sent > most or len(body) > most:
            if visit.cut:
                return bytes(body[:most])
            raise FetchError(f"{masked(visit.url)} is larger than {_size(most)} and was not read.", source=visit.url)
    unpacker.finish()
    return bytes(body)


def _size(limit: int) -> str:
    return f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit:,} bytes"


# ------------------------------------------------------------------------------------------------------------- failures
@contextmanager
def _failures_named(url: str) -> Iterator[None]:
    """Turn every failure of the network into a FetchError with one plain sentence."""
    try:
        yield
    except FetchError:
        raise
    except HostPausedError as error:
        message = f"{masked(url)} was not asked: its host wants a pause. It will be tried again later."
        raise FetchError(message, source=url, status=429, retry_after=error.seconds) from error
    except (TimeoutError, httpx.TimeoutException) as error:
        raise _failure(url, "it took too long to answer. Try again later.") from error
    except ForbiddenAddressError as error:
        # Which address it is stays inside: it would tell anybody how the own network is laid out.
        message = f"{masked(url)} leads to an address inside a private network and was not read."
        raise FetchError(message, source=url) from error
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        message = f"{masked(url)} is no valid web address. Check it for typing errors."
        raise FetchError(message, source=url) from error
    except (httpx.HTTPError, OSError, zlib.error) as error:
        raise _failure(url, _reason(error)) from error


def _failure(url: str, reason: str) -> FetchError:
    return FetchError(f"{masked(url)} could not be reached: {reason}", source=url)


def _reason(error: BaseException) -> str:
    for cause in _causes(error):
        match cause:
            case socket.gaierror():
                return "its name is not known. Check the address."
            case ssl.SSLCertVerificationError():
                return "its certificate is not valid. Check the address or tell its publisher."
            case ssl.SSLError():
                return "no secure connection could be made. Check whether it begins with https:// or http://."
            case ConnectionRefusedError():
                return "the connection was refused. Check the address or try again later."
            case OSError(errno=errno.ENETUNREACH | errno.EHOSTUNREACH):
                return "no network leads there. Check the network or try again later."
            case httpx.DecodingError():
                return "it packs its answer in a way that was not asked for. Tell its publisher."
            case zlib.error():
                return "it sent broken data. Try again later."
    return "the connection broke off. Try again later."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__
