"""What the inspection commands print: records of what the desk sees in a file, made from frozen values; pure but for the clock.

The commands work on an empty database in memory, so they neither read nor change the user's own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bot.desk import options
from briefs.errors import FeedError, InputError, SettingError
from briefs.newsroom import LoadReport, Newsroom
from briefs.preferences import FOLLOWED, MUTED, parse_sort, parse_topic
from briefs.store import EVERYONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.settings import Settings
    from briefs.briefing import Edition, Standing
    from briefs.models import (
        Answer,
        Argument,
        Connection,
        Evidence,
        Fact,
        Item,
        Moment,
        Plan,
        Reading,
        Story,
        Timeline,
        When,
    )
    from briefs.preferences import Preferences, Topic

Record = dict[str, Any]
EVERY_STORY = sys.maxsize
MOST_ARTICLES = 1_000  # of a feed's address
CONSIDERED = 20  # stories, of which is told why they stand as they do


@dataclass(frozen=True, slots=True)
class Loaded:
    """A desk in memory with the articles of a file, and what was wrong with the file."""

    newsroom: Newsroom
    report: LoadReport


def load(
    source: str, settings: Settings, *, now: datetime | None = None, progress: Callable[[int, int], None] | None = None
) -> Loaded:
    """Read a file, a folder or a feed's address into a desk of its own; SourceError when nothing in it can be read."""
    newsroom = Newsroom.in_memory(options=replace(options(settings), first_articles=MOST_ARTICLES))
    if source.startswith(("http://", "https://")):
        _subscribe(newsroom, source)
        return Loaded(newsroom, _collected(newsroom, progress))
    return Loaded(newsroom, newsroom.load(Path(source), now=now, progress=progress))


def _collected(newsroom: Newsroom, progress: Callable[[int, int], None] | None) -> LoadReport:
    """Visit the one source until it has given everything: a visit takes only some articles."""
    (feed,) = newsroom.store.feeds()
    articles: list[str] = []
    while True:
        visit = newsroom.collect(feeds=[feed.id], progress=progress)
        articles += visit.articles
        if visit.problems or not visit.articles:
            return LoadReport(tuple(articles), visit.problems)


def _subscribe(newsroom: Newsroom, source: str) -> None:
    """Subscribe to the source at an address, else to the best that the address leads to. Raises SourceError."""
    try:
        newsroom.subscriptions.add(EVERYONE, source)
    except FeedError:
        best = newsroom.subscriptions.discover(source)[0]
        newsroom.subscriptions.add(EVERYONE, best.url, kind=best.kind)


# ------------------------------------------------------------------------------------------------------------- records
def story_records(loaded: Loaded) -> Iterator[Record]:
    """One record for each article, in input order: the story it belongs to."""
    of = {article: story.id for story in loaded.newsroom.stories() for article in story.article_ids}
    for article in loaded.report.articles:
        yield {"article": article, "story": of.get(article, article)}


def stories(loaded: Loaded) -> tuple[Story, ...]:
    """Return the stories, largest first."""
    return tuple(sorted(loaded.newsroom.stories(), key=lambda story: (-len(story.article_ids), story.id)))


def preferences(
    loaded: Loaded,
    *,
    topics: Sequence[Topic],
    sort: str | None,
    stories: int | None,
    sentences: int | None,
    words: int | None,
    every: bool,
) -> Preferences:
    """The operator's preferences with what was given on the command line; ``every`` story, unless it is muted. Raises SettingError."""
    given = {"stories": stories, "sentences": sentences, "words": words, "sort": sort and parse_sort(sort)}
    if every and stories is None:
        given["stories"] = EVERY_STORY
    wanted: Record = {name: value for name, value in given.items() if value is not None}
    return replace(loaded.newsroom.preferences(), topics=tuple(topics), opinion=every, **wanted)


def topics(follow: Sequence[str], mute: Sequence[str]) -> tuple[Topic, ...]:
    """The topics to follow and to mute, each as "flood", "name:Ada Berg" or "outlet:The Bugle". Raises SettingError."""
    followed = [parse_topic(text, FOLLOWED) for text in follow]
    return (*followed, *(parse_topic(text, MUTED) for text in mute))


def brief(loaded: Loaded, *, now: datetime | None, preferences: Preferences) -> Edition:
    """Compose the briefing of everything published until ``now``, with how each story stood."""
    return loaded.newsroom.edition(None, now=now, preferences=preferences)


