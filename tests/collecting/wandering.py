"""A publisher's life by chance: what may happen to its feeds and articles between two polls, from a seed.

Nothing is done after which an article could not be known again: at each moment its address, its guid in that feed or its
text is one that a poll has seen.
"""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from desk import Clock, Desk, options
from ledger import Ledger
from publisher import START, Channel, Fault, Format, Piece, Publisher

from briefs.models import SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefs.store import Store

GUILD = 1
MOST_LISTED = 12  # pieces in one feed: the older ones fall out at its end
MOST_EDITIONS = 6
SWITCHABLE = (Format.RSS, Format.TEASERS, Format.ATOM, Format.JSON)
OPERATIONS = {  # and how often each happens beside the others
    "add": 8,
    "add_many": 1,
    "edit": 4,
    "touch": 4,
    "redate": 3,
    "rename": 3,
    "readdress": 3,
    "rename_and_readdress": 2,
    "edit_and_readdress": 2,
    "edit_and_rename": 2,
    "drop_guid": 1,
    "drop_date": 1,
    "delete": 2,
    "reorder": 2,
    "republish": 3,
    "switch": 1,
    "move": 1,
    "break_feed": 4,
    "mend_feed": 5,
    "roll_back": 1,
    "come_back": 3,
    "revalidate": 2,
    "break_page": 1,
    "mend_page": 2,
}


