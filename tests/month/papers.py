"""Papers of invented places in a process of their own, each with a feed and pages: what the month's bot reads.

    python papers.py COUNT

prints the port; each paper has an address of its own in 127.0.0.0/8. Told "ISO-TIME N" on a line of its own, every paper
publishes N articles more. Two papers each are of one town and tell its events in words of their own.
"""

from __future__ import annotations

import html
import random
import sys
import threading
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SHOWN = 60  # articles of a feed
SYLLABLES = [
    "bar", "den", "fel", "gor", "hil", "jun", "kel", "lor", "mun", "nor", "pel", "ras",
    "sul", "tor", "vel", "wex", "yar", "zan", "drim", "osk", "ulm", "ith", "arn", "quil",
]  # fmt: skip
SAID = (
    "{person}, the {office} of {town}, met {other} in {place} on {day} to speak about the {thing}.",
    "The {office} said that the {thing} would cost {number} million euros and be finished by {month} {year}.",
    "{firm} of {place} has bought the {thing} from {rival} for {number} million euros.",
    "On {day} {number} people were hurt when a part of the {thing} fell into the street in {town}.",
    "{other} resigned as head of {firm} after an inquiry into the {thing}, {person} announced.",
    "“Nobody in {town} has asked for a second {thing}, and nobody will pay for it,” {other} told the council.",
    "{rival} will open a {thing} in {place} next {weekday}, with room for {number} visitors.",
    "A court in {place} fined {firm} {number} thousand euros because the {thing} was not inspected.",
    "In {month} the council of {town} had voted by {number} to 7 to keep the {thing} as it is.",
    "{person} plans to visit {place} in {month} {year}, where the {thing} was designed.",
    "According to {other}, engineers of {rival} found {number} cracks in the {thing} within a week.",
    "The {thing} of {town} was built in 19{number} by {firm} and has been repaired twice since.",
)
TOLD = {
    "office": ("mayor", "harbour master", "treasurer", "governor", "school inspector", "fire chief"),
    "thing": ("bridge", "ferry pier", "tram line", "observatory", "swimming hall", "wind farm", "archive", "dam", "lock"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "month": ("January", "March", "May", "June", "September", "November"),
}  # fmt: skip


def address(paper: int) -> str:
    """Where a paper is."""
    return f"127.0.1.{1 + paper}"


def name(chance: random.Random) -> str:
    """A name that nobody has."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).capitalize()


def cast(town: int, event: int) -> dict[str, str]:
    """Who and what an event is about: the same for every paper that tells it."""
    chance = random.Random(f"{town} {event}")
    made = {role: chance.choice(words) for role, words in TOLD.items()}
    return made | {
        "person": f"{name(chance)} {name(chance)}",
        "other": f"{name(chance)} {name(chance)}",
        "town": name(random.Random(f"town {town}")),
        "place": name(chance),
        "firm": f"{name(chance)} Works",
        "rival": f"{name(chance)} & {name(chance)}",
        "number": str(chance.randint(11, 98)),
        "year": str(chance.randint(2027, 2031)),
    }


def article(paper: int, number: int) -> tuple[str, list[str]]:
    """A paper's article: its title and paragraphs."""
    chance = random.Random(f"{paper} {number}")
    about = cast(paper // 2, number)
    said = [each.format(**about) for each in chance.sample(SAID, 4)]
    title = f"{about['person']} and the {about['thing']} of {about['town']}: {chance.choice(('what now', 'a dispute', 'the plan', 'a deal'))}"
    return title, [" ".join(said[:2]), " ".join(said[2:])]


class Papers:
    """What is out, by time."""

    def __init__(self) -> None:
        self.out: list[datetime] = []  # when each article of every paper was published

    def publish(self, at: datetime, count: int) -> None:
        """Let every paper publish so many articles, minutes apart."""
        self.out += [at - timedelta(minutes=5 * place) for place in reversed(range(count))]

    def feed(self, paper: int, host: str) -> str:
        """The newest articles, as RSS."""
        numbers = range(max(0, len(self.out) - SHOWN), len(self.out))
        items = "".join(self._item(paper, number, host) for number in reversed(numbers))
        return f'<rss version="2.0"><channel><title>Paper {paper}</title><link>http://{host}/</link>{items}</channel></rss>'

    def _item(self, paper: int, number: int, host: str) -> str:
        title, paragraphs = article(paper, number)
        whole = html.escape("".join(f"<p>{each}</p>" for each in paragraphs))
        return (
            f"<item><title>{html.escape(title)}</title><guid>{paper}-{number}</guid><link>http://{host}/{number}</link>"
            f"<pubDate>{format_datetime(self.out[number])}</pubDate><description>{whole}</description></item>"
        )

    def page(self, paper: int, number: int) -> str:
        """An article's own page."""
        title, paragraphs = article(paper, number)
        told = "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs)
        return f"<html><head><title>{html.escape(title)}</title></head><body><article><h1>{html.escape(title)}</h1>{told}</article></body></html>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    papers: Papers
    paper: int

    def do_GET(self) -> None:
        host = self.headers["Host"]
        path = self.path.strip("/")
        known = path == "feed" or (path.isdigit() and int(path) < len(self.papers.out))
        told = (
            self.papers.feed(self.paper, host)
            if path == "feed"
            else self.papers.page(self.paper, int(path))
            if known
            else ""
        )
        kind = "application/rss+xml" if path == "feed" else "text/html; charset=utf-8"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(told.encode())))
        self.end_headers()
        self.wfile.write(told.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(count: int) -> None:
    """Publish what is told on the standard input, until it ends."""
    papers, port = Papers(), 0
    for paper in range(count):
        handler = type("Paper", (_Handler,), {"papers": papers, "paper": paper})
        server = ThreadingHTTPServer((address(paper), port), handler)
        port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(port, flush=True)
    for line in sys.stdin:
        at, number = line.split()
        papers.publish(datetime.fromisoformat(at), int(number))
        print("out", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
