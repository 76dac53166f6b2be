"""A week of news, briefed every morning: what stands there against what a careful editor wrote down beforehand."""

from __future__ import annotations

from itertools import combinations

import pytest
from weekly import CHANNEL, EVENTS, GUILD, SENTENCES, STORIES, event, matches, mornings, root

from briefs.models import ChangeKind

MORNINGS = mornings()
# What is not yet as it should be: (day, statement) → why. Each is to go; none is to come.
KNOWN = {
    ("wednesday", "sources"): "a local report that opens in the street stays apart from the quake until the next day",
}


class Told:
    """One morning: what was wanted, and what the channel was told then and before."""

    def __init__(self, week, number):
        self.wanted = MORNINGS[number]
        self.briefing = week.briefings[number]
        self.before = week.briefings[:number]

    @property
    def events(self):
        return [event(item) for item in self.briefing.items]

    def stories(self):
        """What is wanted of a story, with its item; those that are missing are told by ``stands`` alone."""
        items = {event(item): item for item in reversed(self.briefing.items)}
        return [(wanted, items[wanted.event]) for wanted in self.wanted.stories if wanted.event in items]


# ------------------------------------------------------------------ each gives a sentence for everything that is wrong
def stands(told):
    """Every story that an editor wants is told."""
    return [f"{wanted.event} is missing" for wanted in told.wanted.stories if wanted.event not in told.events]


def stays_away(told):
    """What was told before without anything new since, and what is no news, is not told."""
    for item in told.briefing.items:
        if event(item) in told.wanted.not_back or item.headline_article_id in told.wanted.not_back:
            yield f"{event(item)} is back: {_text(item)}"


def once(told):
    """No event is told in two stories of a morning."""
    return [f"{each} is told in several stories" for each in set(told.events) if told.events.count(each) > 1]


def apart(told):
    """No story mixes two events; background may stand beside its own."""
    for item in told.briefing.items:
        mixed = {EVENTS[root(i)] for i in item.article_ids} - {None}
        if len(mixed) > 1:
            yield f"one story of {sorted(mixed)}: {item.headline}"


def leads(told):
    """The story stands first that must."""
    if told.wanted.first not in (None, *told.events[:1]):
        yield f"{told.events[0]} stands before {told.wanted.first}"


def kind(told):
    """A story is new, or the update of one."""
    for wanted, item in told.stories():
        shown = "update" if item.is_update else "new"
        if wanted.kind not in (shown, "either"):
            yield f"{wanted.event} is {shown}: {_text(item)}"


def opens(told):
    """The first sentence tells what is news."""
    for wanted, item in told.stories():
        first = item.sentences[0].text if item.sentences else ""
        missing = [pattern for pattern in wanted.all("opens") if not matches(pattern, first)]
        if missing:
            yield f"{wanted.event} opens without {missing}: {first}"


def tells(told):
    """The sentences tell what a reader must know."""
    for wanted, item in told.stories():
        missing = [pattern for pattern in wanted.all("tells") if not matches(pattern, _text(item))]
        if missing:
            yield f"{wanted.event} does not tell {missing}: {_text(item)}"


def never(told):
    """No sentence tells what is superseded, advertises, or is of another story."""
    for wanted, item in told.stories():
        for sentence in item.sentences:
            said = [pattern for pattern in wanted.all("never") if matches(pattern, sentence.text)]
            if said:
                yield f"{wanted.event} says {said}: {sentence.text}"


def replaces(told):
    """An update names what it replaces of what the channel was told."""
    for wanted, item in told.stories():
        earlier = " / ".join(change.earlier.text for change in item.changes if change.earlier)
        known = _told_of(wanted.event, told.before)
        conditional = [p for p in wanted.all("replaces if told") if any(matches(p, sentence) for sentence in known)]
        for pattern in (*wanted.all("replaces"), *conditional):
            if not matches(pattern, earlier):
                yield f"{wanted.event} does not replace {pattern!r}, but {earlier or 'nothing'!r}"


def earlier_was_told(told):
    """What an update replaces was told to the channel, in those words, on an earlier morning, and is not what it says now."""
    for item in told.briefing.items:
        known = _told_of(event(item), told.before)
        for change in item.changes:
            if change.earlier and not any(change.earlier.text in sentence for sentence in known):
                yield f"{event(item)} replaces what was never told: {change.earlier.text}"


def changes(told):
    """A correction is shown as one, and so is a figure."""
    kinds = {"bridge": {ChangeKind.CORRECTION, ChangeKind.FIGURE}, "quake": {ChangeKind.FIGURE}}
    for wanted, item in told.stories():
        shown = {change.kind for change in item.changes}
        if shown and wanted.event in kinds and not shown & kinds[wanted.event]:
            yield f"{wanted.event} changes by {sorted(shown)}"