class Wanderer:
    """Drives a publisher, a desk and the ledger between them."""

    def __init__(self, publisher: Publisher, desk: Desk, clock: Clock, seed: int) -> None:
        self.publisher = publisher
        self.desk = desk
        self.clock = clock
        self.chance = random.Random(seed)
        self.ledger = Ledger(publisher, desk.store)
        self.polls = 0
        self.done: list[str] = []
        for k, kind in enumerate((*SWITCHABLE, *SWITCHABLE[:3], Format.SITEMAP)):
            channel = publisher.channel(f"{kind}{k}", kind)
            self.add(channel)
            source = SourceKind.SITEMAP if kind is Format.SITEMAP else SourceKind.FEED
            desk.store.subscribe(GUILD, publisher.url(channel), kind=source, now=clock())

    # ---------------------------------------------------------------------------------------------------------- rounds
    def round(self) -> None:
        """Let some things happen, and poll what is due."""
        for _ in range(self.chance.randrange(6)):
            self.happen()
        self.poll()

    def poll(self, *, everything: bool = False) -> None:
        feeds = self.desk.store.feeds(None)
        moments = sorted(feed.next_poll_at or self.clock() for feed in feeds)
        self.clock.now = max(self.clock(), moments[-1] if everything else self.chance.choice(moments))
        silent = [each for each in self.publisher.channels.values() if each.fault is Fault.SILENT]
        self.desk.patience = 0.5 if silent else 30.0
        report = self.desk.collect()
        if any(each.fault is Fault.BUSY for each in self.publisher.channels.values()):
            self.desk.forget_pauses()
        self.polls += report.polled
        sights = self.ledger.follow()
        self._check_outcomes({each.channel: each.fault for each in sights}, lenient=bool(silent))
        self.ledger.check(report)

    def _check_outcomes(self, faults: dict[str, Fault | None], *, lenient: bool) -> None:
        """What failed is a failure with its sentence, and nothing else is."""
        by_name = {feed.url.rpartition("/")[2]: feed for feed in self.desk.store.feeds(None)}
        for name, fault in faults.items():
            feed = by_name[name]
            if fault is Fault.TRUNCATED or (lenient and fault is None):
                continue
            assert (feed.failures > 0) == (fault is not None), f"{name} showed {fault}: {feed.last_error}"
            assert fault is None or (feed.last_error or "").endswith("."), feed.last_error

    def settle(self) -> None:
        """Let all be well again, and see that nothing is missing or wrong."""
        for channel in self.publisher.channels.values():
            channel.fault, channel.held = None, None
        for number in tuple(self.publisher.broken_pages):
            self.mend(number)
        for _ in range(3):
            for channel in self.publisher.channels.values():
                self.publisher.add(channel.name)
            self.poll(everything=True)
        self.ledger.check()
        self.desk.compose(GUILD, now=self.clock())
        self.ledger.check_stories()
        self.ledger.check_texts()

    # ------------------------------------------------------------------------------------------------------ operations
    def happen(self) -> None:
        """One thing happens."""
        name = self.chance.choices(list(OPERATIONS), list(OPERATIONS.values()))[0]
        self.do(name, self.chance.choice(list(self.publisher.channels)))

    def do(self, name: str, channel: str) -> None:
        self.done.append(f"{self.polls}: {name} {channel}")
        getattr(self, name)(self.publisher.channels[channel])

    def add(self, channel: Channel) -> None:
        others = [name for name in self.publisher.channels if name != channel.name]
        also = [self.chance.choice(others)] if others and self.chance.random() < 0.2 else []
        self.publisher.add(channel.name, *also)
        self.clock.now += timedelta(minutes=1)
        self.publisher.change(channel, channel.pieces[:MOST_LISTED])

    def add_many(self, channel: Channel) -> None:
        for _ in range(self.chance.randrange(2, MOST_LISTED)):
            self.add(channel)

    def _alter(self, channel: Channel, **changes: object) -> None:
        """Change a piece, if it can still be known everywhere that it is shown."""
        piece = self._some(channel)
        if piece is None:
            return
        if changes.pop("edit", False):
            if piece.edition >= MOST_EDITIONS:
                return
            piece = self.publisher.edited(piece)
        made = {key: value(piece) if callable(value) else value for key, value in changes.items()}
        altered = replace(piece, **made)
        if all(self.ledger.is_recognisable(each, altered) for each in self.publisher.listing(piece.number)):
            self.publisher.alter(altered)

    def _some(self, channel: Channel) -> Piece | None:
        return self.publisher.pieces[self.chance.choice(channel.pieces).number] if channel.pieces else None

    def edit(self, channel: Channel) -> None:
        self._alter(channel, edit=True)

    def touch(self, channel: Channel) -> None:
        self._alter(channel, comments=self.chance.randrange(99), spaces=self.chance.randrange(9))
        channel.tracking = f"utm_source={channel.name}&utm_campaign={self.chance.randrange(99)}"

    def redate(self, channel: Channel) -> None:
        days = self.chance.choice((-3, -1, 0, 1, 400))
        self._alter(channel, published_at=self.clock() + timedelta(days=days))

    def rename(self, channel: Channel) -> None:
        self._alter(channel, guid=self._guid)

    def readdress(self, channel: Channel) -> None:
        self._alter(channel, path=self._path)

    def rename_and_readdress(self, channel: Channel) -> None:
        self._alter(channel, guid=self._guid, path=self._path)

    def edit_and_readdress(self, channel: Channel) -> None:
        self._alter(channel, edit=True, path=self._path)

    def edit_and_rename(self, channel: Channel) -> None:
        self._alter(channel, edit=True, guid=self._guid)

    def drop_guid(self, channel: Channel) -> None:
        self._alter(channel, guid=None)

    def drop_date(self, channel: Channel) -> None:
        self._alter(channel, published_at=None)

    def _guid(self, piece: Piece) -> str:
        return f"tag:{piece.number}:{self.chance.randrange(10**9)}"

    def _path(self, piece: Piece) -> str:
        return f"/news/{piece.number}-{self.chance.randrange(10**9)}"

    def delete(self, channel: Channel) -> None:
        if channel.pieces:
            gone = self.chance.choice(channel.pieces)
            self.publisher.change(channel, [each for each in channel.pieces if each is not gone])

    def reorder(self, channel: Channel) -> None:
        self.publisher.change(channel, self.chance.sample(channel.pieces, len(channel.pieces)))

    def republish(self, channel: Channel) -> None:
        piece = self._some(self.chance.choice(list(self.publisher.channels.values())))
        if piece and self.ledger.is_recognisable(channel, piece):
            self.publisher.list_in(channel.name, piece)

    def switch(self, channel: Channel) -> None:
        former, channel.format = channel.format, self.chance.choice(SWITCHABLE)
        known = all(self.ledger.is_recognisable(channel, piece) for piece in (*channel.pieces, *(channel.held or ())))
        if former not in SWITCHABLE or not known:
            channel.format = former

    def move(self, channel: Channel) -> None:
        self.publisher.move(
            channel, f"/{self.chance.randrange(10**6)}/{channel.name}", self.chance.choice((301, 302, 308))
        )

    def break_feed(self, channel: Channel) -> None:
        usual = [each for each in Fault if each is not Fault.SILENT]
        channel.fault = Fault.SILENT if self.chance.random() < 0.03 else self.chance.choice(usual)

    def mend_feed(self, channel: Channel) -> None:
        for each in self.publisher.channels.values():
            each.fault = None if self.chance.random() < 0.7 else each.fault

    def roll_back(self, channel: Channel) -> None:
        if channel.past and channel.held is None:
            older = self.chance.choice(channel.past)
            kept = all(each.guid == self.publisher.pieces[each.number].guid for each in older)
            if kept and all(self.ledger.is_recognisable(channel, each) for each in older):
                channel.held = older

    def come_back(self, channel: Channel) -> None:
        for each in self.publisher.channels.values():
            each.held = None

    def revalidate(self, channel: Channel) -> None:
        channel.salt += 1
        channel.repeats_validators = self.chance.random() < 0.5
        channel.validators = self.chance.choice((("ETag", "Last-Modified"), ("ETag",), ("Last-Modified",), ()))

    def break_page(self, channel: Channel) -> None:
        if piece := self._some(channel):
            self.publisher.broken_pages.add(piece.number)
            self.publisher.once_broken.add(piece.number)

    def mend_page(self, channel: Channel) -> None:
        for number in tuple(self.publisher.broken_pages):
            self.mend(number)

    def mend(self, number: int) -> None:
        self.publisher.broken_pages.discard(number)
        self.publisher.mended_pages.add(number)


@contextmanager
def wandering(store: Store, seed: int) -> Iterator[Wanderer]:
    """A publisher with eight feeds and a desk that reads them; what happened is told when a check fails."""
    clock = Clock(START)
    with Publisher(clock) as publisher:
        wanderer = Wanderer(publisher, Desk(store, options=options(), clock=clock), clock, seed)
        try:
            yield wanderer
        except AssertionError as error:
            error.add_note(f"seed {seed}, after {wanderer.polls} polls; last: {'; '.join(wanderer.done[-12:])}")
            raise
