"""HTTP: a page or feed by its address, within bounds of time and size, and never from inside the own network.

Every hop of a redirect is resolved, checked and connected to the very address that was checked, so that a name cannot
change its meaning in between (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from briefs.errors import FetchError
from briefs.sources.addresses import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

MAX_BYTES = 10_000_000  # of a body, as sent and as unpacked
MAX_REDIRECTS = 5
MAX_CONNECTIONS = 100
TOTAL_SECONDS = 30.0  # for one address with all its redirects
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
_ADDRESSES_TRIED = 4
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
_NAT64 = ip_network("64:ff9b::/96")

_Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


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


class Fetcher:
    """Fetches addresses over one pool of connections; an async context manager.

    ``contact`` (an address or mail of the operator) is shown to publishers; ``allow`` names networks of the own house that
    may be read all the same.
    """

    def __init__(
        self, *, contact: str | None = None, allow: tuple[Network, ...] = (), seconds: float = TOTAL_SECONDS
    ) -> None:
        self._seconds = seconds
        self._turns = asyncio.Semaphore(MAX_CONNECTIONS)
        self._client = httpx.AsyncClient(
            transport=_CheckedTransport(allow),
            headers={"User-Agent": _user_agent(contact), "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=None),
            # No cookie is kept: one server's visit must not be told to another.
            cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Get an address; with ``etag`` or ``last_modified`` only if it changed since. FetchError."""
        validators = _validators(etag, last_modified)
        async with self._turns:
            with _failures_named(url):
                async with asyncio.timeout(self._seconds):
                    return await self._follow(url, validators)

    async def _follow(self, url: str, validators: dict[str, str]) -> Fetched:
        hop = url
        for _ in range(MAX_REDIRECTS + 1):
            _check_scheme(hop, url)
            async with self._client.stream("GET", hop, headers=validators) as response:
                if not response.has_redirect_location:
                    return await _received(response, url, validators)
                hop = urljoin(hop, response.headers["Location"])
        raise FetchError(
            f"{masked(url)} redirects more than {MAX_REDIRECTS} times. Give its final address.", source=url
        )


# ------------------------------------------------------------------------------------------------------------- requests
def _user_agent(contact: str | None) -> str:
    return f"Debrief/0.1 (news briefing bot{f'; {contact}' if contact else ''})"


def _validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def _check_scheme(hop: str, url: str) -> None:
    parts = urlsplit(hop)
    _ = parts.port  # an impossible one raises ValueError
    if parts.scheme in ("http", "https") and parts.hostname:
        return
    what = "is no web address" if hop == url else "redirects to something that is no web address"
    raise FetchError(f"{masked(url)} {what}. Give one that begins with https:// or http://.", source=url)


# ------------------------------------------------------------------------------------------------------------ responses
async def _received(response: httpx.Response, url: str, validators: dict[str, str]) -> Fetched:
    _check_status(response, url)
    not_modified = response.status_code == httpx.codes.NOT_MODIFIED
    return Fetched(
        url=str(response.url),
        status=response.status_code,
        body=b"" if not_modified else await _body(response, url),
        content_type=response.headers.get("Content-Type"),
        # A 304 may leave the validators out: those it was asked with still hold.
        etag=response.headers.get("ETag") or (validators.get("If-None-Match") if not_modified else None),
        last_modified=response.headers.get("Last-Modified")
        or (validators.get("If-Modified-Since") if not_modified else None),
        not_modified=not_modified,
    )


