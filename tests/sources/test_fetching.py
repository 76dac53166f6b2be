"""Fetching, against a real HTTP server on loopback: what a publisher may send, and the sentence when it goes wrong."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from datetime import timedelta
from ipaddress import ip_network

import discord
import pytest
import simcord
from raw_server import SILENCE, reply, server, serving, site

from briefs.errors import FetchError
from briefs.sources import fetching, room
from briefs.sources.checked import is_permitted
from briefs.sources.fetching import MAX_BYTES, Fetched, Fetcher, run
from briefs.sources.hosts import Hosts
from briefs.sources.room import Room

LOOPBACK = (ip_network("127.0.0.1/32"),)


def reader(**options) -> Fetcher:
    """A fetcher that may read this machine and does not dawdle."""
    return Fetcher(**{"allow": LOOPBACK, "seconds": 5, "hosts": Hosts(spacing=0), **options})


async def failure(url: str, **options) -> FetchError:
    async with reader(**options) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(url)
    assert caught.value.source == url
    return caught.value


# ----------------------------------------------------------------------------------------------------------------- works
async def test_a_page_is_fetched_with_what_is_remembered_for_the_next_time():
    response = reply(b"<rss/>", Content_Type="text/xml", ETag='"1"', Last_Modified="Mon, 04 Mar 2024 16:13:00 GMT")
    async with server(response) as (url, requests), reader(contact="desk@x.example") as fetcher:
        fetched = await fetcher.fetch(f"{url}/feed")
    assert fetched == Fetched(
        url=f"{url}/feed",
        status=200,
        body=b"<rss/>",
        content_type="text/xml",
        etag='"1"',
        last_modified="Mon, 04 Mar 2024 16:13:00 GMT",
    )
    assert "User-Agent: Debrief/0.1 (news briefing bot; desk@x.example)" in requests[0]


async def test_a_contact_that_no_header_can_hold_is_shown_as_far_as_it_can_be():
    async with server(reply()) as (url, requests), reader(contact="Jörg\r\nX-Evil: 1") as fetcher:
        await fetcher.fetch(url)
    assert "User-Agent: Debrief/0.1 (news briefing bot; J?rg??X-Evil: 1)" in requests[0]


async def test_an_unchanged_page_costs_no_body_and_keeps_its_validators():
    async with server(reply(status="304 Not Modified")) as (url, requests), reader() as fetcher:
        fetched = await fetcher.fetch(url, etag='"1"', last_modified="Mon, 04 Mar 2024 16:13:00 GMT")
    assert (fetched.not_modified, fetched.body, fetched.etag) == (True, b"", '"1"')
    assert 'If-None-Match: "1"' in requests[0]
    assert "If-Modified-Since: Mon, 04 Mar 2024 16:13:00 GMT" in requests[0]


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", zlib.compress(b"hello")[2:-4]),
        ("identity", b"hello"),
    ],
)
async def test_a_packed_body_is_unpacked(encoding, packed):
    async with server(reply(packed, Content_Encoding=encoding)) as (url, _), reader() as fetcher:
        assert (await fetcher.fetch(url)).body == b"hello"


async def test_a_redirect_is_followed_and_its_end_is_told():
    responses = reply(status="301 Moved", Location="/b?x=1"), reply(b"hello")
    async with server(*responses) as (url, requests), reader() as fetcher:
        fetched = await fetcher.fetch(f"{url}/a")
    assert (fetched.url, fetched.body) == (f"{url}/b?x=1", b"hello")
    assert [request.split()[1] for request in requests] == ["/a", "/b?x=1"]


async def test_no_cookie_is_kept():
    async with server(reply(Set_Cookie="a=1; Path=/"), reply()) as (url, requests), reader() as fetcher:
        await fetcher.fetch(url)
        await fetcher.fetch(url)
    assert "Cookie" not in requests[1]


@pytest.mark.parametrize("location", ["/b", "http://127.0.0.1:{port}/b"])
async def test_a_password_in_the_address_is_sent_also_where_its_own_server_leads(location):
    responses = reply(status="301 Moved", Location=location), reply(b"hello")
    async with server(*responses) as (url, requests), reader() as fetcher:
        address = url.replace("//", "//me:secret@")
        assert (await fetcher.fetch(address)).moved_to == f"{address}/b"
    assert all("Authorization: Basic" in request for request in requests)


async def test_a_password_in_the_address_is_not_carried_to_another_server():
    async with (
        server(reply(b"hello")) as (other, asked),
        server(reply(status="302 Found", Location=other)) as (url, _),
        reader() as fetcher,
    ):
        assert (await fetcher.fetch(url.replace("//", "//me:secret@"))).body == b"hello"
    assert "Authorization" not in asked[0]


@pytest.mark.parametrize(
    ("hop", "location", "leads_to"),
    [
        ("http://me:pw@a.example/f", "https://a.example/f", "https://me:pw@a.example/f"),
        ("https://me:pw@a.example/f", "http://a.example/f", "http://a.example/f"),
        ("https://me:pw@a.example/f", "https://a.example:8443/f", "https://a.example:8443/f"),
        ("https://me:pw@a.example/f", "https://b.example/f", "https://b.example/f"),
        ("https://me:pw@a.example/f", "https://you:qw@a.example/f", "https://you:qw@a.example/f"),
    ],
)
def test_a_password_goes_along_to_the_secure_side_and_nowhere_else(hop, location, leads_to):
    assert fetching.next_hop(hop, location) == leads_to


# ------------------------------------------------------------------------------------------------- one plain sentence
async def test_a_refused_connection():
    async with server() as (url, _):
        pass
    error = await failure(f"{url}/feed")
    assert str(error) == (
        f"{url}/feed could not be reached: the connection was refused. Check the address or try again later."
    )
    assert error.__cause__ is not None


async def test_an_unknown_name_without_its_password():
    error = await failure("https://me:secret@nowhere.invalid/feed")
    assert str(error) == (
        "https://***@nowhere.invalid/feed could not be reached: its name is not known. Check the address."
    )


async def test_a_server_that_says_nothing():
    async with server(SILENCE) as (url, _):
        error = await failure(url, seconds=0.2)
    assert str(error) == f"{url} could not be reached: it took too long to answer. Try again later."


async def test_a_connection_that_breaks_off():
    async with server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort" * 1) as (url, _):
        error = await failure(url, seconds=0.5)
    assert str(error).startswith(f"{url} could not be reached: ")


async def test_what_is_no_http():
    async with server(b"SSH-2.0-OpenSSH\r\n\r\n") as (url, _):
        error = await failure(url)
    assert str(error) == f"{url} could not be reached: the connection broke off. Try again later."


async def test_broken_packing():
    async with server(reply(b"not gzip", Content_Encoding="gzip")) as (url, _):
        error = await failure(url)
    assert str(error) == f"{url} could not be reached: it sent broken data. Try again later."


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("401 Unauthorized", "asks for the right user name and password."),
        ("403 Forbidden", "refuses to be read by Debrief (403 Forbidden)."),
        ("404 Not Found", "was not found (404). Check the address."),
        ("410 Gone", "is gone for good (410)."),
        ("418 Teapot", "could not be read (HTTP status 418)."),
        ("500 Error", "has a problem of its own (HTTP status 500). Try again later."),
    ],
)
async def test_a_status_that_is_no_success(status, sentence):
    async with server(reply(status=status)) as (url, _):
        error = await failure(url)
    assert str(error).startswith(f"{url} {sentence}")
    assert error.status == int(status[:3])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "120"}, 120.0),
        ({"Retry_After": "Mon, 04 Mar 2024 16:15:00 GMT", "Date": "Mon, 04 Mar 2024 16:13:00 GMT"}, 120.0),
        ({"Retry_After": "Mon, 04 Mar 2024 16:11:00 GMT", "Date": "Mon, 04 Mar 2024 16:13:00 GMT"}, 0.0),
        ({"Retry_After": "9" * 400}, 30 * 86_400.0),
        ({"Retry_After": "Mon, 04 Mar 99999999999 16:15:00 GMT", "Date": "Mon, 04 Mar 2024 16:13:00 GMT"}, None),
        ({"Retry_After": "Mon, 04 Mar 2024 16:15:00 GMT"}, None),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "soon"}, None),
        ({}, None),
    ],
)
async def test_a_publisher_says_when_to_come_back(headers, seconds):
    async with server(reply(status="429 Too Many", **headers)) as (url, _):
        error = await failure(url)
    assert error.retry_after == seconds


async def test_endless_redirects():
    async with server(*[reply(status="302 Found", Location="/again")] * 10) as (url, requests):
        error = await failure(url)
    assert str(error) == f"{url} redirects more than 5 times. Give its final address."
    assert len(requests) == 6


@pytest.mark.parametrize(
    "response",
    [
        reply(b" " * (MAX_BYTES + 1)),
        reply(gzip.compress(bytes(MAX_BYTES + 1)), Content_Encoding="gzip"),
        reply(zlib.compress(bytes(100 * MAX_BYTES)), Content_Encoding="deflate"),
    ],
)
async def test_a_body_that_is_too_large_as_sent_or_as_unpacked(response):
    async with server(response) as (url, _):
        error = await failure(url)
    assert str(error) == f"{url} is larger than 10 MB and was not read."


@pytest.mark.parametrize("url", ["ftp://x.example/a", "file:///etc/passwd", "x.example/feed", ""])
async def test_what_is_no_web_address(url):
    assert str(await failure(url)) == f"{url} is no web address. Give one that begins with https:// or http://."


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://x.example:99999/", "http://a\u0000b.example/", "http://a.example/\ud800"]
)
async def test_a_misspelt_address(url):
    assert str(await failure(url)) == f"{url} is no valid web address. Check it for typing errors."


# --------------------------------------------------------------------------------------------- what a publisher says
@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        (["301 Moved"], True),
        (["308 Permanent Redirect", "301 Moved"], True),
        (["302 Found"], False),
        (["301 Moved", "302 Found"], False),
        (["307 Temporary Redirect", "308 Permanent Redirect"], False),
        ([], False),
    ],
)
async def test_a_source_has_moved_when_every_redirect_on_the_way_was_permanent(hops, moved):
    ways = [reply(status=status, Location=f"/{number}") for number, status in enumerate(hops)]
    async with server(*ways, reply(b"hello")) as (url, _), reader() as fetcher:
        fetched = await fetcher.fetch(f"{url}/old")
    assert fetched.moved_to == (f"{url}/{len(hops) - 1}" if moved else None)


async def test_a_source_that_moved_and_has_not_changed_has_moved_all_the_same():
    responses = reply(status="301 Moved", Location="/new"), reply(status="304 Not Modified")
    async with server(*responses) as (url, _), reader() as fetcher:
        fetched = await fetcher.fetch(f"{url}/old", etag='"1"')
    assert (fetched.moved_to, fetched.not_modified) == (f"{url}/new", True)


async def test_a_permanent_redirect_into_an_error_says_nothing_about_where_the_source_is():
    async with server(reply(status="301 Moved", Location="/new"), reply(status="500 Error")) as (url, _):
        assert (await failure(f"{url}/old")).status == 500


@pytest.mark.parametrize(
    ("control", "fresh"),
    [
        ("max-age=600", timedelta(minutes=10)),
        ('public, Max-Age="600"', timedelta(minutes=10)),
        ("max-age=0", timedelta(0)),
        ("max-age=99999999999999999999", timedelta(days=30)),
        ("max-age=600, no-cache", None),
        ("no-store, max-age=600", None),
        ("max-age=-1", None),
        ("max-age=soon", None),
        ("public", None),
    ],
)
async def test_for_how_long_nothing_will_change(control, fresh):
    async with server(reply(b"hello", Cache_Control=control)) as (url, _), reader() as fetcher:
        assert (await fetcher.fetch(url)).fresh_for == fresh


async def test_an_unstated_freshness_is_unknown():
    async with server(reply(b"hello")) as (url, _), reader() as fetcher:
        assert (await fetcher.fetch(url)).fresh_for is None


async def test_a_source_that_is_gone_has_ended():
    async with server(reply(status="410 Gone")) as (url, _):
        error = await failure(url)
    assert error.gone
    assert str(error) == f"{url} is gone for good (410). The feed has ended: remove it or look for its new address."


@pytest.mark.parametrize("status", ["429 Too Many", "503 Unavailable"])
async def test_a_host_that_asks_for_a_pause_is_not_asked_again_by_any_of_its_sources(status):
    hosts = Hosts(spacing=0)
    async with server(reply(status=status, Retry_After="120"), reply(b"hello")) as (url, requests):
        await failure(f"{url}/a", hosts=hosts)
        error = await failure(f"{url}/b", hosts=hosts)
    assert str(error) == f"{url}/b was not asked: its host wants a pause. It will be tried again later."
    assert (error.status, len(requests)) == (429, 1)
    assert 100 < error.retry_after <= 120


async def test_a_validator_that_no_header_can_hold_is_left_out():
    async with server(reply(b"hello")) as (url, requests), reader() as fetcher:
        fetched = await fetcher.fetch(url, etag='"é"', last_modified="yesterday\r\nX-Evil: 1")
    assert fetched.body == b"hello"
    assert "If-" not in requests[0]
    assert "Evil" not in requests[0]


async def test_the_time_limit_does_not_run_while_a_request_waits_for_its_turn():
    hosts = Hosts(spacing=0.4, at_once=1)
    async with server(*[reply(b"hello")] * 3) as (url, _), reader(seconds=0.3, hosts=hosts) as fetcher:
        fetched = await asyncio.gather(*(fetcher.fetch(f"{url}/{number}") for number in range(3)))
    assert [each.body for each in fetched] == [b"hello"] * 3


async def test_the_time_limit_does_not_run_while_a_request_waits_for_a_socket(monkeypatch):
    monkeypatch.setattr(fetching, "MAX_CONNECTIONS", 2)
    pages = {f"/{number}": reply(b"hello") for number in range(6)}
    async with site(pages, seconds=0.3) as (url, _), reader(seconds=0.6, hosts=Hosts(spacing=0, at_once=6)) as fetcher:
        fetched = await asyncio.gather(*(fetcher.fetch(url + path) for path in pages))
    assert [each.body for each in fetched] == [b"hello"] * 6


async def test_the_time_limit_does_not_run_while_a_body_waits_for_room():
    async with server(reply(b"hello")) as (url, _), reader(seconds=0.3) as fetcher:
        fetcher.room = Room(5)

        async def visit():
            async with fetcher.room.share():
                return await fetcher.fetch(url)

        async with fetcher.room.share():
            await room.take(5)
            waiting = asyncio.create_task(visit())
            await asyncio.sleep(0.6)
            assert not waiting.done()
        assert (await waiting).body == b"hello"


async def test_a_hundred_sockets_are_the_most():
    talking: set[object] = set()
    most = 0

    async def talk(reader, writer):
        nonlocal most
        await reader.readuntil(b"\r\n\r\n")
        talking.add(writer)
        most = max(most, len(talking))
        await asyncio.sleep(0.05)
        talking.discard(writer)
        writer.write(reply(b"hello", Connection="close"))
        await writer.drain()

    async with serving(talk) as url, reader(hosts=Hosts(spacing=0, at_once=1000)) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for _ in range(150)))
    assert 50 < most <= 100


async def test_no_proxy_of_the_environment_is_used(monkeypatch):
    async with server(reply(b"proxy")) as (proxy, asked), server(reply(b"hello")) as (url, _):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy)
        async with reader() as fetcher:
            fetched = await fetcher.fetch(url)
    assert (fetched.body, asked) == (b"hello", [])


# -------------------------------------------------------------------------------------------------------- inner networks
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "127.1",
        "[::ffff:127.0.0.1]",
    ],
)
async def test_an_inner_address_is_refused_however_it_is_written(host):
    async with server(reply(b"secret")) as (url, requests):
        error = await failure(f"http://{host}:{url.rpartition(':')[2]}/", allow=())
    assert "leads to an address inside a private network" in str(error)
    assert requests == []


@pytest.mark.parametrize(
    "host", ["0177.0.0.1", "127.0.0.1.", "[::1%25lo]", "①②⑦.0.0.1", "127.0.0.1%00.example", "0", "0.0.0.0"]
)
async def test_an_inner_address_in_an_odd_notation_is_refused_or_not_understood(host):
    async with server(reply(b"secret")) as (url, requests):
        await failure(f"http://{host}:{url.rpartition(':')[2]}/", allow=())
    assert requests == []


async def test_a_redirect_into_the_own_network_is_refused():
    async with server(reply(status="302 Found", Location="http://127.0.0.2:{port}/")) as (url, requests):
        error = await failure(url)
    assert str(error) == f"{url} leads to an address inside a private network and was not read."
    assert len(requests) == 1


async def test_a_redirect_to_a_file_is_refused():
    async with server(reply(status="302 Found", Location="file:///etc/passwd")) as (url, _):
        error = await failure(url)
    assert "redirects to something that is no web address" in str(error)


async def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_connected_to(monkeypatch):
    asked: list[str] = []

    def resolve(host, port, **_):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"  # the name changes its meaning
        return [(2, 1, 6, "", (address, port))]

    async with server(reply(b"hello")) as (url, _), reader() as fetcher:
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        fetched = await fetcher.fetch(url.replace("127.0.0.1", "rebind.example"))
    assert (fetched.body, asked) == (b"hello", ["rebind.example"])


@pytest.mark.parametrize(
    ("address", "permitted"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("2002:0a00:0001::", False),
        ("2001:0:7f00:1::1", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("192.0.0.192", False),
        ("168.63.129.16", False),
        ("100.100.100.200", False),
        ("fd00:ec2::254", False),
        ("198.18.0.1", False),
        ("240.0.0.1", False),
    ],
)
def test_only_public_addresses_are_permitted(address, permitted):
    assert is_permitted(address) is permitted


def test_an_allowed_network_is_permitted_and_nothing_beside_it():
    allow = (ip_network("10.1.0.0/16"),)
    assert is_permitted("10.1.2.3", allow)
    assert is_permitted("::ffff:10.1.2.3", allow)
    assert not is_permitted("10.2.0.1", allow)


# ------------------------------------------------------------------------------------------------- the simulated Discord
async def test_waits_and_time_limits_end_in_a_simulated_discord_whose_clock_stands_still():
    """Its time.monotonic, by which event loops wait, stands still for all that a command of the bot does."""
    hosts = Hosts(spacing=0.1)
    outcomes = []

    async def twice(url: str) -> list[object]:
        async with reader(seconds=0.2, hosts=hosts) as fetcher:
            return [await fetcher.fetch(url), *await asyncio.gather(fetcher.fetch(url), return_exceptions=True)]

    class Bot(discord.Client):
        async def setup_hook(self):
            tree = discord.app_commands.CommandTree(self)

            @tree.command(description="Fetch twice")
            async def fetch(interaction: discord.Interaction):
                await interaction.response.defer()
                outcomes.extend(await asyncio.to_thread(run, twice(url)))
                await interaction.followup.send("done")

            await tree.sync()

    bot = Bot(intents=discord.Intents.default())
    async with server(reply(b"hello"), SILENCE) as (url, _), simcord.run(bot) as env:
        guild = env.create_guild("Newsroom")
        channel, member = guild.create_text_channel("news"), guild.add_member(env.create_user("you"))
        await member.slash(channel, "fetch")
    fetched, error = outcomes
    assert fetched.body == b"hello"
    assert "it took too long to answer" in str(error)
