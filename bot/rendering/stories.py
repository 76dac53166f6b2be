"""One story of a briefing as texts of a message: headline, standing, what is told or what changed, disputes, sources."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.rendering import dates
from bot.rendering.escaping import clip, escape, pieces, shorten, source
from bot.rendering.pages import counted, dotted, stamp
from briefs.models import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefs.models import Alternative, Briefing, Change, Citation, CitedSentence, Disagreement, Item

HEADLINE_LIMIT = 200
EARLIER_ROOM = 400  # characters of the words that no longer hold
VALUE_ROOM = 150  # characters of one value of a dispute
VALUES_SHOWN = 3
SOURCES_ROOM = 1_000  # characters of one line of sources
MARK_ROOM = 30  # characters of a citation's mark and the bullet
SLOTS = {"amount": "Figure", "time": "Date"}  # what a reader calls them; other slots by their own name


def headed(item: Item, briefing: Briefing, number: int | None = None) -> str:
    """Return a story's headline, numbered in a briefing, and how it stands below it."""
    numbered = f"{number}. " if number is not None else ""
    headline = f"### {numbered}{escape(shorten(item.headline, HEADLINE_LIMIT))}"
    return f"{headline}{_headline_mark(item, briefing)}\n-# {_standing(item, briefing)}"


def told(item: Item, room: int) -> list[str]:
    """Return the lines that tell a story, each of at most ``room`` characters."""
    news = _changes(item, room) if item.is_update else _sentences(item, room)
    return [*news, *map(_dispute, item.disagreements)]


def _headline_mark(item: Item, briefing: Briefing) -> str:
    return next((behind(c.number) for c in briefing.citations if c.article_id == item.headline_article_id), "")


def mark(number: int) -> str:
    """Return the mark of a source, as it stands behind a sentence."""
    return f"\\[{number}\\]"


def behind(number: int) -> str:
    """Return the mark behind some words; no line begins with it."""
    return f"\N{NO-BREAK SPACE}{mark(number)}"


# ------------------------------------------------------------------------------------------------------- how it stands
def _standing(item: Item, briefing: Briefing) -> str:
    latest = item.latest_at and (
        dates.since(item.latest_at, briefing.dates, briefing.made_at) or stamp(item.latest_at, "R")
    )
    begun = item.begun_at and (dates.since(item.begun_at, briefing.dates, briefing.made_at) or stamp(item.begun_at))
    return standing(item, latest=latest or "", begun=begun or "")


def standing(item: Item, *, latest: str = "", begun: str = "") -> str:
    """Return "4 sources · 2 independent · 3 hours ago · Chapter 3 · since 2 July", as far as there is something to say."""
    chapter = item.chapter > 1
    return dotted(
        counted(len(item.article_ids), "source"),
        f"{item.independent} independent" if len(item.article_ids) > 1 else "",
        latest,
        f"Chapter {item.chapter}" if chapter else "",
        f"since {begun}" if chapter and begun else "",
    )


# -------------------------------------------------------------------------------------------------------- what is told
def beside_headline(item: Item) -> list[CitedSentence]:
    """Return the sentences that the headline does not say already: without a title, it is the first of them."""
    return [sentence for sentence in item.sentences if sentence.text != item.headline]


def _sentences(item: Item, room: int) -> list[str]:
    """Return the sentences with their marks as a list."""
    return [line for s in beside_headline(item) for line in _bullet("", s.text, behind(s.citation), room)]


def _changes(item: Item, room: int) -> list[str]:
    """Return what is new and, behind it, what it replaces."""
    found: list[str] = []
    for label, change in labelled(item.changes):
        sentence, earlier = change.sentence, change.earlier
        tail = f" (earlier: {clip(earlier.text, EARLIER_ROOM)}{behind(earlier.citation)})" if earlier else ""
        if sentence.text == item.headline:
            found += _bullet(label, "", tail, room) if tail else []
        else:
            found += _bullet(label, sentence.text, f"{behind(sentence.citation)}{tail}", room)
    return found


def labelled(changes: Sequence[Change]) -> Iterator[tuple[str, Change]]:
    """Each change with the word before it; nothing where it is that of the one before."""
    labels = ["", *("Correction" if c.kind is ChangeKind.CORRECTION else "Update" for c in changes)]
    for (before, label), change in zip(pairwise(labels), changes, strict=True):
        yield "" if label == before else label, change


def _bullet(label: str, text: str, tail: str, room: int) -> list[str]:
    """Return an item of a list, in pieces where it is longer than a message; the tail stays with the last words."""
    begun = f"- **{label}:** " if label else "- "
    *early, last = pieces(text, room - MARK_ROOM - len(tail)) or ("",)
    first, *rest = [*early, f"{last}{tail}".strip()]
    return [f"{begun}{first}", *rest]


# ------------------------------------------------------------------------------------------------------------ disputes
def _dispute(disagreement: Disagreement) -> str:
    """Return "Place disputed: A [2] · B [5]"."""
    values = " · ".join(_value(value) for value in disagreement.values[:VALUES_SHOWN])
    return f"- **{slot(disagreement)} disputed:** {values}"


def slot(disagreement: Disagreement) -> str:
    """Return what a reader calls the thing that sources disagree on."""
    return SLOTS.get(disagreement.slot) or clip(disagreement.slot.capitalize(), MARK_ROOM)


def _value(value: Alternative) -> str:
    marks = "".join(mark(number) for number in numbers(value))
    outlets = clip(", ".join(value.outlets[:VALUES_SHOWN]), VALUE_ROOM)
    told = marks or (f"({outlets})" if outlets else "")
    return f"{clip(value.text, VALUE_ROOM)} {told}".rstrip()


def numbers(value: Alternative) -> list[int]:
    """Return the numbers of the sources that give a value."""
    return sorted({cited.citation for cited in value.cited})[:VALUES_SHOWN]


# ------------------------------------------------------------------------------------------------------------- sources
def cited(item: Item, briefing: Briefing) -> tuple[Citation, ...]:
    """Return the sources whose marks a reader sees in a story, in the order of their numbers."""
    marked = {sentence.citation for sentence in item.sentences}
    marked |= {change.earlier.citation for change in item.changes if change.earlier}
    marked |= {
        number for each in item.disagreements for value in each.values[:VALUES_SHOWN] for number in numbers(value)
    }
    found = (c for c in briefing.citations if c.number in marked or c.article_id == item.headline_article_id)
    return tuple(sorted(found, key=lambda citation: citation.number))


def outlet_of(citation: Citation) -> str:
    """Return the outlet; the title where a file names none and only its own name is left."""
    return citation.title if citation.title and citation.outlet == citation.article_id else citation.outlet


def source_lines(cited: Sequence[Citation]) -> list[str]:
    """Return the numbered outlets, each with its link, in as few small lines as fit."""
    rows: list[str] = []
    for citation in cited:
        shown = f"{mark(citation.number)} {source(outlet_of(citation), citation.url)}"
        if rows and len(rows[-1]) + len(shown) < SOURCES_ROOM:
            rows[-1] += f" · {shown}"
        else:
            rows.append(f"-# {shown}")
    return rows
