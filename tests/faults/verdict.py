"""The counting, from Discord's durable record alone: which briefing of which slot stands in which channel how often."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .press import Piece

MARKER = re.compile(r"(?:brief:(?P<b>\d+):(?P<bp>\d+):sources|story:(?P<s>\d+):\d+:\w+:(?P<sp>\d+))")
PART = re.compile(r"Part \d+ of (\d+)")
BEFORE = timedelta(minutes=15)  # in which the news of a slot are written
CROSSPOSTED = 1 << 0  # a message's flag
Due = tuple[int, datetime]  # a channel, and when its briefing was due


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a briefing as it stands."""

    channel: int
    briefing: int
    part: int
    parts: int
    at: datetime
    text: str
    message: int = 0
    passed_on: bool = False


@dataclass
class Verdict:
    """What became of what was due. ``twice``, ``lost`` and ``told_by_next`` are sentences, of which there should be none.

    ``told_by_next``: nothing stands for a slot, but all its articles stand in a later briefing of the channel, as the rule for
    missed slots has it; the harness leaves time enough for its own. ``refused``: what was due in channels that took no
    message, or perhaps none.
    """

    due: int = 0
    once: int = 0
    refused: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    told_by_next: list[str] = field(default_factory=list)
    articles: int = 0
    passed_on: int = 0
    to_pass_on: int = 0
    threads: int = 0
    to_thread: int = 0

    @property
    def good(self) -> bool:
        return self.due > 0 and not (self.twice or self.lost or self.told_by_next)


def told(messages: Iterable[Mapping[str, Any]]) -> list[Told]:
    """Return the messages that belong to briefings."""
    found = []
    for message in messages:
        marks = [MARKER.fullmatch(each) for each in _ids(message["components"])]
        mark = next(filter(None, marks), None)
        if mark:
            text = "\n".join(_texts(message["components"]))
            several = PART.search(text)
            number, part = int(mark["b"] or mark["s"]), int(mark["bp"] or mark["sp"])
            at = datetime.fromisoformat(message["timestamp"])
            place, parts = int(message["channel_id"]), int(several[1]) if several else 1
            passed_on = bool(message["flags"] & CROSSPOSTED)
            found.append(Told(place, number, part, parts, at, text, int(message["id"]), passed_on))
    return found


def _walk(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or ())
        yield from _walk([component["accessory"]] if component.get("accessory") else ())


def _ids(components: Iterable[Mapping[str, Any]]) -> list[str]:
    return [each["custom_id"] for each in _walk(components) if each.get("custom_id")]


def _texts(components: Iterable[Mapping[str, Any]]) -> list[str]:
    return [each["content"] for each in _walk(components) if each.get("content")]


def judge(
    messages: Sequence[Told], due: Iterable[Due], shut: set[Due], pieces: Mapping[int, Sequence[Piece]]
) -> Verdict:
    """Hold what stands against what was due, and what was written against what was told; ``pieces`` by channel.

    ``shut``: slots in which the channel took no messages at times, so that one or none may stand.
    """
    verdict = Verdict(articles=sum(map(len, pieces.values())), refused=len(shut))
    told_in = _told_in(messages, pieces)
    _of_slots(verdict, messages, set(due), shut, _late(told_in, pieces))
    _of_pieces(verdict, told_in, pieces)
    return verdict


def _told_in(messages: Sequence[Told], pieces: Mapping[int, Sequence[Piece]]) -> dict[tuple[int, str], set[int]]:
    """The briefings in which each word stands, by channel."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for each in messages:
        if each.channel in pieces:
            for word in set(re.findall(r"[A-Z][a-z]+\d+", each.text)):
                found[each.channel, word].add(each.briefing)
    return found


def _late(
    told_in: Mapping[tuple[int, str], set[int]], pieces: Mapping[int, Sequence[Piece]]
) -> Callable[[int, datetime], bool]:
    """Whether all that was written for a slot was told at all."""

    def told(channel: int, at: datetime) -> bool:
        own = [piece for piece in pieces.get(channel, ()) if at - BEFORE <= piece.at < at]
        return bool(own) and all(told_in.get((channel, piece.word)) for piece in own)

    return told


def _of_slots(
    verdict: Verdict, messages: Sequence[Told], due: set[Due], shut: set[Due], late: Callable[[int, datetime], bool]
) -> None:
    slots: dict[int, list[datetime]] = defaultdict(list)
    for channel, at in sorted(due | shut):
        slots[channel].append(at)
    stands: dict[Due, Counter[tuple[int, int]]] = defaultdict(Counter)
    lengths: dict[int, int] = {}
    began: dict[tuple[int, int], datetime] = {}  # the rest of a briefing may arrive when the next is due
    for each in sorted(messages, key=lambda each: each.at):
        index = bisect.bisect_right(slots[each.channel], began.setdefault((each.channel, each.briefing), each.at)) - 1
        stands[each.channel, slots[each.channel][max(index, 0)]][each.briefing, each.part] += 1
        lengths[each.briefing] = each.parts
    verdict.due = len(due - shut)
    for one in sorted(due | shut):
        _of_slot(verdict, one, stands[one], lengths, is_shut=one in shut, late=late)


def _of_slot(
    verdict: Verdict,
    due: Due,
    stands: Counter[tuple[int, int]],
    lengths: Mapping[int, int],
    *,
    is_shut: bool,
    late: Callable[[int, datetime], bool],
) -> None:
    channel, at = due
    where = f"channel {channel}, {at:%d %B %H:%M}"
    briefings = {briefing for briefing, _ in stands}
    missing = [part for each in briefings for part in range(lengths[each]) if not stands[each, part]]
    if len(briefings) > 1 or any(count > 1 for count in stands.values()):
        verdict.twice.append(f"{where}: {dict(stands)}")
    elif is_shut:
        return
    elif missing:
        verdict.lost.append(f"{where}: parts {missing} are missing")
    elif briefings:
        verdict.once += 1
    elif late(channel, at):
        verdict.told_by_next.append(f"{where}: nothing stands, a later briefing tells it all")
    else:
        verdict.lost.append(f"{where}: nothing stands")


def _of_pieces(
    verdict: Verdict, told_in: Mapping[tuple[int, str], set[int]], pieces: Mapping[int, Sequence[Piece]]
) -> None:
    for channel, own in pieces.items():
        for piece in own:
            briefings = told_in.get((channel, piece.word))
            if not briefings:
                verdict.lost.append(f"channel {channel}: article {piece.number} was never told")
            elif len(briefings) > 1:
                verdict.twice.append(f"channel {channel}: article {piece.number} in {sorted(briefings)}")
