"""The checked address: a name is resolved, judged, and connected to at the very address that was judged.

So a name cannot change its meaning between check and use
(https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable
    from concurrent.futures import Executor

MAX_CONNECTIONS = 100
_ADDRESSES_TRIED = 4
_NAT64 = ip_network("64:ff9b::/96")
# What some Python versions, or all, take for public (https://www.iana.org/assignments/iana-ipv4-special-registry).
_INNER = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments; one cloud's metadata are at 192.0.0.192
        "192.88.99.0/24",  # relays from IPv6 to IPv4
        "168.63.129.16/32",  # another cloud's metadata
        "fec0::/10",  # site-local, before there was fc00::/7
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)

_Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class ForbiddenAddressError(Exception):
    """A name leads only to addresses that may not be read."""


@cache
def _ssl_context() -> ssl.SSLContext:
    """Load the certificates once; it takes longer than to fetch a page."""
    return httpx.create_ssl_context()


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that resolves and checks each name itself."""

    def __init__(self, allow: tuple[Network, ...]) -> None:
        context = _ssl_context()
        super().__init__(verify=context)
        # Looking a name up holds a thread. The event loop's own are few, and busy with other work.
        self._names = ThreadPoolExecutor(MAX_CONNECTIONS, "names")
        # httpx has no public way to give its pool a network backend; httpcore's is
        # https://www.encode.io/httpcore/network-backends/
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=20,
            keepalive_expiry=5.0,
            http2=True,
            network_backend=_CheckedBackend(allow, self._names),
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await super().aclose()
        self._names.shutdown(wait=False, cancel_futures=True)


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name, refuses inner addresses, and connects to the address it has checked."""

    def __init__(self, allow: tuple[Network, ...], names: Executor) -> None:
        self._allow = allow
        self._names = names
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
            look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
            found = await asyncio.get_running_loop().run_in_executor(self._names, look_up)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
        permitted = [address for address in addresses if is_permitted(address, self._allow)]
        if addresses and not permitted:
            raise ForbiddenAddressError(", ".join(addresses))
        return permitted[:_ADDRESSES_TRIED]

    async def sleep(self, seconds: float) -> None:
        """Wait, between tries to connect."""
        await asyncio.sleep(seconds)


def is_permitted(address: str, allow: tuple[Network, ...] = ()) -> bool:
    """Say whether an address is public, or inside a network that is allowed; IPv4 inside IPv6 counts as itself."""
    outer = ip_address(address.partition("%")[0])
    return all(
        any(inner in network for network in allow)
        or (
            inner.is_global
            and not (inner.is_multicast or inner.is_reserved or inner.is_unspecified or _is_inner(inner))
        )
        for inner in _meant(outer)
    )


def _is_inner(address: _Address) -> bool:
    return any(address in network for network in _INNER)


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
