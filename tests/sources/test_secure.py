"""HTTPS over loopback: HTTP/2 where the server speaks it, and only with a certificate that is valid for the name."""

from __future__ import annotations

import asyncio
import random
import ssl
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_network
from pathlib import Path

import h2.connection
import h2.events
import h2.exceptions
import httpx
import pytest
from raw_server import serving

from briefs.errors import FetchError
from briefs.sources import checked
from briefs.sources.fetching import Fetched, Fetcher
from briefs.sources.hosts import Hosts

CERTIFICATE = Path(__file__).with_name(
    "loopback.pem"
)  # for 127.0.0.1 and localhost, made for these tests, with its key
LOOPBACK = (ip_network("127.0.0.1/32"),)


@asynccontextmanager
async def secure_server(*, protocols: tuple[str, ...] = ("h2", "http/1.1")):
    """Answer with the version of HTTP that was agreed on; yields the port and the connections' protocols."""
    spoken: list[str | None] = []

    async def talk(reader, writer):
        protocol = writer.get_extra_info("ssl_object").selected_alpn_protocol()
        spoken.append(protocol)
        with suppress(h2.exceptions.H2Error):
            await (_talk_http2 if protocol == "h2" else _talk_http1)(reader, writer)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    context.set_alpn_protocols(list(protocols))
    async with serving(talk, ssl=context) as url:
        yield int(url.rpartition(":")[2]), spoken


async def _talk_http2(reader, writer):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    writer.write(connection.data_to_send())
    while data := await reader.read(65_536):
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                headers = {name: value for name, value in event.headers if name in (b":path", b"user-agent")}
                connection.send_headers(event.stream_id, [(":status", "200"), ("etag", '"1"')])
                connection.send_data(event.stream_id, b" ".join(headers.values()), end_stream=True)
        writer.write(connection.data_to_send())
        await writer.drain()


async def _talk_http1(reader, writer):
    while True:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        await writer.drain()


def reader(**options) -> Fetcher:
    return Fetcher(**{"allow": LOOPBACK, "seconds": 5, "hosts": Hosts(spacing=0, at_once=10), **options})


@pytest.fixture
def trusted(monkeypatch):
    """Trust the certificate of these tests."""
    context = httpx.create_ssl_context()
    context.load_verify_locations(CERTIFICATE)
    monkeypatch.setattr(checked, "_ssl_context", lambda: context)


async def test_http2_is_spoken_over_one_connection(trusted):
    async with secure_server() as (port, spoken), reader() as fetcher:
        url = f"https://127.0.0.1:{port}"
        first = await fetcher.fetch(f"{url}/feed")
        others = await asyncio.gather(*(fetcher.fetch(f"{url}/{number}") for number in range(5)))
    assert (first.body, first.etag) == (b"/feed Debrief/0.1 (news briefing bot)", '"1"')
    assert [each.body.split()[0] for each in others] == [f"/{number}".encode() for number in range(5)]
    assert spoken == ["h2"]


async def test_http1_is_spoken_where_the_server_knows_no_other(trusted):
    async with secure_server(protocols=("http/1.1",)) as (port, spoken), reader() as fetcher:
        fetched = await asyncio.gather(*(fetcher.fetch(f"https://127.0.0.1:{port}/{number}") for number in range(5)))
    assert {each.body for each in fetched} == {b"hello"}
    assert set(spoken) == {"http/1.1"}


async def test_a_certificate_nobody_vouches_for():
    async with secure_server() as (port, _), reader() as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(f"https://127.0.0.1:{port}/")
    assert str(caught.value) == (
        f"https://127.0.0.1:{port}/ could not be reached: its certificate is not valid. Check the address or tell its publisher."
    )


async def test_a_certificate_of_another_name(trusted, monkeypatch):
    """The address that was checked is connected to, and the name that was asked for is what the certificate must show."""
    monkeypatch.setattr(checked.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    async with secure_server() as (port, _), reader() as fetcher:
        with pytest.raises(FetchError, match="its certificate is not valid"):
            await fetcher.fetch(f"https://other.example:{port}/")
        assert (await fetcher.fetch(f"https://localhost:{port}/feed")).status == 200


async def test_whatever_is_sent_as_http2_the_error_is_one_of_ours(trusted, monkeypatch):
    """Valid answers with a few bytes changed: each is read or refused, and nothing else is raised."""
    chance = random.Random(11)
    honest = h2.connection.H2Connection.data_to_send

    def spoilt(connection, amount=None):
        data = bytearray(honest(connection, amount))
        for _ in range(chance.randint(0, 3) if data and not connection.config.client_side else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)

    monkeypatch.setattr(h2.connection.H2Connection, "data_to_send", spoilt)

    few = asyncio.Semaphore(15)

    async def outcome(url: str) -> object:
        async with few, reader(seconds=0.5) as fetcher:
            return (await asyncio.gather(fetcher.fetch(url), return_exceptions=True))[0]

    async with secure_server() as (port, _):
        outcomes = await asyncio.gather(*(outcome(f"https://127.0.0.1:{port}/") for _ in range(60)))
    assert {type(each) for each in outcomes} == {Fetched, FetchError}
