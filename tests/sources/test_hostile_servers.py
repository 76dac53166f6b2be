"""Servers that mean harm or are broken, over real HTTP on loopback: each a clear error, soon, and in little memory."""

from __future__ import annotations

import asyncio
import gzip
import random
import time
import tracemalloc
import zlib
from ipaddress import ip_network

import pytest
from raw_server import reply, server, serving

from briefs.errors import FetchError
from briefs.sources.fetching import MAX_BYTES, Fetched, Fetcher
from briefs.sources.hosts import Hosts

LOOPBACK = (ip_network("127.0.0.1/32"),)
SOON = 10.0  # seconds in which everything here has failed, also on a busy machine
OK = b"HTTP/1.1 200 OK\r\n"
MEGABYTE = 1_000_000

BROKE_OFF = "could not be reached: the connection broke off. Try again later."
TOO_SLOW = "could not be reached: it took too long to answer. Try again later."
BROKEN = "could not be reached: it sent broken data. Try again later."
UNASKED = "could not be reached: it packs its answer in a way that was not asked for. Tell its publisher."
NOT_SECURE = (
    "could not be reached: no secure connection could be made. Check whether it begins with https:// or http://."
)


def reader(**options) -> Fetcher:
    return Fetcher(**{"allow": LOOPBACK, "seconds": 0.4, "hosts": Hosts(spacing=0), **options})


async def refusal(url: str, **options) -> str:
    """Return what is said of a feed there, without its address; check that it comes soon and shows no token."""
    started = time.perf_counter()
    async with reader(**options) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(f"{url}/feed?token=s3cret")
    assert time.perf_counter() - started < SOON
    shown, sentence = str(caught.value).split(" ", 1)
    assert shown == f"{url}/feed?token=***"
    return sentence


def endless(start: bytes, piece: bytes, *, pause: float = 0.0):
    """Answer with a start and then with the same piece for ever."""

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return talk


def once(response: bytes):
    """Answer with these bytes and close the connection."""

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()

    return talk


# ------------------------------------------------------------------------------------------------------- slow, endless
@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (OK + b"Content-Length: 1000\r\n\r\n", b"x"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"H"),
        (OK, b"X-Slow: 1\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "status line", "headers", "100 Continue"],
)
async def test_a_byte_at_a_time(start, piece):
    async with serving(endless(start, piece, pause=0.05)) as url:
        assert await refusal(url) == TOO_SLOW


async def test_one_slow_server_does_not_hold_up_another():
    dawdling = serving(endless(OK, b"X-Slow: 1\r\n", pause=0.05))
    async with dawdling as slow, server(reply(b"hello")) as (url, _), reader() as fetcher:
        outcomes = await asyncio.gather(fetcher.fetch(slow), fetcher.fetch(url), return_exceptions=True)
    assert isinstance(outcomes[0], FetchError)
    assert outcomes[1].body == b"hello"


@pytest.mark.parametrize(
    ("start", "piece", "sentence"),
    [
        (OK + b"\r\n", b"x" * 65_536, "is larger than 10 MB and was not read."),
        (
            OK + b"Transfer-Encoding: chunked\r\n\r\n",
            b"10000\r\n" + b"x" * 65_536 + b"\r\n",
            "is larger than 10 MB and was not read.",
        ),
        (OK, b"X-More: " + b"x" * 1000 + b"\r\n", BROKE_OFF),
        (OK + b"X-Long: ", b"x" * 65_536, BROKE_OFF),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"x" * 65_536, BROKE_OFF),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-Trailer: " + b"x" * 1000 + b"\r\n", BROKE_OFF),
    ],
    ids=["body", "chunks", "headers", "one header", "a chunk's extension", "trailers"],
)
async def test_an_answer_without_an_end(start, piece, sentence):
    async with serving(endless(start, piece)) as url:
        tracemalloc.start()
        assert await refusal(url, seconds=30) == sentence
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 4 * MAX_BYTES


# -------------------------------------------------------------------------------------------------------------- packed
def bomb(encoding: str):
    """Answer with ten gigabytes of zeros in ten megabytes, packed as they are sent."""
    wbits = zlib.MAX_WBITS | 16 if encoding == "gzip" else zlib.MAX_WBITS
    packer = zlib.compressobj(9, wbits=wbits)
    start = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    assert len(again) * 10_000 < 1.1 * MAX_BYTES

    async def talk(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK + f"Content-Encoding: {encoding}\r\n\r\n".encode() + start)
        for _ in range(9_999):
            writer.write(again)
            await writer.drain()

    return talk


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_of_ten_gigabytes(encoding):
    async with serving(bomb(encoding)) as url:
        tracemalloc.start()
        assert await refusal(url, seconds=30) == "is larger than 10 MB and was not read."
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 4 * MAX_BYTES


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,gzip", "br", "zstd", "compress", "gzip, br", "x-unknown"])
async def test_a_packing_nobody_asked_for(encoding):
    packed = gzip.compress(gzip.compress(bytes(MEGABYTE)))
    async with server(reply(packed, Content_Encoding=encoding)) as (url, requests):
        assert await refusal(url) == UNASKED
    assert "accept-encoding: gzip, deflate\r\n" in requests[0].lower()


