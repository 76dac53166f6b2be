"""A part of a question that asks, and what may be asked of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefs.answers.clause.tags import ADVERBS
from briefs.answers.lexicon import AUXILIARIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Doc, Span, Token

    from briefs.answers.english import English


@dataclass(frozen=True, slots=True)
class Part:
    """One part that asks: a range of tokens and the indices of its question words, none where it asks yes or no."""

    doc: Doc
    start: int
    end: int  # without punctuation and conjunctions at its end
    wh: tuple[int, ...]
    further: tuple[int, ...]  # question words of the other side: "who met whom"
    timed: Collection[int]  # indices of words of a time
    english: English

    @property
    def word(self) -> str:
        """The question word that the rest follows, in lower case; empty where there is none."""
        return self.doc[self.wh[-1]].lower_ if self.wh else ""

    @property
    def asks_side(self) -> bool:
        """Whether that asks for a person or a thing, one side of the event, and not when, where, why or how."""
        return self.word in ("who", "whom", "what", "which", "whose")

    @property
    def asks_thing(self) -> bool:
        """Whether its first question word asks for a person or a thing, and not for whose it is."""
        return bool(self.wh) and self.doc[self.wh[0]].lower_ in ("who", "whom", "what", "which")

    def lower(self, i: int) -> str:
        """The word at an index in lower case; empty behind the part."""
        return self.doc[i].lower_ if i < self.end else ""

    def tag(self, i: int) -> str:
        """The word class at an index; empty behind the part."""
        return self.doc[i].tag_ if i < self.end else ""

    def behind(self, i: int) -> Span:
        """The words after an index."""
        return self.doc[i + 1 : self.end]

    def is_timed(self, i: int) -> bool:
        """Whether the word at an index belongs to a time."""
        return i < self.end and i in self.timed

    def is_to(self, i: int) -> bool:
        """Whether the word at an index is the "to" of a verb."""
        return self.lower(i) == "to" and self.tag(i) == "TO"

    def is_adverb(self, i: int) -> bool:
        """Whether the word at an index is an adverb or an interjection."""
        return self.tag(i) in ADVERBS

    def past_adverbs(self, i: int) -> int:
        """The index of the first word from here that is no adverb."""
        while self.is_adverb(i):
            i += 1
        return i

    def plain(self, start: int, stop: int) -> list[Token]:
        """The words of a phrase without adverbs, auxiliaries, times and question words."""
        return [
            t for t in self.untimed(self.doc[start:stop])
            if not self.is_adverb(t.i) and not t.is_punct and t.i not in self.wh and t.lower_ not in AUXILIARIES
        ]  # fmt: skip

    def untimed(self, tokens: Iterable[Token]) -> list[Token]:
        """The words that belong to no time."""
        return [t for t in tokens if t.i not in self.timed]
