"""The counting, from Discord's durable record alone: which briefing of which slot stands in which channel how often."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .press import Piece

MARKER = re.compile(r"(?:brief:(?P<b>\d+):(?P<bp>\d+):sources|story:(?P<s>\d+):\d+:\w+:(?P<sp>\d+))")
PART = re.compile(r"Part \d+ of (\d+)")
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


@dataclass
class Verdict:
    """What became of what was due. ``twice`` and ``lost`` are sentences; of both there should be none."""

    due: int = 0
    once: int = 0
    refused: int = 0
    twice: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    articles: int = 0

    @property
    def good(self) -> bool:
        return self.due > 0 and not self.twice and not self.lost


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
            found.append(Told(int(message["channel_id"]), number, part, int(several[1]) if several else 1, at, text))
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
    messages: Sequence[Told], due: Iterable[Due], refused: set[Due], pieces: Mapping[int, Sequence[Piece]]
) -> Verdict:
    """Hold what stands against what was due, and what was written against what was told; ``pieces`` by channel."""
    verdict = Verdict(articles=sum(map(len, pieces.values())), refused=len(refused))
    _of_slots(verdict, messages, set(due) - refused, refused)
    _of_pieces(verdict, messages, pieces)
    return verdict


def _of_slots(verdict: Verdict, messages: Sequence[Told], due: set[Due], refused: set[Due]) -> None:
    slots: dict[int, list[datetime]] = defaultdict(list)
    for channel, at in sorted(due | refused):
        slots[channel].append(at)
    stands: dict[Due, Counter[tuple[int, int]]] = defaultdict(Counter)
    lengths: dict[int, int] = {}
    for each in messages:
        index = bisect.bisect_right(slots[each.channel], each.at) - 1
        stands[each.channel, slots[each.channel][max(index, 0)]][each.briefing, each.part] += 1
        lengths[each.briefing] = each.parts
    verdict.due = len(due)
    for one in sorted(due):
        _of_slot(verdict, one, stands[one], lengths)


def _of_slot(verdict: Verdict, due: Due, stands: Counter[tuple[int, int]], lengths: Mapping[int, int]) -> None:
    channel, at = due
    where = f"channel {channel}, {at:%d %B %H:%M}"
    briefings = {briefing for briefing, _ in stands}
    missing = [part for each in briefings for part in range(lengths[each]) if not stands[each, part]]
    if not briefings or missing:
        verdict.lost.append(f"{where}: nothing stands" if not briefings else f"{where}: parts {missing} are missing")
    if len(briefings) > 1 or any(count > 1 for count in stands.values()):
        verdict.twice.append(f"{where}: {dict(stands)}")
    elif briefings and not missing:
        verdict.once += 1


def _of_pieces(verdict: Verdict, messages: Sequence[Told], pieces: Mapping[int, Sequence[Piece]]) -> None:
    for channel, own in pieces.items():
        briefings: dict[str, set[int]] = defaultdict(set)
        here = [each for each in messages if each.channel == channel]
        for each in here:
            for word in set(re.findall(r"[A-Z][a-z]+\d+", each.text)):
                briefings[word].add(each.briefing)
        for piece in own:
            if not briefings[piece.word]:
                verdict.lost.append(f"channel {channel}: article {piece.number} was never told")
            elif len(briefings[piece.word]) > 1:
                verdict.twice.append(f"channel {channel}: article {piece.number} in {sorted(briefings[piece.word])}")