async def test_two_headers_that_name_a_packing_each():
    packed = reply(gzip.compress(gzip.compress(b"hello")), Content_Encoding="gzip")
    async with server(packed.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n", 1)) as (url, _):
        assert await refusal(url) == UNASKED


@pytest.mark.parametrize("cut", [1, 5, 12, 200])
async def test_a_packed_body_that_ends_too_early(cut):
    packed = gzip.compress(random.Random(1).randbytes(1000))[:-cut]
    async with server(reply(packed, Content_Encoding="gzip")) as (url, _):
        assert await refusal(url) == BROKEN


async def test_rubbish_after_a_packed_body_is_left_out():
    packed = gzip.compress(b"hello") + bytes(1000)
    async with server(reply(packed, Content_Encoding="gzip")) as (url, _), reader() as fetcher:
        assert (await fetcher.fetch(url)).body == b"hello"


# ----------------------------------------------------------------------------------------------------------- redirects
async def test_a_redirect_loop():
    ways = [reply(status="301 Moved", Location="/b"), reply(status="301 Moved", Location="/a")] * 5
    async with server(*ways) as (url, requests):
        assert await refusal(url) == "redirects more than 5 times. Give its final address."
    assert len(requests) == 6


@pytest.mark.parametrize(("hops", "read"), [(5, True), (6, False)])
async def test_five_redirects_are_followed_and_six_are_not(hops, read):
    ways = [reply(status="302 Found", Location=f"/{number}") for number in range(hops)]
    async with server(*ways, reply(b"hello")) as (url, _):
        if read:
            async with reader() as fetcher:
                assert (await fetcher.fetch(url)).body == b"hello"
        else:
            assert await refusal(url) == "redirects more than 5 times. Give its final address."


async def test_a_redirect_to_another_address_of_this_machine_than_the_allowed_one():
    allow = (ip_network("127.0.0.2/32"),)
    ways = reply(status="302 Found", Location="http://127.0.0.1:{port}/admin")
    async with (
        server(ways, host="127.0.0.2") as (url, _),
        server(reply(b"secret"), port=int(url.rpartition(":")[2])) as (_, asked),
    ):
        sentence = await refusal(url, allow=allow)
    assert sentence == "leads to an address inside a private network and was not read."
    assert asked == []


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://2852039166/",
        "//10.0.0.1/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:a00:1::]/",
        "http://0.0.0.0/",
    ],
)
async def test_a_redirect_to_where_a_cloud_keeps_its_secrets(location):
    async with server(reply(status="302 Found", Location=location)) as (url, _):
        sentence = await refusal(url)
    assert sentence == "leads to an address inside a private network and was not read."


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://x.example/", "javascript:1", "https:///x"]
)
async def test_a_redirect_to_no_web_address(location):
    async with server(reply(status="302 Found", Location=location)) as (url, _):
        sentence = await refusal(url)
    assert sentence == "redirects to something that is no web address. Give one that begins with https:// or http://."


@pytest.mark.parametrize("location", ["http://[::1", "http://x.example:99999/"])
async def test_a_redirect_to_a_misspelt_address(location):
    async with server(reply(status="302 Found", Location=location)) as (url, _):
        assert await refusal(url) == "is no valid web address. Check it for typing errors."


async def test_a_redirect_to_nowhere():
    async with server(reply(status="302 Found")) as (url, _):
        assert await refusal(url) == "could not be read (HTTP status 302). Try again later."


# -------------------------------------------------------------------------------------------------------------- broken
@pytest.mark.parametrize(
    "response",
    [
        OK + b"Content-Length: 100\r\n\r\nshort",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffffffffffffffff\r\nhello",
        OK + b"Content-Length: -5\r\n\r\nhello",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        OK + b"Content-Type: text/",
        b"HTTP/1.1 200",
        b"",
        b"\x15\x03\x01\x00\x02\x02\x46",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"\x00" * 1000,
        b"<rss><channel/></rss>",
    ],
    ids=[
        "cut body",
        "cut chunk",
        "no last chunk",
        "no number",
        "negative chunk",
        "a chunk too long",
        "a huge chunk",
        "negative length",
        "two lengths",
        "cut headers",
        "cut status line",
        "nothing",
        "TLS where plain is expected",
        "no status",
        "zeros",
        "no headers",
    ],
)
async def test_what_is_not_http(response):
    async with serving(once(response)) as url:
        assert await refusal(url) == BROKE_OFF


async def test_a_body_that_is_longer_than_it_says_is_read_as_far_as_it_says():
    async with server(reply(b"hello, world", Content_Length="5")) as (url, _), reader() as fetcher:
        assert (await fetcher.fetch(url)).body == b"hello"


async def test_a_plain_server_where_a_secure_one_is_expected():
    async def talk(reader, writer):
        await reader.read(1)
        writer.write(reply(b"hello"))
        await writer.drain()

    async with serving(talk) as url:
        assert await refusal(url.replace("http:", "https:")) == NOT_SECURE


async def test_whatever_is_sent_the_error_is_one_of_ours():
    """Valid answers with a few bytes changed: each is read or refused, and nothing else is raised."""
    chance = random.Random(7)
    answers = [
        reply(b"hello", ETag='"1"', Cache_Control="max-age=60"),
        reply(gzip.compress(b"hello"), Content_Encoding="gzip"),
        reply(status="301 Moved", Location="http://127.0.0.1:{port}/"),
        reply(status="503 Busy", Retry_After="Mon, 04 Mar 2024 16:15:00 GMT", Date="Mon, 04 Mar 2024 16:13:00 GMT"),
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ]

    def spoilt(number: int) -> bytes:
        answer = bytearray(answers[number % len(answers)])
        for _ in range(chance.randint(1, 4)):
            answer[chance.randrange(len(answer))] = chance.choice(b"\0\r\n :;,/%0919azAZ\xff")
        return bytes(answer)

    for number in range(100):
        async with serving(once(spoilt(number))) as url, reader(seconds=0.2) as fetcher:
            (outcome,) = await asyncio.gather(fetcher.fetch(url), return_exceptions=True)
        assert isinstance(outcome, Fetched | FetchError), outcome
