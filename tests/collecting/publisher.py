"""A simulated publisher: feeds of several formats over real HTTP on loopback, whose articles have a hidden true identity.

What it publishes is a plain model: frozen ``Piece``s, listed by ``Channel``s. Each text names its piece and edition ("File
000017, edition 2"), so that a test can say of any stored text which article it is, whatever became of its address, guid
and dates. ``sights`` records what each answered request really showed.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import random
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
MARK = re.compile(r"File (\d{6}), edition (\d+)")
STALL = 60.0  # seconds that a request to a silent server is kept waiting; its client gives up before


class Format(StrEnum):
    """How a channel tells its pieces."""

    RSS = "rss"  # with the whole text
    TEASERS = "teasers"  # RSS with the first words; the text is on the page
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"


class Fault(StrEnum):
    """What goes wrong with one answer."""

    BROKEN = "500"
    MISSING = "404"
    BUSY = "429"
    CUT = "cut"  # the connection, before anything was said
    HALF = "half"  # of the body that was announced
    TRUNCATED = "truncated"  # a whole answer with half a document in it
    EMPTY = "empty"
    RUBBISH = "rubbish"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as its publisher knows it. ``number`` is what it is; all else may change."""

    number: int
    path: str
    guid: str | None
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime | None
    changed_at: datetime
    edition: int = 1  # counts the changes that a reader can see
    comments: int = 0
    spaces: int = 0  # more of them between the paragraphs than a reader sees


@dataclass(slots=True)
class Channel:
    """One feed of the publisher. ``held`` is an older state that a stale cache shows instead."""

    name: str
    format: Format
    path: str
    pieces: list[Piece] = field(default_factory=list)
    tracking: str = ""
    validators: tuple[str, ...] = ("ETag", "Last-Modified")
    repeats_validators: bool = True  # in a 304
    salt: int = 0  # changes the validators and nothing else
    held: tuple[Piece, ...] | None = None
    past: list[tuple[Piece, ...]] = field(default_factory=list)
    fault: Fault | None = None  # of every answer until it is taken away
    headers: dict[str, str] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)  # former path -> status of the redirect
    port: int = 0

    @property
    def shown(self) -> tuple[Piece, ...]:
        """What it lists now, or what its cache kept."""
        return tuple(self.pieces) if self.held is None else self.held


@dataclass(frozen=True, slots=True)
class Sight:
    """One answer: what it showed (nothing when it failed), and whether it said that nothing has changed."""

    channel: str
    format: Format
    pieces: tuple[Piece, ...] = ()
    not_modified: bool = False
    fault: Fault | None = None


# ------------------------------------------------------------------------------------------------------------- writing
_THINGS = [
    "quay",
    "ferry",
    "orchard",
    "tunnel",
    "archive",
    "bakery",
    "viaduct",
    "reservoir",
    "lighthouse",
    "market",
    "clinic",
    "theatre",
    "railway",
    "harbour",
    "mill",
    "quarry",
    "festival",
    "choir",
    "museum",
    "glacier",
    "meadow",
    "refinery",
    "observatory",
    "canal",
    "shipyard",
    "vineyard",
    "library",
    "stadium",
    "pipeline",
    "bridge",
]
_DEEDS = [
    "opened",
    "closed",
    "inspected",
    "repaired",
    "surveyed",
    "expanded",
    "auctioned",
    "restored",
    "flooded",
    "rented",
    "insured",
    "measured",
    "photographed",
    "painted",
    "abandoned",
    "defended",
    "audited",
    "mapped",
    "reopened",
    "dismantled",
]
_MANNERS = [
    "on Monday morning",
    "after a long vote",
    "without any notice",
    "for the third time",
    "with borrowed tools",
    "in heavy rain",
    "before the council met",
    "despite two objections",
    "under a new contract",
    "at the request of residents",
]


def _name(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).capitalize()


def written(number: int, edition: int, *, paragraphs: int = 3) -> tuple[str, tuple[str, ...]]:
    """The title and paragraphs of an edition: always the same; a later one changes words of the last paragraph."""
    chance = random.Random(number)
    person, town, firm = (_name(chance) for _ in range(3))

    def sentence(chance: random.Random) -> str:
        thing, other = chance.sample(_THINGS, 2)
        return (
            f"{person} of {town} {chance.choice(_DEEDS)} the {thing} and the {other} of {firm} {chance.choice(_MANNERS)}, "
            f"and {_name(chance)} counted {chance.randrange(2, 9000)} visitors there."
        )

    title = f"{firm} and the {chance.choice(_THINGS)} of {town}"
    told = [" ".join(sentence(chance) for _ in range(2)) for _ in range(paragraphs - 1)]
    edited = random.Random(number * 1_000 + edition)
    last = " ".join(sentence(edited) for _ in range(2))
    return title, (f"File {number:06}, edition {edition}. {told[0]}", *told[1:], last)


