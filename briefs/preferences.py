"""What a channel wants of its briefings: settings and topics as people write them, and which of them hold.

    operator's options ─▶ what the server chose for all its channels ─▶ what the channel chose ─▶ Preferences

Chosen values are kept as text. Pure: nothing is read or stored here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING

from briefs.errors import SettingError
from briefs.language.words import STOP_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EVERY_CHANNEL = 0  # the channel under which a server keeps what holds for all its channels
FOLLOWED, MUTED = 3.0, 0.0  # weights: followed, a story that one outlet tells stands beside one that eight tell
HEAVIEST = 10.0
TOPIC_LIMIT = 80  # characters
MOST_TOPICS = 50  # of a channel, and of a server for all its channels
READERS_OWN = "reader"  # the language of dates: each reader's own
NONE = "none"
POSTING = "post_"  # begins the names of settings that are about posting a briefing, not about making it


class Sort(StrEnum):
    """What puts a story first."""

    IMPORTANCE = "importance"  # everything that speaks for a story together
    NEWEST = "newest"
    SOURCES = "sources"  # how many tell it independently


class TopicKind(StrEnum):
    """What a topic is looked for in."""

    WORD = "word"  # the words of an article, by their stems; several words together
    NAME = "name"  # the people, places and bodies it names
    OUTLET = "outlet"  # who published it


@dataclass(frozen=True, slots=True)
class Topic:
    """What a channel follows or mutes. ``weight`` 0 mutes; above 1 brings a story forward, below 1 puts it back."""

    kind: TopicKind
    text: str
    weight: float

    @property
    def key(self) -> tuple[TopicKind, str]:
        """What makes it another topic than others, however it is capitalised."""
        return self.kind, self.text.casefold()

    @property
    def mutes(self) -> bool:
        """Whether it keeps stories out."""
        return self.weight == MUTED

    @property
    def follows(self) -> bool:
        """Whether it brings stories in."""
        return self.weight > 1


@dataclass(frozen=True, slots=True)
class Preferences:
    """A channel's wishes; what nobody chose is the operator's default."""

    stories: int = 5  # at most
    sentences: int = 3  # of each story, at most
    words: int | None = None  # of each story's sentences together, at most
    sort: Sort = Sort.IMPORTANCE
    topics: tuple[Topic, ...] = ()
    opinion: bool = False  # opinion and background stand among the news; else only where there is no news
    says_unmoved: bool = False  # a line for stories it knows on which nothing is new, instead of silence
    dates: str | None = None  # language of dates (BCP 47); None: each reader's own


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a server chose for all its channels, or for one of them: settings as text, by the names of preferences."""

    settings: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()


Value = int | str | bool | None


# ------------------------------------------------------------------------------------------------------------- settings
def parse(name: str, text: str) -> Value:
    """Return the value of a setting as a person or the store writes it. Raises SettingError."""
    reading = _READ.get(name)
    if reading is None:
        raise SettingError(f"There is no setting “{name}”; choose one of {', '.join(SETTINGS)}.", setting=name)
    return reading(name, text.strip())


def written(name: str, value: Value) -> str:
    """Return the value of a setting as it is stored, which ``parse`` reads back."""
    if value is None:
        return READERS_OWN if name == "dates" else NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def effective(defaults: Preferences, *chosen: Chosen) -> tuple[Preferences, tuple[str, ...]]:
    """Return what holds, the later choices before the earlier ones; and a sentence for each stored value that is no use.

    A value that is no use, since it was damaged or a newer version wrote it, leaves what held before.
    """
    values: dict[str, Value] = {}
    problems: list[str] = []
    topics = {topic.key: topic for topic in defaults.topics}
    for each in chosen:
        for name, text in each.settings.items():
            if name.startswith(POSTING):
                continue
            try:
                values[name] = parse(name, text)
            except SettingError as error:
                problems.append(str(error))
        topics |= {topic.key: topic for topic in each.topics}
    return replace(defaults, topics=tuple(topics.values()), **values), tuple(problems)  # type: ignore[arg-type]


