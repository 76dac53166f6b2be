"""What no briefing may ever hold, whatever articles, moment and settings it is made of: over all articles of our own.

The checks know nothing of how sentences are chosen: they are few, plain, and their own.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from itertools import combinations, pairwise

import pytest
from test_story_floors import articles as told_in_short
from weekly import EVENTS, matches, root

from briefs import briefing as briefings
from briefs import newsroom, stories
from briefs.briefing.verifying import passages
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.language.words import word_set
from briefs.models import Block, BlockKind, Briefing
from briefs.preferences import Preferences, Sort
from briefs.store import codec

SEEDS = range(12)  # selections of articles with settings and a moment, each briefed on three mornings
SAME = 0.6  # share of the shorter sentence's telling words that the other holds, from which one thing is heard twice
KNOWN = {  # what is wrong → why; each is to go
    "unfit": "who an author is stands in an opinion that is briefed with little else",
    "dangling": "who 'he' is of a quotation, and what 'it' is, does not stand in the sentence before",
}


# A sentence that an article has superseded: where the article is at hand, the sentence is told by nobody.
SUPERSEDED = (
    ("attempt will be made on Wednesday|try would come on Wednesday", "heron-storms"),
    ("next attempt is planned for Friday|not leave Cape Sorrel before Friday", "heron-liftoff"),
    ("is to dock with the Concord|Docking at the Concord space station is planned", "heron-docked"),
    ("will walk out on Wednesday|near standstill on Wednesday", "strike-standstill"),
    ("No new talks are planned|has set no end to the walkout", "strike-pause"),
    ("Negotiations are to begin on Saturday|will meet at noon", "strike-settled"),
    ("board would meet on Tuesday|called a meeting of the board for Tuesday", "bid-rejected"),
    ("board will meet on Saturday", "bid-yes"),
    ("at least eight people|At least 12 people|that killed 23|has risen to 23|At least 41", "quake-31"),
    ("when Karlin is to take the stand", "trial-stand"),
    ("verdict is expected on Friday|give her verdict on Friday", "trial-guilty"),
    ("has left Glass Harbour|has quit the band|are said to be off", "rumour-denied"),
    ("return leg will be played|teams meet again on Sunday", "return-sideline"),
    ("He did not name a successor|successor is to be named", "minister-successor"),
    ("Osprey 2, is to follow", "osprey2-market"),
    ("launch is now scheduled for Friday", "orbit-crew-launch"),
    ("next attempt will be made on Sunday", "halyard-tern-orbit"),
    ("is to launch its new rocket, the Tern 2", "halyard-tern-orbit"),
)
POINTS_BACK = re.compile(
    r"[\"“‘]?(?:he|she|it(?! (?:is|was) (?:a|an|the|my|our)\b)|they|his|her|its|their|this|that|these|those|but|and|or|so"
    r"|also|however|instead|meanwhile|then|both|another|the two|the pair|such)\b",
    re.IGNORECASE,
)
OPEN_END = re.compile(
    r"\b(?:has|have|had|is|are|was|were|be|will|would|to|of|in|on|at|by|for|from|with|and|or|but|a|an|the|that|which|who"
    r"|its|their|his|her|as|than|into|between|a day)$",
    re.IGNORECASE,
)
NO_NEWS = re.compile(
    r"\b(?:subscribe|sign up|newsletter|follow us|click here|free trial|read more|also read|our newsdesk|media enquiries"
    r"|live blog|live coverage|photograph(?:er)? by|see the gallery|our online edition|money doctor|is a columnist"
    r"|asked to keep their windows)\b|\((?:[A-Z][a-z]+/|AP|AFP|Reuters)",
    re.IGNORECASE,
)
EMPTY = word_set("""
about after again against also among been before being between both could does down each from gave give going has
have having here into just last like made make many more most much must near next none only other over said same
says should since some such take than that their them then there these they this those three through told took
under until upon very want wants well went were what when where which while whom whose will with would year years
monday tuesday wednesday thursday friday saturday sunday the and for are but not was who had his her its him she
you your our out off all any can may now how too per two one new day
""")


# --------------------------------------------------------------------------------------------------------- what is made
@dataclass(frozen=True)
class Desk:
    """All articles of our own with their readings, and the event of each as far as it is written down."""

    articles: dict
    readings: dict

    @cached_property
    def order(self):
        return sorted(self.articles.values(), key=lambda a: (a.shown_at, a.id))


@dataclass(frozen=True)
class Made:
    """A briefing with what it was made of, and the words its stories may have."""

    seed: str
    briefing: Briefing
    desk: Desk
    at_hand: frozenset[str]
    words: int | None
    again: Briefing  # of the same articles in another order


@pytest.fixture(scope="session")
def own(desk, week):
    """Samples, ``news/``, the week, and ``stories.txt``."""
    short = [replace(a, blocks=(Block(0, len(a.text), BlockKind.PROSE),)) for a in told_in_short(dated=True)[0]]
    found = {a.id: a for a in short}
    readings = {r.article_id: r for r in newsroom.read(short, DEFAULT_PIPELINE)}
    for store in (desk.store, week.desk.store):
        ids = store.visible(None)
        found |= store.articles(ids)
        readings |= store.readings(ids)
    return Desk(found, readings)


@pytest.fixture(scope="session")
def made(own, week):
    """Briefings of seeded selections, on three mornings in a row for a channel that reads them; and those of the week."""
    return [each for seed in SEEDS for each in _three_days(own, random.Random(seed), seed)] + list(_of_the_week(week))


def _of_the_week(week):
    for briefing in week.briefings:
        known = week.desk.store.visible(None, until=briefing.made_at)
        quoted = {each.article_id for item in briefing.items for each in passages(item)}
        source = Desk(week.desk.store.articles([*known, *quoted]), {})
        yield Made(f"{briefing.made_at:%A}", briefing, source, frozenset(known), None, briefing)


def _three_days(own, chance, seed):
    begun = chance.choice([a for a in own.order if (root(a.id) in EVENTS) == bool(seed % 4)]).shown_at
    near = [a for a in own.order if begun - timedelta(days=3) < a.shown_at < begun + timedelta(days=3)]
    share = chance.choice([0.5, 0.8, 1.0])
    chosen = [a for a in near if chance.random() < share]
    wishes = Preferences(
        stories=chance.choice([1, 3, 5, 10]),
        sentences=chance.choice([1, 2, 3, 5]),
        words=chance.choice([None, None, 40, 70, 120]),
        sort=chance.choice(list(Sort)),
    )
    before, twice = (), chance.randrange(3)
    for day in range(3):
        now = begun + timedelta(days=day)
        come = [a for a in chosen if a.shown_at <= now]
        briefing = _composed(own, come, now, wishes, before)
        again = _composed(own, chance.sample(come, len(come)), now, wishes, before) if day == twice else briefing
        yield Made(f"{seed} day {day}", briefing, own, frozenset(a.id for a in come), wishes.words, again)
        before += (briefing,)


def _composed(own, articles, now, wishes, before):
    held = {i for briefing in before for item in briefing.items for i in item.article_ids}
    by_id = {a.id: a for a in (*articles, *(own.articles[i] for i in held))}
    readings = {i: own.readings[i] for i in by_id}
    grouped = stories.group(articles)
    told = briefings.told(before, frozenset(by_id))
    fresh = [story for story in grouped if not told.articles.issuperset(story.article_ids)]
    return briefings.compose(fresh, by_id, readings, now=now, preferences=wishes, told=told).briefing


# -------------------------------------------------------------------- each gives a sentence for everything that is wrong
def not_verbatim(made):
    """Every sentence and headline stands in its article, word for word; a label like "EXCLUSIVE:" is left out."""
    for item in made.briefing.items:
        source = made.desk.articles[item.headline_article_id]
        if item.headline not in (source.title or "") and item.headline not in source.text:
            yield item.headline
        for each in passages(item):
            if made.desk.articles[each.article_id].text[each.start : each.end] != each.text:
                yield each.text


def uncited(made):
    """Every sentence names its source by number, and numbers count from one without a gap."""
    numbered = {citation.number: citation.article_id for citation in made.briefing.citations}
    if sorted(numbered) != list(range(1, len(numbered) + 1)):
        yield f"numbers {sorted(numbered)}"
    for sentence in _sentences(made):
        if numbered.get(sentence.citation) != sentence.article_id:
            yield f"[{sentence.citation}] {sentence.text}"


def said_twice(made):
    """No two sentences of a briefing say the same, be they of one story or of two."""
    for one, other in combinations(_sentences(made), 2):
        if _say_the_same(one.text, other.text):
            yield f"{one.text} // {other.text}"


def unfit(made):
    """A sentence is whole, tells something, and neither asks, advertises nor describes a picture."""
    for sentence in _sentences(made):
        text = sentence.text
        whole = re.match(r"[\"“‘(]?[A-Z0-9]", text) and re.search(r"[.!][\"”’)]*$", text)
        even = text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("(") == text.count(")")
        if not whole or not even or len(text.split()) < 3 or NO_NEWS.search(text):
            yield text


def dangling(made):
    """A sentence that points back stands right behind the one it points to, as in its article."""
    for item in made.briefing.items:
        for before, sentence in pairwise((None, *item.sentences)):
            if POINTS_BACK.match(sentence.text) and not _right_behind(made, before, sentence):
                yield f"{sentence.text} (after: {before.text if before else 'nothing'})"


def superseded(made):
    """No state is told that an article at hand has replaced."""
    for sentence in _sentences(made):
        for old, by in SUPERSEDED:
            if by in made.at_hand and root(by) != sentence.article_id and matches(old, sentence.text):
                yield f"{sentence.text} ({by})"


def cut_off(made):
    """The earlier words that an update replaces are a clause: they do not break off where something must follow."""
    for item in made.briefing.items:
        for change in item.changes:
            if change.earlier and OPEN_END.search(change.earlier.text):
                yield change.earlier.text


def a_story_twice(made):
    """A story is told once, and an article counts in one story."""
    counted = [i for item in made.briefing.items for i in item.article_ids]
    ids = [item.story_id for item in made.briefing.items]
    if len(set(counted)) < len(counted) or len(set(ids)) < len(ids):
        yield f"{ids} of {counted}"
    titles = [item.headline for item in made.briefing.items]
    yield from (f"{one} // {other}" for one, other in combinations(titles, 2) if _say_the_same(one, other))


def too_long(made):
    """The sentences of a story keep within the words it may have."""
    for item in made.briefing.items:
        words = sum(len(sentence.text.split()) for sentence in item.sentences)
        if made.words is not None and words > made.words:
            yield f"{words} words, {made.words} allowed: {item.headline}"


def other_bytes(made):
    """The same articles give the same bytes again, in whatever order they come."""
    if codec.pack(made.briefing) != codec.pack(made.again):
        yield f"{[i.headline for i in made.briefing.items]} or {[i.headline for i in made.again.items]}"


FAULTS = (not_verbatim, uncited, said_twice, unfit, dangling, superseded, cut_off, a_story_twice, too_long, other_bytes)


def _sentences(made):
    return [sentence for item in made.briefing.items for sentence in item.sentences]


def _right_behind(made, before, sentence):
    """Whether the sentence told before stands right before this one in its article, or did so in a copy of it.

    What somebody says may be of what was told a little earlier.
    """
    if before is None:
        return False
    quoted = sentence.text.startswith(('"', "“")) and before.article_id == sentence.article_id
    source = made.desk.articles[sentence.article_id].text[: sentence.start]
    return source.rstrip(' \n“"').endswith(before.text) or (quoted and before.start < sentence.start)


def _say_the_same(one, other):
    """Whether two texts share most of their telling words and neither has a figure or name of its own."""
    first, second = _telling(one), _telling(other)
    shared = len(first & second)
    if shared < 4 or shared < SAME * min(len(first), len(second)):
        return False
    return not (_own_marks(one, other) and _own_marks(other, one))


def _telling(text):
    return {word[:6] for word in re.findall(r"[a-z]{3,}|\d[\d.,:]*\d|\d", text.lower()) if word not in EMPTY}


def _own_marks(one, other):
    """Figures and names, but at its start, that the other lacks."""
    marks = set(re.findall(r"\d[\d.,:]*\d|\d|(?<=\w )[A-Z]\w+", one))
    return {mark for mark in marks if mark.lower() not in EMPTY and mark not in other}


# ---------------------------------------------------------------------------------------------------------------- tests
def _known(name):
    return pytest.mark.xfail(name in KNOWN, reason=KNOWN.get(name, ""), strict=True)


@pytest.mark.parametrize("fault", [pytest.param(f, id=f.__name__, marks=_known(f.__name__)) for f in FAULTS])
def test_no_briefing_ever(made, fault):
    wrong = [f"seed {each.seed}: {what}" for each in made for what in fault(each)]

    assert not wrong, "\n".join([fault.__doc__ or "", *dict.fromkeys(wrong)])


def test_the_briefings_are_many_and_not_empty(made):
    told = [each for each in made if each.briefing.items]

    assert len(told) > len(SEEDS)
    assert sum(item.is_update for each in told for item in each.briefing.items) >= 10
    assert sum(len(item.sentences) for each in told for item in each.briefing.items) >= 100


def test_every_superseded_sentence_stands_in_an_article(own):
    texts = "\n".join(a.text for a in own.articles.values())
    for old, by in SUPERSEDED:
        assert by in own.articles
        assert all(matches(each, texts) for each in old.split("|")), old


def test_the_checks_find_what_they_are_for():
    pair = (
        "The toll of the quake in Osterby rose to nine on Monday.",
        "The quake's toll in Osterby rose to nine, police said.",
    )
    assert _say_the_same(*pair)
    assert not _say_the_same(
        "A Swift rocket put Osprey 1 into orbit from Stenmark at 06:31.",
        "A Swift rocket put Osprey 2 into orbit from Stenmark at 03:12.",
    )
    assert POINTS_BACK.match("They left early.")
    assert not POINTS_BACK.match("Theyland won.")
    assert NO_NEWS.search("Sign up for our Launch Letter.")
