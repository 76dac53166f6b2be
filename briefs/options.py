"""What the operator chose for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from briefs.language.pipeline import DEFAULT_PIPELINE

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class Options:
    """The desk's options; the command line and the bot fill them from the settings."""

    pipeline: str = DEFAULT_PIPELINE
    summariser: str = "lex-rank"
    max_stories: int = 5
    sentences: int = 3  # of each story
    words: int | None = None  # of each story's sentences together
    poll_every: timedelta = timedelta(minutes=15)  # at most so often
    first_articles: int = 25  # old items taken when a feed is first seen
    catch_up: int = 200  # unseen items taken at once, after an outage
    host_spacing: float = 1.0  # seconds between two requests to one host
    contact: str | None = None  # in the user agent
    fetch_allow: tuple[IPv4Network | IPv6Network, ...] = ()  # private networks that feeds may be read from