def _number(name: str, text: str, least: int, most: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most:
        return int(text)
    raise SettingError(f"{_LABELS[name]} must be a whole number from {least} to {most}, not “{text}”.", setting=name)


def _words(name: str, text: str) -> int | None:
    if text.casefold() == NONE:
        return None
    try:
        return _number(name, text, *WORDS)
    except SettingError as error:
        message = f"{_LABELS[name]} must be a whole number from {WORDS[0]} to {WORDS[1]}, or “none”, not “{text}”."
        raise SettingError(message, setting=name) from error


def parse_sort(text: str) -> Sort:
    """Return what puts a story first. Raises SettingError."""
    try:
        return Sort(text.strip().casefold())
    except ValueError as error:
        message = f"Stories are sorted by importance, newest or sources, not by “{text}”."
        raise SettingError(message, setting="sort") from error


def _yes(name: str, text: str) -> bool:
    if text.casefold() not in {"yes", "no"}:
        raise SettingError(f"{_LABELS[name]} must be yes or no, not “{text}”.", setting=name)
    return text.casefold() == "yes"


def _language(name: str, text: str) -> str | None:
    """Return a language as BCP 47 writes it: "de", "pt-BR"; None for the reader's own."""
    from babel import Locale, UnknownLocaleError

    if text.casefold() == READERS_OWN:
        return None
    try:
        found = Locale.parse("" if text.casefold() in {"root", "und"} else text, sep="-" if "-" in text else "_")
    except (UnknownLocaleError, ValueError) as error:
        message = f"I know no language “{text[:40]}” to write dates in; give its code, such as de or pt-BR, or “{READERS_OWN}”."
        raise SettingError(message, setting=name) from error
    return str(found).replace("_", "-")


def language_name(code: str) -> str:
    """Return what a language that dates are written in is called in English: "Portuguese (Brazil)"."""
    from babel import Locale

    return Locale.parse(code, sep="-").get_display_name("en") or code


STORIES, SENTENCES, WORDS = (1, 20), (1, 10), (10, 1000)  # as few and as many as may be chosen
_LABELS = {
    "stories": "The number of stories",
    "sentences": "The number of sentences of a story",
    "words": "The number of words of a story",
    "opinion": "Opinion among the news",
    "says_unmoved": "The line for stories without news",
}
_READ: dict[str, Callable[[str, str], Value]] = {
    "stories": lambda name, text: _number(name, text, *STORIES),
    "sentences": lambda name, text: _number(name, text, *SENTENCES),
    "words": _words,
    "sort": lambda _name, text: parse_sort(text),
    "opinion": _yes,
    "says_unmoved": _yes,
    "dates": _language,
}
SETTINGS = tuple(f.name for f in fields(Preferences) if f.name in _READ)


# --------------------------------------------------------------------------------------------------------------- topics
def topic(kind: TopicKind, text: str, weight: float) -> Topic:
    """Return a topic as a person wrote it. Raises SettingError where it could not be found in an article, or in each."""
    plain = re.sub(r"\s+", " ", text).strip(" \"“”'‘’.,;:")
    told = [word for word, _, _ in words(plain)]
    if not told or len(plain) > TOPIC_LIMIT:
        message = f"A topic is a word, a name or an outlet in at most {TOPIC_LIMIT} characters, such as climate change."
        raise SettingError(message, setting="topic")
    if kind is TopicKind.WORD and all(word in STOP_WORDS for word in told):
        message = f"“{plain}” stands in nearly every article. Give a word that tells more, or say that it is a name."
        raise SettingError(message, setting="topic")
    if not (isfinite(weight) and 0 <= weight <= HEAVIEST):
        raise SettingError(f"The weight of a topic is a number from 0 to {HEAVIEST:.0f}.", setting="weight")
    return Topic(kind, plain, weight)


def parse_topic(text: str, weight: float) -> Topic:
    """Return a topic from "flood", "name: Ada Berg" or "outlet: The Bugle". Raises SettingError."""
    kind, colon, rest = text.partition(":")
    if colon and kind.strip().casefold() in set(TopicKind):
        return topic(TopicKind(kind.strip().casefold()), rest, weight)
    return topic(TopicKind.WORD, text, weight)
