"""What there is to tell: articles of invented places, each with a word of its own in every sentence, stored or in a feed."""

from __future__ import annotations

import html
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from briefs.models import Article, Block, BlockKind, Reading, Sentence, Story
from briefs.store import Arrival, Poll

if TYPE_CHECKING:
    import random

    from briefs.store import Store

YEARS = timedelta(days=3650)
SYLLABLES = [
    "bar", "den", "fel", "gor", "hil", "jun", "kel", "lor", "mun", "nor", "pel", "quin",
    "ras", "sul", "tor", "vel", "wex", "yar", "zan", "drim", "osk", "ulm", "ith", "arn",
]  # fmt: skip
SHAPES = (
    "The {0} {1} of {2} was {3}ed by {4} after the {5} of {6}.",
    "{2} {1} had {3}ed its {0}, and {4} paid for the {5}.",
    "Nobody in {6} knows why the {5} {1} is to be {3}ed near {2}.",
    "According to {4}, the {1} {0} will {3} every {5} between {2} and {6}.",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of a server; ``word`` stands in each of its sentences and in no other article's."""

    guild: int
    number: int
    word: str
    title: str
    sentences: tuple[str, ...]
    at: datetime

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


class Press:
    """Writes pieces that are about different things: all but their smallest words are invented for each."""

    def __init__(self, chance: random.Random) -> None:
        self.pieces: list[Piece] = []
        self._names: set[str] = set()
        self._chance = chance

    def write(self, guild: int, at: datetime, *, sentences: int = 2) -> Piece:
        number = len(self.pieces) + 1
        word = f"{self._name()}{number}"
        told = tuple(self._sentence(word) for _ in range(sentences))
        title = f"{self._name()} {self._name().lower()}s its {self._name().lower()}"
        piece = Piece(guild, number, word, title, told, at)
        self.pieces.append(piece)
        return piece

    def _name(self) -> str:
        """A new one: two pieces that share some would be one story, of which the later may have nothing new to tell."""
        while (name := "".join(self._chance.choices(SYLLABLES, k=4)).capitalize()) in self._names:
            pass
        self._names.add(name)
        return name

    def _sentence(self, word: str) -> str:
        names = [self._name() for _ in range(6)]
        thing, deed, other = (name.lower() for name in names[:3])
        place, person, town = names[3:]
        return self._chance.choice(SHAPES).format(thing, word, place, deed, person, other, town)


def store(stored: Store, feed_id: int, pieces: list[Piece]) -> None:
    """Put pieces into a database as if they had been read from a feed, each a story; no language pipeline is needed."""
    arrivals = tuple(Arrival(_id(each), "", _id(each), (_article(each), _reading(each))) for each in pieces)
    stored.record_poll(feed_id, Poll(pieces[0].at, pieces[0].at + YEARS, arrivals))
    stored.save_stories([Story(f"s-{_id(each)}", (_id(each),)) for each in pieces])


def _id(piece: Piece) -> str:
    return f"piece-{piece.number}"


def _article(piece: Piece) -> Article:
    blocks = (Block(0, len(piece.text), BlockKind.PROSE),)
    url = f"https://courier.example/{piece.number}"
    about = {"title": piece.title, "outlet": "The Courier", "url": url, "published_at": piece.at}
    return Article(_id(piece), piece.text, blocks, piece.at, **about)


def _reading(piece: Piece) -> Reading:
    found, start = [], 0
    for sentence in piece.sentences:
        found.append(Sentence(_id(piece), start, start + len(sentence)))
        start += len(sentence) + 1
    return Reading(_id(piece), piece.at, tuple(found))


class Outlet(ThreadingHTTPServer):
    """A web server on loopback with one feed for each server, /feed/<guild>; a context manager."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pieces: dict[int, list[Piece]] = {}

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def url(self, guild: int) -> str:
        return f"http://127.0.0.1:{self.server_port}/feed/{guild}"

    def publish(self, piece: Piece) -> None:
        self.pieces[piece.guild] = [piece, *self.pieces.get(piece.guild, [])][:30]

    def body(self, guild: int) -> str:
        items = "".join(map(self._item, self.pieces.get(guild, [])))
        head = f"<title>Gazette {guild}</title><link>http://127.0.0.1:{self.server_port}/</link><description>-</description>"
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return f'<?xml version="1.0"?><rss version="2.0" {space}><channel>{head}{items}</channel></rss>'

    def _item(self, piece: Piece) -> str:
        link = f"http://127.0.0.1:{self.server_port}/news/{piece.number}"
        whole = html.escape(f"<p>{piece.text}</p>")
        return (
            f"<item><title>{piece.title}</title><guid>{link}</guid><link>{link}</link>"
            f"<pubDate>{format_datetime(piece.at)}</pubDate><content:encoded>{whole}</content:encoded></item>"
        )


class _Handler(BaseHTTPRequestHandler):
    server: Outlet

    def do_GET(self) -> None:
        if not self.path.startswith("/feed/"):
            self.send_error(404)
            return
        body = self.server.body(int(self.path.rpartition("/")[2])).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
