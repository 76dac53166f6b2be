"""The blocks of an article's text: headline, headings, prose, lists, furniture. Marks ranges and never rewrites.

    text ─layout.pieces─▶ pieces ─mend─▶ pieces ─certain─ title ─sections─ head ─body─▶ a kind for each ─lead─▶ blocks

What is a full sentence stays prose unless its words alone show that it is none: a lost sentence is a lost piece of news,
a stray one is merely odd.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from briefs.models import Block, BlockKind
from briefs.sources import datelines
from briefs.sources.furniture import (
    END_LABEL,
    RELATED_LABEL,
    SUMMARY_LABEL,
    asking_from,
    crumbs,
    is_byline,
    is_furniture,
    is_wall,
    outlet_of,
)
from briefs.sources.layout import LONGEST_JOINED, Piece, cut, join, pieces

if TYPE_CHECKING:
    from datetime import datetime

HEADLINE, HEADING, PROSE, LIST, FURNITURE = (
    BlockKind.HEADLINE,
    BlockKind.HEADING,
    BlockKind.PROSE,
    BlockKind.LIST,
    BlockKind.FURNITURE,
)

_BODY_WORDS = 8  # a sentence so long is no slogan
_SLOGAN_WORDS = 12  # before the headline, up to this
_HEADLINE_WORDS = range(3, 31)
_LONGEST_HEADLINE = 500  # characters
_HEADING_WORDS = 14  # a piece so long without a full stop has lost it
_LABEL_WORDS = 3
_SHOUTED_WORDS = 6
_PULL_QUOTE_WORDS = 10
_LONGEST_QUOTE = 100  # words
_LONGEST_QUOTED = 600  # words of the paragraph that it is taken from; comparing the two takes their product
_BEFORE_END = 300  # characters of prose before "Comments" ends an article


@dataclass(frozen=True, slots=True)
class Marked:
    """A text's blocks in order, and the title, outlet and date that stand in it."""

    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None


def mark(text: str, *, title: str | None = None) -> Marked:
    """Mark what each stretch of a text is; ``title`` is what is already known of it.

    The blocks are in order, apart, trimmed of white space, and cover everything else.
    """
    draft = _Draft(text, _mended(_unglued(pieces(text), title, text)), title)
    draft.settle()
    blocks = tuple(Block(piece.start, piece.end, kind) for piece, kind in draft.settled())
    return Marked(blocks, title or draft.headline(), draft.outlet(), draft.published_at())


# --------------------------------------------------------------------------------------------------------------- pieces
def _unglued(found: list[Piece], title: str | None, text: str) -> list[Piece]:
    """Part a headline from the first sentence where a text was scraped into one line: "TITLE First sentence…"."""
    if not found or not title or len(title) > _LONGEST_HEADLINE or len(title.split()) not in _HEADLINE_WORDS:
        return found
    glued = re.match(_loosely(title) + r"\.?(?=\s+[\"“‘'(\[]?[A-Z0-9$€£])", found[0].line)
    if not glued or glued.end() >= len(found[0].line):
        return found
    return [*cut(found[0], glued.end(), text), *found[1:]]


def _loosely(title: str) -> str:
    """Make a pattern of a title that takes any quotation mark, dash and white space for another."""
    escaped = re.escape(" ".join(title.split())).replace(r"\ ", r"\s+")
    escaped = re.sub("['‘’`]", "['‘’`]", escaped)
    escaped = re.sub('["“”]', '["“”]', escaped)
    return re.sub(r"\\-|–|—", "[-–—]", escaped)


def _mended(found: list[Piece]) -> list[Piece]:
    """Join a paragraph that a blank line breaks in mid-sentence."""
    mended: list[Piece] = []
    for piece in found:
        if mended and _is_broken(mended[-1], piece):
            mended[-1] = join(mended[-1], piece)
        else:
            mended.append(piece)
    return mended