def sources(told):
    """A new story names how many outlets tell it, and how many on their own: wire copies count once."""
    for wanted, item in told.stories():
        shown = len(item.outlets), item.independent
        asked = wanted.sources or shown[0], wanted.independent or shown[1]
        if not item.is_update and shown != asked:
            yield f"{wanted.event} has {shown} outlets and independent ones, not {asked}"


def disputes(told):
    """Values that outlets dispute stand beside each other."""
    for wanted, item in told.stories():
        shown = [" / ".join(value.text for value in each.values) for each in item.disagreements]
        for values in wanted.aspects.get("disputed", ()):
            if not any(all(matches(value, each) for value in values) for each in shown):
                yield f"{wanted.event} does not show {values} as disputed, but {shown}"


def headlines(told):
    """The headline is the event's, plain and of the newest state."""
    for wanted, item in told.stories():
        missing = [pattern for pattern in wanted.all("headline") if not matches(pattern, item.headline)]
        barred = [pattern for pattern in wanted.all("headline never") if matches(pattern, item.headline)]
        if missing or barred:
            yield f"{wanted.event} lacks {missing}, has {barred}: {item.headline}"


def new_to_the_channel(told):
    """No sentence is told that an earlier morning told."""
    known = {sentence.text for briefing in told.before for item in briefing.items for sentence in item.sentences}
    return [f"told before: {s.text}" for item in told.briefing.items for s in item.sentences if s.text in known]


def short(told):
    """Five stories of three sentences at most."""
    if len(told.briefing.items) > STORIES:
        yield f"{len(told.briefing.items)} stories"
    for one in told.briefing.items:
        if not 1 <= len(one.sentences) <= SENTENCES:
            yield f"{event(one)} has {len(one.sentences)} sentences"


STATEMENTS = (
    *(stands, stays_away, once, apart, leads, kind, opens, tells, never, replaces, earlier_was_told, changes, sources),
    *(disputes, headlines, new_to_the_channel, short),
)


def _text(item):
    return " ".join(sentence.text for sentence in item.sentences)


def _told_of(name, briefings):
    items = (item for briefing in briefings for item in briefing.items if event(item) == name)
    return [sentence.text for item in items for sentence in item.sentences]


def _known(day, statement):
    key = day, statement
    return pytest.mark.xfail(key in KNOWN, reason=KNOWN.get(key, ""), strict=True)


def _cases():
    for number, morning in enumerate(MORNINGS):
        for statement in STATEMENTS:
            day, name = f"{morning.at:%A}".lower(), statement.__name__
            yield pytest.param(number, statement, id=f"{day}-{name}", marks=_known(day, name))


@pytest.mark.parametrize(("number", "statement"), list(_cases()))
def test_a_morning_is_as_an_editor_wants_it(week, number, statement):
    wrong = list(statement(Told(week, number)))

    assert not wrong, "\n".join([statement.__doc__ or "", *wrong])


def test_the_expected_file_names_events_and_articles_of_the_week():
    events = set(EVENTS.values()) | set(EVENTS)
    for morning in MORNINGS:
        assert len({wanted.event for wanted in morning.stories}) == len(morning.stories) == STORIES
        assert {wanted.event for wanted in morning.stories} <= events
        assert morning.not_back <= events
        assert not morning.not_back & {wanted.event for wanted in morning.stories}


def test_a_briefing_after_the_last_one_has_nothing_to_tell_again(week):
    again = week.desk.compose(GUILD, channel_id=CHANNEL, max_stories=STORIES)
    last = {sentence.text for item in week.briefings[-1].items for sentence in item.sentences}

    assert not any(sentence.text in last for item in again.items for sentence in item.sentences)


@pytest.fixture(scope="module")
def pairs(week):
    """Every two articles about events: whether their event is the same, their story, and their matter."""
    stories = {story.id: story for story in week.desk.stories()}
    of, matter = {}, {}
    for story in stories.values():
        first = story
        while first.continues in stories:
            first = stories[first.continues]
        of |= {root(i): story.id for i in story.article_ids}
        matter |= {root(i): first.id for i in story.article_ids}
    told = sorted(i for i in EVENTS if EVENTS[i])
    return [(a, b, *(each[a] == each[b] for each in (EVENTS, of, matter))) for a, b in combinations(told, 2)]


@_known("week", "mixed")
def test_no_two_events_of_the_week_are_one_story(pairs):
    assert [(a, b) for a, b, one_event, one_story, _ in pairs if one_story and not one_event] == []


@_known("week", "split")
def test_an_event_of_the_week_is_one_story_or_its_chapters(pairs):
    """Of two articles about one event nine pairs in ten stand together."""
    same = [pair for pair in pairs if pair[2]]
    split = [(a, b) for a, b, *_, one_matter in same if not one_matter]

    assert len(split) <= len(same) / 10, split