def edition_of(text: str) -> tuple[int, int] | None:
    """The piece and the edition a text is of."""
    found = MARK.search(text)
    return (int(found[1]), int(found[2])) if found else None


# --------------------------------------------------------------------------------------------------------- the publisher
class Publisher:
    """The server and its model; a context manager. Every change takes the lock: requests come at any moment."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.channels: dict[str, Channel] = {}
        self.pieces: dict[int, Piece] = {}
        self.sights: list[Sight] = []
        self.pages_shown: dict[int, set[int]] = {}  # number -> editions a page was read in
        self.broken_pages: set[int] = set()
        self.mended_pages: set[int] = set()
        self.once_broken: set[int] = set()
        self.raw: dict[
            str, tuple[Callable[[], bytes], str] | None
        ] = {}  # what a channel says instead; None: nothing ever
        self.requests = 0
        self.on_request: Callable[[str], None] = lambda _path: None
        self.port = 0
        self.lock = threading.RLock()
        self._paths: dict[str, int] = {}  # of a page, now or in the past
        self._serials: dict[str, int] = {}
        self._talks: set[asyncio.Task[None]] = set()

    # ---------------------------------------------------------------------------------------------------------- life
    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._servers: list[asyncio.Server] = []
        self.port = self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _listen(self) -> int:
        """Open one more port: to its readers, each is another host."""
        server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._talk, "127.0.0.1", 0, backlog=200), self._loop
        ).result(10)
        self._servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    # --------------------------------------------------------------------------------------------------------- model
    def channel(self, name: str, kind: Format, **details: object) -> Channel:
        """Open a feed of its own host."""
        channel = Channel(name, kind, f"/{name}", tracking=f"utm_source={name}", port=self._listen(), **details)
        self.channels[name] = channel
        return channel

    def url(self, channel: Channel, path: str | None = None) -> str:
        return f"http://127.0.0.1:{channel.port}{path or channel.path}"

    def link(self, piece: Piece, tracking: str = "") -> str:
        return f"http://127.0.0.1:{self.port}{piece.path}{'?' if tracking else ''}{tracking}"

    def add(self, *names: str) -> Piece:
        """Publish a new piece in these channels."""
        with self.lock:
            number, now = len(self.pieces) + 1, self.clock()
            title, paragraphs = written(number, 1)
            piece = Piece(number, self.first_path(number), f"tag:{number}", title, paragraphs, now, now)
            self.pieces[number] = piece
            self._paths[piece.path] = number
            for name in names:
                self.list_in(name, piece)
            return piece

    def list_in(self, name: str, piece: Piece) -> None:
        with self.lock:
            channel = self.channels[name]
            if all(each.number != piece.number for each in channel.pieces):
                self.change(channel, [piece, *channel.pieces])

    def change(self, channel: Channel, pieces: Sequence[Piece]) -> None:
        """Let a channel list these, remembering what it listed before."""
        with self.lock:
            channel.past = [*channel.past[-5:], tuple(channel.pieces)]
            channel.pieces = list(pieces)

    def edited(self, piece: Piece) -> Piece:
        """The piece with another text, as a reader sees it."""
        title, paragraphs = written(piece.number, piece.edition + 1)
        return replace(piece, edition=piece.edition + 1, title=title, paragraphs=paragraphs)

    def alter(self, piece: Piece) -> Piece:
        """Let a piece stand so wherever it is listed."""
        with self.lock:
            altered = replace(piece, changed_at=self.clock())
            self.pieces[piece.number] = altered
            self._paths[altered.path] = piece.number
            for channel in self.channels.values():
                if any(each.number == piece.number for each in channel.pieces):
                    self.change(channel, [altered if p.number == piece.number else p for p in channel.pieces])
            return altered

    def move(self, channel: Channel, path: str, status: int) -> None:
        """Give a channel another address; the former one redirects."""
        with self.lock:
            channel.moves[channel.path] = status
            channel.moves.pop(path, None)
            channel.path = path

    def first_path(self, number: int) -> str:
        return f"/news/{number}-first"

    def listing(self, number: int) -> list[Channel]:
        """The channels that list a piece, or may show it from a stale cache."""
        everywhere = self.channels.values()
        return [each for each in everywhere if any(p.number == number for p in (*each.pieces, *(each.held or ())))]

    def is_listed(self, number: int) -> bool:
        return any(piece.number == number for channel in self.channels.values() for piece in channel.shown)

    def unreadable(self) -> set[int]:
        """Pieces whose page is broken or was not asked for since it was mended."""
        return self.broken_pages | self.mended_pages

    # ------------------------------------------------------------------------------------------------------ requests
    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talks.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                if not await self._answered(head, writer):
                    break
        self._talks.discard(task)
        with suppress(ConnectionError, RuntimeError):
            writer.close()

    async def _answered(self, head: str, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False ends the connection."""
        path = head.split(" ", 2)[1].partition("?")[0]
        asked = {name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}
        port = writer.get_extra_info("sockname")[1]
        self.requests += 1
        self.on_request(path)
        with self.lock:
            channel = next((each for each in self.channels.values() if each.port == port), None)
            answer = self._page(path) if channel is None else self._feed(channel, path, asked)
        status, headers, body, fault = answer
        if fault is Fault.SILENT:
            await asyncio.sleep(STALL)
        if fault is Fault.CUT:
            writer.transport.abort()
            return False
        lines = [f"HTTP/1.1 {status} Said", *(f"{k}: {v}" for k, v in headers.items()), f"Content-Length: {len(body)}"]
        if fault is Fault.HALF:
            body = body[: len(body) // 2]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if status == 304 else body))
        await writer.drain()
        return fault is not Fault.HALF

    def _page(self, path: str) -> tuple[int, dict[str, str], bytes, Fault | None]:
        number = self._paths.get(path)
        if number is None or number in self.broken_pages:
            return (404 if number is None else 503), {"Content-Type": "text/plain"}, b"nothing here", None
        piece = self.pieces[number]
        self.pages_shown.setdefault(number, set()).add(piece.edition)
        self.mended_pages.discard(number)
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page(piece, self.link(piece)).encode(), None

    def _feed(
        self, channel: Channel, path: str, asked: dict[str, str]
    ) -> tuple[int, dict[str, str], bytes, Fault | None]:
        if path in channel.moves:
            return channel.moves[path], {"Location": channel.path}, b"", None
        if path != channel.path:
            return 404, {"Content-Type": "text/plain"}, b"nothing here", None
        if channel.name in self.raw:
            return _raw(self.raw[channel.name])
        if channel.fault not in (None, Fault.HALF, Fault.TRUNCATED):
            self.sights.append(Sight(channel.name, channel.format, fault=channel.fault))
            return *_faulty(channel.fault), channel.fault
        body = self.body(channel)
        headers = self._validators(channel, body)
        if _unchanged(asked, headers) and channel.fault is None:
            self.sights.append(Sight(channel.name, channel.format, channel.shown, not_modified=True))
            return 304, headers if channel.repeats_validators else {}, body, None
        self.sights.append(Sight(channel.name, channel.format, channel.shown, fault=channel.fault))
        if channel.fault is Fault.TRUNCATED:
            body, headers = body[: len(body) * 3 // 5], {}
        return 200, {"Content-Type": _TYPES[channel.format], **channel.headers, **headers}, body, channel.fault

    def _validators(self, channel: Channel, body: bytes) -> dict[str, str]:
        tag = hashlib.sha256(body).hexdigest()[:12] + f"-{channel.salt}"
        serial = self._serials.setdefault(channel.name + tag, len(self._serials))
        stated = {"ETag": f'"{tag}"', "Last-Modified": format_datetime(START + timedelta(seconds=serial), usegmt=True)}
        return {name: stated[name] for name in channel.validators}

    def body(self, channel: Channel) -> bytes:
        """What the channel says now, as bytes of its format."""
        told = [(piece, self.link(piece, channel.tracking)) for piece in channel.shown]
        return _BODIES[channel.format](channel.name, told).encode()


def _raw(said: tuple[Callable[[], bytes], str] | None) -> tuple[int, dict[str, str], bytes, Fault | None]:
    if said is None:
        return 200, {}, b"", Fault.SILENT
    say, kind = said
    return 200, {"Content-Type": kind}, say(), None


def _unchanged(asked: dict[str, str], stated: dict[str, str]) -> bool:
    if "if-none-match" in asked:
        return asked["if-none-match"] == stated.get("ETag")
    return "if-modified-since" in asked and asked["if-modified-since"] == stated.get("Last-Modified")


def _faulty(fault: Fault) -> tuple[int, dict[str, str], bytes]:
    plain = {"Content-Type": "text/plain"}
    if fault is Fault.BUSY:
        return 429, {**plain, "Retry-After": "1"}, b"slow down"
    if fault in (Fault.BROKEN, Fault.MISSING):
        return int(fault), plain, b"out of order"
    rubbish = bytes(range(1, 256)) * 4 if fault is Fault.RUBBISH else b""
    return 200, {"Content-Type": "application/rss+xml"}, rubbish


# ----------------------------------------------------------------------------------------------------------- the formats
def _fragment(piece: Piece) -> str:
    return ("\n" + " " * piece.spaces).join(f"<p>{html.escape(each, quote=False)}</p>" for each in piece.paragraphs)


def _xml(tag: str, value: str | None, attributes: str = "") -> str:
    return "" if value is None else f"<{tag}{attributes}>{html.escape(value, quote=False)}</{tag}>"


_NO_LINK, _HTML = ' isPermaLink="false"', ' type="html"'


def _rss(name: str, told: Sequence[tuple[Piece, str]], *, teasers: bool = False) -> str:
    items = "".join(
        f"<item>{_xml('title', piece.title)}{_xml('link', link)}{_xml('guid', piece.guid, _NO_LINK)}"
        f"{_xml('pubDate', piece.published_at and format_datetime(piece.published_at))}"
        f"{_xml('slash:comments', str(piece.comments))}"
        f"{_xml('description', piece.paragraphs[0]) if teasers else ''}"
        f"{'' if teasers else _xml('content:encoded', _fragment(piece))}</item>"
        for piece, link in told
    )
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    )
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>The {name} desk</title>{items}</channel></rss>'


def _teasers(name: str, told: Sequence[tuple[Piece, str]]) -> str:
    return _rss(name, told, teasers=True)


def _atom(name: str, told: Sequence[tuple[Piece, str]]) -> str:
    entries = "".join(
        f"<entry>{_xml('title', piece.title)}<link href={json.dumps(html.escape(link))}/>{_xml('id', piece.guid)}"
        f"{_xml('published', piece.published_at and piece.published_at.isoformat())}"
        f"{_xml('updated', piece.changed_at.isoformat() if piece.published_at else None)}"
        f"{_xml('content', _fragment(piece), _HTML)}</entry>"
        for piece, link in told
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The {name} desk</title>{entries}</feed>'


def _json(name: str, told: Sequence[tuple[Piece, str]]) -> str:
    items = [
        {
            "id": piece.guid,
            "url": link,
            "title": piece.title,
            "content_html": _fragment(piece),
            "date_published": piece.published_at and piece.published_at.isoformat(),
            "_comments": {"count": piece.comments},
        }
        for piece, link in told
    ]
    kept = [{key: value for key, value in item.items() if value is not None} for item in items]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": f"The {name} desk", "items": kept})


def _sitemap(name: str, told: Sequence[tuple[Piece, str]]) -> str:
    urls = "".join(f"<url>{_xml('loc', link)}{_xml('lastmod', p.changed_at.isoformat())}</url>" for p, link in told)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><!-- {name} -->{urls}</urlset>'


def page(piece: Piece, link: str) -> str:
    """The piece as a web page, with what stands around an article."""
    stated = (
        f'<meta property="article:published_time" content="{piece.published_at.isoformat()}">'
        if piece.published_at
        else ""
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{piece.title}</title><link rel="canonical" href="{link}">{stated}</head>'
        f"<body><nav><a href='/'>Home</a> <a href='/about'>About</a></nav><main><article><h1>{piece.title}</h1>"
        f"{_fragment(piece)}</article></main><footer>Imprint · {piece.comments} readers</footer></body></html>"
    )


_BODIES = {Format.RSS: _rss, Format.TEASERS: _teasers, Format.ATOM: _atom, Format.JSON: _json, Format.SITEMAP: _sitemap}
_TYPES = {
    Format.RSS: "application/rss+xml",
    Format.TEASERS: "text/xml",
    Format.ATOM: "application/atom+xml",
    Format.JSON: "application/feed+json",
    Format.SITEMAP: "application/xml",
}