_UNFINISHED = re.compile(
    r"(?:,|\b(?:to|of|the|an?|and|or|but|in|on|at|for|with|by|from|that|which|who|as|is|was|were|are|has|have|had|be|been|will|would"
    r"|could|should|their|his|her|its|our|than|into|between|because|said|told|if|when|while))$"
)


def _is_broken(first: Piece, second: Piece) -> bool:
    if len(first.line) > LONGEST_JOINED or first.terminated or first.words < 3 or first.bullet or second.bullet:
        return False
    if not (second.continues or _UNFINISHED.search(first.line)):
        return False
    return not any(is_furniture(p.line) or datelines.is_date_line(p.line) for p in (first, second))


# ---------------------------------------------------------------------------------------------------------------- draft
class _Draft:
    """The pieces of a text with the kind of each, None while it is open. Each step settles what it is sure of."""

    def __init__(self, text: str, found: list[Piece], title: str | None) -> None:
        self.text = text
        self.pieces = found
        self.kinds: list[BlockKind | None] = [None] * len(found)
        self.title = title
        self._stamps: dict[int, str] = {}  # lines with a date by the piece they were found in
        self._wire: str | None = None

    def settle(self) -> None:
        """Give every piece its kind."""
        self._certain()
        self._titles()
        self._sections()
        body = self._body()
        # A date between paragraphs heads a part of a chronicle, unless it says that it is the article's own.
        self._stamps = {i: line for i, line in self._stamps.items() if i < body or datelines.is_labelled(line)}
        self._head(body)
        self._rest(body)
        self._rescue()
        self._lead()
        self._tail()

    def settled(self) -> list[tuple[Piece, BlockKind]]:
        """Give each piece with its kind."""
        return [(piece, kind or PROSE) for piece, kind in zip(self.pieces, self.kinds, strict=True)]

    # ------------------------------------------------------------------------------------------------------------ steps
    def _certain(self) -> None:
        """Settle what a piece's own words tell: furniture, dates, list items."""
        alone = len(self.pieces) == 1
        for i, piece in enumerate(self.pieces):
            if datelines.is_date_line(piece.line) and not alone:
                self.kinds[i] = FURNITURE
                self._stamps[i] = piece.line
            elif is_furniture(piece.line) or _is_bare_dateline(piece.line):
                self.kinds[i] = None if alone and not is_wall(piece.line) else FURNITURE
            elif self._is_item(i):
                self.kinds[i] = LIST

    def _is_item(self, i: int) -> bool:
        """Say whether a piece is a list's: with a bullet, and for strokes and numbers with a neighbour of the same sort."""
        piece = self.pieces[i]
        if not piece.bullet:
            return False
        if piece.line[0] not in "-–—+*" and not piece.line[0].isdigit() and piece.line[0] != "(":
            return True
        numbered = piece.line[0] not in "-–—+*"
        near = self.pieces[max(0, i - 1) : i] + self.pieces[i + 1 : i + 2]
        if any(p.bullet and (p.line[0] not in "-–—+*") == numbered for p in near):
            return True
        return not numbered and not piece.terminated  # a number alone begins a heading, a stroke a speech

    def _titles(self) -> None:
        """Settle the known title where it stands: the first is the headline, the others repeat it."""
        if not self.title:
            return
        known = _plain(self.title)
        kind = HEADLINE
        for i, piece in enumerate(self.pieces):
            plain = _plain(piece.line)
            whole = plain == known or (piece.words >= 4 and known.startswith(f"{plain} ") and not piece.terminated)
            if whole and self.kinds[i] is None and len(self.pieces) > 1:
                self.kinds[i] = kind
                kind = FURNITURE

    def _sections(self) -> None:
        """Settle what a label rules: bare lines of a summary, links to other stories, everything after the end."""
        for i, piece in enumerate(self.pieces):
            if self.kinds[i] is not FURNITURE:
                continue
            if SUMMARY_LABEL.fullmatch(piece.line):
                self._summary(i + 1)
            elif END_LABEL.fullmatch(piece.line) and self._prose_before(i) >= _BEFORE_END:
                self.kinds[i:] = [FURNITURE] * (len(self.kinds) - i)
                return
            elif RELATED_LABEL.fullmatch(piece.line):
                self._links(i + 1)

    def _summary(self, first: int) -> None:
        """Take the lines right under "Key points" for a list, if a blank line or label ends them."""
        last = first
        while last < len(self.pieces) and self.kinds[last] is None and (last == first or not self.pieces[last].gap):
            last += 1
        ended = last < len(self.pieces) and (self.pieces[last].gap or self.kinds[last] is FURNITURE)
        if ended and last - first >= 2 and all(len(p.line) <= 250 for p in self.pieces[first:last]):
            self.kinds[first:last] = [LIST] * (last - first)

    def _links(self, first: int) -> None:
        """Take headlines after "Related stories" for links, up to the next sentence."""
        for i in range(first, len(self.pieces)):
            if self.kinds[i] not in (None, LIST) or (self.pieces[i].terminated and self.kinds[i] is None):
                return
            self.kinds[i] = FURNITURE

    def _prose_before(self, i: int) -> int:
        return sum(
            len(p.line) for p, kind in zip(self.pieces[:i], self.kinds, strict=False) if not kind and p.terminated
        )

    def _body(self) -> int:
        """Find the piece the article's text begins with; a text without one full stop has long lines for it."""
        open_ = self._open()
        sentences = [i for i in open_ if self.pieces[i].terminated or self.pieces[i].several]
        full = [i for i in sentences if self.pieces[i].words >= _BODY_WORDS and not self._is_question(i)]
        long = [i for i in open_ if self.pieces[i].words >= _HEADING_WORDS]
        return min(full or sentences or long, default=len(self.pieces))

    def _head(self, body: int) -> None:
        """Settle what stands before the text: the headline, a standfirst, slogans and menus."""
        if body == len(self.pieces):
            return
        headline = self.kinds.index(HEADLINE) if HEADLINE in self.kinds else self._choose_headline(body)
        if headline is not None:
            self.kinds[headline] = HEADLINE
        self._repeats(headline)
        for i in self._open(body):
            piece = self.pieces[i]
            if headline is not None and i < headline:
                self.kinds[i] = FURNITURE if piece.words <= _SLOGAN_WORDS else None
            elif not piece.terminated and not piece.several:
                self.kinds[i] = HEADING if headline is not None and piece.words >= 4 else FURNITURE

    def _choose_headline(self, body: int) -> int | None:
        candidates = [i for i in self._open(body) if self._may_be_headline(i)]
        told = _stems(
            " ".join(p.line for p, kind in zip(self.pieces, self.kinds, strict=True) if not kind and p.terminated)
        )
        steps = {_plain(crumb[-1]) for piece in self.pieces[:body] if (crumb := crumbs(piece.line))}
        lines = [_plain(piece.line) for piece in self.pieces]
        times = Counter(lines)
        shared = {i: len(_stems(self.pieces[i].line) & told) for i in candidates}
        repeated = [i for i in candidates if lines[i] in steps or times[lines[i]] > 1]
        fitting = [i for i in candidates if shared[i] >= 2 and shared[i] * 5 >= 2 * len(_stems(self.pieces[i].line))]
        touching = [i for i in reversed(candidates) if shared[i]]
        only = candidates if len(candidates) == 1 and self.pieces[candidates[0]].words >= 4 else []
        return next(iter(repeated or fitting or touching or only), None)

    def _may_be_headline(self, i: int) -> bool:
        piece = self.pieces[i]
        return (
            piece.words in _HEADLINE_WORDS
            and not piece.several
            and (not piece.terminated or piece.line[-1] in "?!’'\"”")
        )

    def _repeats(self, headline: int | None) -> None:
        """Settle what says the headline, or a whole earlier piece, once more."""
        seen = {_plain(self.pieces[headline].line)} if headline is not None else set()
        for i in self._open():
            plain = _plain(self.pieces[i].line)
            if plain in seen and len(self.pieces) > 1:
                self.kinds[i] = FURNITURE
            elif self.pieces[i].words >= 4:
                seen.add(plain)

    def _rest(self, body: int) -> None:
        """Settle the text itself: its paragraphs, headings and pull quotes."""
        open_ = self._open() if body < len(self.pieces) else []
        prose = [i for i in open_ if self.pieces[i].terminated or self.pieces[i].words >= _HEADING_WORDS]
        last = max(prose, default=-1)
        for i in open_:
            self.kinds[i] = self._kind_inside(i, last)

    def _kind_inside(self, i: int, last: int) -> BlockKind:
        piece = self.pieces[i]
        if self._is_pull_quote(i) or self._is_shouted(i):
            return FURNITURE
        if piece.terminated:
            return HEADING if i < last and (self._is_question(i) or self._is_label(i)) else PROSE
        if piece.words >= _HEADING_WORDS or piece.continues or self._is_cut_off(i):
            return PROSE
        return HEADING if i < last and self._heads(i) else FURNITURE

    def _is_shouted(self, i: int) -> bool:
        """Say whether a piece is a link to another story, in capitals among paragraphs in small letters."""
        piece = self.pieces[i]
        return piece.line.isupper() and not piece.terminated and piece.words >= _SHOUTED_WORDS

    def _is_question(self, i: int) -> bool:
        """Say whether a piece is a question of a few words: a heading, where others tell the news."""
        piece = self.pieces[i]
        return piece.line.endswith("?") and piece.words <= 10 and not re.search(r"[.!\"“”:;]", piece.line)

    def _is_label(self, i: int) -> bool:
        """Say whether a piece is "The plan:" over what follows."""
        return self.pieces[i].line.endswith(":") and self.pieces[i].words <= _LABEL_WORDS

    def _heads(self, i: int) -> bool:
        """Say whether text follows: of several short lines in a row only the last is a heading."""
        following = next((j for j in range(i + 1, len(self.pieces)) if self.kinds[j] is not FURNITURE), None)
        if following is None:
            return False
        piece = self.pieces[following]
        return self.kinds[following] is LIST or piece.terminated or piece.words >= _HEADING_WORDS

    def _is_cut_off(self, i: int) -> bool:
        """Say whether a sentence goes on after furniture that was put into its middle."""
        following = next((j for j in range(i + 1, len(self.pieces)) if self.kinds[j] is not FURNITURE), None)
        return (
            following is not None
            and following > i + 1
            and self.pieces[i].words >= 3
            and self.pieces[following].continues
        )

    def _is_pull_quote(self, i: int) -> bool:
        """Say whether a neighbour has the same words: word for word, or nearly so when the full stop is missing."""
        piece = self.pieces[i]
        quoted = piece.line[0] in '"“‘'
        if piece.words < (_PULL_QUOTE_WORDS if not quoted else 5):
            return False
        near = [self.pieces[j] for j in range(max(0, i - 4), min(len(self.pieces), i + 5)) if j != i]
        longer = [_plain(p.line) for p in near if p.words > piece.words and p.terminated]
        plain = _plain(piece.line)
        if any(f" {plain} " in f" {other} " for other in longer):
            return True
        return not piece.terminated and any(_nearly_holds(other.split(), plain.split()) for other in longer)

    def _rescue(self) -> None:
        """Find the text of an article that has no paragraph: its list items, else its lines, else all there is."""
        if PROSE in self.kinds:
            return
        items = [i for i, kind in enumerate(self.kinds) if kind is LIST]
        sentences = [i for i in items if self.pieces[i].terminated]
        for i in sentences or self._open() or items:
            self.kinds[i] = PROSE
        for i in self._open():
            self.kinds[i] = FURNITURE

    def _lead(self) -> None:
        """Part the dateline, or a glued headline with its time, from the first sentence."""
        first = next((i for i, kind in enumerate(self.kinds) if kind is PROSE), None)
        if first is None:
            return
        self._cut_stamp(first)
        first = next(i for i, kind in enumerate(self.kinds) if kind is PROSE)
        line = self.pieces[first].line
        found = datelines.dateline(line)
        if found and found.length < len(line):
            self._stamps[first] = found.words
            self._wire = found.outlet
            self._cut(first, found.length, FURNITURE)

    def _cut_stamp(self, i: int) -> None:
        found = datelines.stamp(self.pieces[i].line)
        if not found:
            return
        start, end = found
        line = self.pieces[i].line
        self._stamps[i] = line[start:end]
        if start:
            # A headline and a standfirst in one, or a second headline, are no headline.
            clean = HEADLINE not in self.kinds and not re.search(r"[.!?]$", line[:start].strip())
            self._cut(i, start, HEADLINE if clean else HEADING)
            i += 1
        self._cut(i, len(self.pieces[i].line) - len(line[end:].strip()), FURNITURE)

    def _cut(self, i: int, length: int, kind: BlockKind) -> None:
        self.pieces[i : i + 1] = cut(self.pieces[i], length, self.text)
        self.kinds[i : i + 1] = [kind, PROSE]

    def _tail(self) -> None:
        """Part what asks for payment, or to read on elsewhere, from the end of the text."""
        last = max((i for i, kind in enumerate(self.kinds) if kind is PROSE), default=None)
        length = asking_from(self.pieces[last].line) if last is not None else None
        if last is not None and length:
            self.pieces[last : last + 1] = cut(self.pieces[last], length, self.text)
            self.kinds[last : last + 1] = [PROSE, FURNITURE]

    def _open(self, end: int | None = None) -> list[int]:
        return [i for i, kind in enumerate(self.kinds[:end]) if kind is None]

    # ----------------------------------------------------------------------------------------------------------- findings
    def headline(self) -> str | None:
        """Give the headline that stands in the text."""
        return next((piece.line.strip("#*_ ") for piece, kind in self.settled() if kind is HEADLINE), None)

    def outlet(self) -> str | None:
        """Give the outlet that bylines, notices of rights or the dateline name."""
        lines = (piece.line for piece, kind in self.settled() if kind is FURNITURE)
        return next((outlet for line in lines if (outlet := outlet_of(line))), self._wire)

    def published_at(self) -> datetime | None:
        """Give the time of publication that the text states."""
        prose = [piece.line for piece, kind in self.settled() if kind is PROSE]
        stamps = [
            *self._stamps.values(),
            *(piece.line for piece, kind in self.settled() if kind is FURNITURE and is_byline(piece.line)),
        ]
        return datelines.published_at(stamps, " ".join(prose[:2])[:1_000])


# ---------------------------------------------------------------------------------------------------------------- words
def _plain(line: str) -> str:
    """Give a line's words alone, for comparison."""
    return " ".join(re.findall(r"\w+", line.casefold()))


def _stems(line: str) -> set[str]:
    """Give the beginnings of a line's longer words: enough to see that two lines speak of one thing."""
    return {word[:5] for word in re.findall(r"[^\W_]{3,}", line.casefold()) if len(word) > 3 or word.isdigit()}


def _nearly_holds(paragraph: list[str], quote: list[str]) -> bool:
    """Say whether most words of a pull quote stand in a paragraph in the same order; longer ones are none."""
    if not 0 < len(quote) <= _LONGEST_QUOTE or len(paragraph) > _LONGEST_QUOTED:
        return False
    matched = SequenceMatcher(None, quote, paragraph, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched) >= 0.8 * len(quote)


def _is_bare_dateline(line: str) -> bool:
    """Say whether a line is a dateline whose sentence stands on the next: "PARIS, Aug 1 (Reuters) -"."""
    found = datelines.dateline(f"{line.rstrip(' -–—')} — X")
    return found is not None and len(line) <= len(found.words) + 3