_STATUS_SENTENCES = {
    401: "asks for a user name and password. Put them into the address: https://name:password@…",
    403: "refuses to be read by Debrief (403 Forbidden). Ask its publisher or use another feed.",
    404: "was not found (404). Check the address.",
    410: "is gone for good (410). Remove it or look for its new address.",
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
        return float(value)
    try:
        moment: datetime = parsedate_to_datetime(value)
        return max(0.0, (moment - parsedate_to_datetime(headers.get("Date", ""))).total_seconds())
    except (TypeError, ValueError):
        return None


async def _body(response: httpx.Response, url: str) -> bytes:
    """Read and unpack a body piece by piece; neither form may pass the limit."""
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    sent, body = 0, bytearray()
    async for piece in response.aiter_raw():
        sent += len(piece)
        body += unpack(piece, MAX_BYTES + 1 - len(body)) if unpack else piece
        if sent > MAX_BYTES or len(body) > MAX_BYTES:
            raise FetchError(f"{masked(url)} is larger than {MAX_BYTES // 1_000_000} MB and was not read.", source=url)
    return bytes(body)


def _unpacker(encoding: str) -> _Unpack | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress
        case "deflate":
            return _inflate()
    raise httpx.DecodingError(f"unknown content encoding {encoding!r}")


def _inflate() -> _Unpack:
    """Unpack "deflate", which servers send with or without the zlib header it should have."""
    unpacker = None

    def unpack(piece: bytes, limit: int) -> bytes:
        nonlocal unpacker
        if unpacker is None:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS if piece[0] & 0x0F == 8 else -zlib.MAX_WBITS)
        return unpacker.decompress(piece, limit)

    return unpack


_Unpack = Callable[[bytes, int], bytes]


# ------------------------------------------------------------------------------------------------------------- failures
@contextmanager
def _failures_named(url: str) -> Iterator[None]:
    """Turn every failure of the network into a FetchError with one plain sentence."""
    try:
        yield
    except FetchError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        raise _failure(url, "it took too long to answer. Try again later.") from error
    except _ForbiddenAddressError as error:
        message = f"{masked(url)} leads to an address inside a private network ({error}) and was not read."
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
            case ConnectionRefusedError():
                return "the connection was refused. Check the address or try again later."
            case OSError(errno=errno.ENETUNREACH | errno.EHOSTUNREACH):
                return "no network leads there. Check the network or try again later."
            case zlib.error() | httpx.DecodingError():
                return "it sent broken data. Try again later."
    return "the connection broke off. Try again later."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from error.exceptions
        error = error.__cause__ or error.__context__


# ------------------------------------------------------------------------------------------------------ checked address
class _ForbiddenAddressError(Exception):
    """A name leads only to addresses that may not be read."""


class _CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that resolves and checks each name itself."""

    def __init__(self, allow: tuple[Network, ...]) -> None:
        context = httpx.create_ssl_context()
        super().__init__(verify=context)
        # httpx has no public way to give its pool a network backend; httpcore's is
        # https://www.encode.io/httpcore/network-backends/
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            http2=True,
            network_backend=_CheckedBackend(allow),
        )


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name, refuses inner addresses, and connects to the address it has checked."""

    def __init__(self, allow: tuple[Network, ...]) -> None:
        self._allow = allow
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of ``host`` that is permitted and answers."""
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in await self._permitted(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def _permitted(self, host: str, port: int) -> list[str]:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
        permitted = [address for address in addresses if is_permitted(address, self._allow)]
        if addresses and not permitted:
            raise _ForbiddenAddressError(", ".join(addresses))
        return permitted[:_ADDRESSES_TRIED]

    async def sleep(self, seconds: float) -> None:
        """Wait, between tries to connect."""
        await asyncio.sleep(seconds)


def is_permitted(address: str, allow: tuple[Network, ...] = ()) -> bool:
    """Say whether an address is public, or inside a network that is allowed; IPv4 inside IPv6 counts as itself."""
    outer = ip_address(address.partition("%")[0])
    return all(
        any(inner in network for network in allow)
        or (inner.is_global and not (inner.is_multicast or inner.is_reserved or inner.is_unspecified))
        for inner in _meant(outer)
    )


def _meant(address: _Address) -> tuple[_Address, ...]:
    """Give the IPv4 addresses that an IPv6 address stands for (mapped, NAT64, 6to4, Teredo), or the address itself."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.sixtofour:
        return (address.sixtofour,)
    return address.teredo or (address,)
