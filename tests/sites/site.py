"""What a site is made of, and the words of markup that several sites share."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from briefs.models import Extent


@dataclass(frozen=True, slots=True)
class Resource:
    """What the server answers to one path."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: datetime | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An article as its author wrote it: what reading the site should find again."""

    url: str
    title: str | None
    paragraphs: tuple[str, ...]
    published_at: datetime
    author: str | None = None
    extent: Extent = Extent.FULL

    @property
    def teaser(self) -> str:
        return self.paragraphs[0]

    @property
    def html(self) -> str:
        return "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Site:
    """A site at the root of its own origin: the address a person would type, its source, and what stands in it."""

    name: str
    start: str
    source: str
    written: tuple[Written, ...]
    resources: dict[str, Resource] = field(repr=False)


class Week:
    """The days on which the news of the invented coast happened, counted back from the time the sites are built for."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC).replace(second=0, microsecond=0)
        self.scrub = self.day(30)  # the launch is called off
        self.vote = self.day(27)  # the council votes for the tram
        self.storm = self.day(52)  # the port is closed
        self.crack = self.day(16)  # the dam is found to be cracked
        self.launch = self.day(9)  # the satellite is launched
        self.opening = self.day(4)  # the port is opened again

    def at(self, hours: float) -> datetime:
        """The time so many hours ago."""
        return self.now - timedelta(hours=hours)

    def day(self, hours: float) -> str:
        """The name of the day so many hours ago."""
        return f"{self.at(hours):%A}"


def rfc822(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def rfc3339(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def text(words: str) -> str:
    """Words as they stand in an element or attribute."""
    return html.escape(words)


def html_page(body: str, **kind) -> Resource:
    return Resource(f"<!doctype html>\n{body.strip()}\n".encode(), **kind)


def xml(body: str, content_type: str = "application/xml; charset=utf-8", **kind) -> Resource:
    return Resource(f'<?xml version="1.0" encoding="UTF-8"?>\n{body.strip()}\n'.encode(), content_type, **kind)