def considered(loaded: Loaded, edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Why the stories stand as they do, best first: of each its rank, score and headline, then each factor and its reason.

    Then what is new in it for the channel, and what of what is shown its sources tell differently.
    """
    shown = {item.story_id: item for item in edition.briefing.items}
    for place, standing in enumerate(edition.standings[:CONSIDERED], 1):
        articles = list(loaded.newsroom.store.articles(standing.story.article_ids).values())
        item = shown.get(standing.story.id)
        title = item.headline if item else next((a.title for a in articles[::-1] if a.title), articles[-1].publisher)
        state = "" if item else ", kept out" if standing.muted else ", not shown"
        reasons = (*_reasons(standing), *_developments(loaded, standing), *_disputes(item))
        yield f"{place}. {title} ({standing.score:.2f}{state})", reasons
    left = len(edition.standings) - CONSIDERED
    if left > 0:
        yield f"… and {left} more", ("These stand below.",)


def _reasons(standing: Standing) -> Iterator[str]:
    if standing.muted:
        yield standing.muted
    yield from (f"× {factor.value:.2f}  {factor.name}: {factor.why}" for factor in standing.factors)


def _developments(loaded: Loaded, standing: Standing) -> Iterator[str]:
    """What is new in a story that is known, each sentence with the words that it replaces."""
    for each in standing.news.developments:
        texts = loaded.newsroom.store.articles([p.article_id for p in (each.sentence, each.earlier) if p])
        told = [texts[p.article_id].text[p.start : p.end] for p in (each.sentence, each.earlier) if p]
        yield f"new {each.kind.value}: “{'” instead of “'.join(told)}”"


def _disputes(item: Item | None) -> Iterator[str]:
    """What the sources of a story tell differently, each value with its outlets."""
    for dispute in item.disagreements if item else ():
        values = " or ".join(f"“{value.text}” ({', '.join(value.outlets)})" for value in dispute.values)
        yield f"disputed {dispute.slot}: {values}"


def brief_record(item: Item) -> Record:
    """Turn one story of a briefing into a record."""
    return {
        "story": item.story_id,
        "headline": item.headline,
        "articles": list(item.article_ids),
        "sentences": [_span(s.start, s.end, article=s.article_id, text=s.text) for s in item.sentences],
    }


def date_records(loaded: Loaded) -> Iterator[Record]:
    """One record for each article, in input order: the times its words name, as TimeML values."""
    for article, reading in _readings(loaded):
        text = loaded.newsroom.store.articles([article])[article].text
        yield {"article": article, "dates": [_date(when, text) for when in reading.whens]}


def fact_records(loaded: Loaded) -> Iterator[Record]:
    """One record for each fact, in the order of the text."""
    facts = loaded.newsroom.facts(loaded.report.articles)
    for article in loaded.report.articles:
        yield from (fact_record(fact) for fact in facts[article])


def fact_record(fact: Fact) -> Record:
    """Turn a fact into a record; ``start`` and ``end`` are its sentence's."""
    return {
        "article": fact.article_id,
        "start": fact.start,
        "end": fact.end,
        "kind": fact.kind,
        "predicate": {"lemma": fact.predicate.lemma, "start": fact.predicate.start, "end": fact.predicate.end},
        "arguments": [_argument(argument) for argument in fact.arguments],
        "time": fact.when and _span(fact.when.start, fact.when.end, value=fact.when.value),
        "modality": fact.modality.value,
        "negated": fact.negated,
        "attribution": fact.attribution,
    }


def timeline(loaded: Loaded, about: str, *, now: datetime | None) -> Timeline:
    """Return the timeline of a name, of a story, or of the story that holds an article."""
    held = loaded.newsroom.store.stories([about])
    return loaded.newsroom.timeline(None, held[0].id if held else about, now=now)


def moment_record(moment: Moment) -> Record:
    """Turn a moment into a record; its evidence is the best teller's, then the others'."""
    return {**_told(moment), "evidence": [_quoted(each) for each in (moment.evidence, *moment.more)]}


def plan_record(plan: Plan) -> Record:
    """Turn a plan into a record; ``others`` are the days that other sources give, or gave before."""
    others = [{"time": when.value, **_quoted(evidence)} for when, evidence in plan.others]
    evidence = [_quoted(each) for each in (plan.evidence, *plan.more)]
    return {"what": plan.what, **_told(plan), "evidence": evidence, "others": others}


def _told(each: Moment | Plan) -> Record:
    return {
        "time": each.when.value,
        "bound": each.when.modifier,
        "modality": each.modality.value,
        "sources": each.sources,
        "independent": each.independent,
    }


def _quoted(evidence: Evidence) -> Record:
    return _span(evidence.start, evidence.end, article=evidence.article_id, text=evidence.text)


def connection_record(link: Connection) -> Record:
    """Turn a link between two names into a record; ``time`` is a TimeML value."""
    return {
        "agent": link.agent.name,
        "relation": link.relation,
        "patient": link.patient.name,
        "kind": link.kind,
        "mutual": link.mutual,
        "modality": link.modality.value,
        "time": link.when and link.when.value,
        "sources": link.sources,
        "independent": link.independent,
        "evidence": [_span(e.start, e.end, article=e.article_id, text=e.text) for e in link.evidence],
    }


def _readings(loaded: Loaded) -> Iterator[tuple[str, Reading]]:
    for article in loaded.report.articles:
        yield article, loaded.newsroom.store.readings([article])[article]


def _date(when: When, text: str) -> Record:
    return _span(when.start, when.end, text=text[when.start : when.end], value=when.value)


def _argument(argument: Argument) -> Record:
    entity = argument.entity and {"name": argument.entity.name, "kind": argument.entity.kind.value}
    return _span(argument.start, argument.end, role=argument.role, text=argument.text, entity=entity)


def _span(start: int, end: int, **rest: object) -> Record:
    return {**rest, "start": start, "end": end}


# ----------------------------------------------------------------------------------------------------------- questions
@dataclass(frozen=True, slots=True)
class Question:
    """A question with its own clock and the articles it may look at; None leaves both open."""

    id: str
    text: str
    now: datetime | None = None
    articles: tuple[str, ...] | None = None
    follows: bool = False  # it may lean on the question before it


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and how long it took, from question to answer, in milliseconds."""

    question: Question
    answer: Answer
    latency_ms: float


def ask(loaded: Loaded, questions: Iterable[Question], *, now: datetime | None) -> Iterator[Reply]:
    """Answer one question after another; what is loaded once is loaded before the first."""
    loaded.newsroom.warm_up()
    before: Answer | None = None
    for question in questions:
        started = perf_counter()
        leant_on = before if question.follows else None
        answer = loaded.newsroom.answer(
            None, question.text, now=question.now or now, articles=question.articles, before=leant_on
        )
        yield Reply(question, answer, (perf_counter() - started) * 1000)
        before = answer


def explanation(loaded: Loaded, reply: Reply, *, now: datetime | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How an answer came about: headings, each with its lines."""
    from briefs.answers import explaining

    question = reply.question
    asked = reply.answer.understood or question.text
    return explaining.explain(loaded.newsroom.inquiry(None, asked, now=question.now or now, articles=question.articles))


def reply_record(reply: Reply) -> Record:
    """Turn a reply into a record; ``answer`` is null when the sources do not say."""
    answer = reply.answer
    return {
        "id": reply.question.id,
        "question": reply.question.text,
        "status": answer.status.value,
        "answer": answer.text,
        "alternatives": [alternative.text for alternative in answer.alternatives],
        "evidence": [_span(e.start, e.end, article=e.article_id, text=e.text) for e in answer.evidence],
        "latency_ms": round(reply.latency_ms, 3),
    }


def read_questions(path: Path) -> tuple[Question, ...]:
    """Read questions from JSON Lines; InputError names the first line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON strings may hold other line ends as they are
    except (OSError, UnicodeDecodeError) as error:
        message = f"The questions in {path} cannot be read; give a UTF-8 file with one JSON object on each line."
        raise InputError(message, source=str(path)) from error
    return tuple(_question(line, number, path) for number, line in enumerate(lines, 1) if line.strip())


def _question(line: str, number: int, path: Path) -> Question:
    try:
        record: Mapping[str, Any] = json.loads(line)
        articles: Sequence[str] | None = record.get("articles")
        now = record.get("now")
        return Question(
            str(record.get("id", number)),
            str(record["question"]),
            parse_now(now) if now else None,
            None if articles is None else tuple(map(str, articles)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, SettingError) as error:
        message = f'Line {number} of {path} is no question; write {{"id": "q1", "question": "Who met whom?"}}.'
        raise InputError(message, source=str(path)) from error


def parse_now(text: str) -> datetime:
    """Read an ISO 8601 time with zone, as UTC; SettingError says what one looks like."""
    message = f"--now must be a time with zone such as 2025-08-02T09:00:00Z, not {text!r}."
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise SettingError(message, setting="--now") from error
    raise SettingError(message, setting="--now")


def asked(questions: Sequence[str], file: Path | None) -> tuple[Question, ...]:
    """Return the questions given, each of which may follow up the one before, or the file's; SettingError unless one of the two."""
    if any(text.strip() for text in questions) == bool(file):
        message = 'Give either a question, as in debrief ask --input FILE "Who met whom?", or --questions FILE.'
        raise SettingError(message, setting="--questions")
    if file:
        return read_questions(file)
    return tuple(Question(str(number), text, follows=number > 1) for number, text in enumerate(questions, 1))
