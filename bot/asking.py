"""A question that a person puts to the desk: about what it is, what it leans on, its answer, and what helps where there is none.

What a question is about is written as ``answer:17``, ``briefing:12`` or ``story:12:0`` (the first story of briefing 12), in
the ids of forms and of what stands under our messages; '' for nothing in particular. It blocks; callers use a thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import rendering
from briefs.answers import beside
from briefs.answers.about import Subject
from briefs.answers.beside import Hints
from briefs.errors import SettingError
from briefs.language import pipeline
from briefs.models import Evidence, Status
from briefs.preferences import TopicKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefs.models import Answer, Briefing, Item
    from briefs.newsroom import Newsroom

QUESTION_LIMIT = 300
CONVERSATION = timedelta(minutes=30)  # after which a question no longer follows up the one before
CONTEXT = re.compile(r"(?P<kind>answer|briefing|story):(?P<id>\d{1,18})(?::(?P<item>\d{1,4}))?")
FORGOTTEN = "The answer before is no longer kept, so I took your question by itself."
EXPIRED = "I keep a question and its answer for a day only, and this one is older. Ask again with `/ask`."
GONE = "That briefing is no longer kept, so I took your question by itself."
_HAPPENED = re.compile(r"^\W*what happened\s*:\s*(?P<headline>.+?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with where and by whom it was asked; ``context``: what it is about."""

    question: str
    guild_id: int
    channel_id: int
    person: int
    context: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its number, and what helps where it is unknown."""

    answer: Answer
    id: int
    hints: Hints


def words(text: str) -> str:
    """Return a question in one line, as long as questions may be; SettingError when it has no words."""
    asked = rendering.flat(text)[:QUESTION_LIMIT]
    if not any(character.isalnum() for character in asked):
        message = "Ask a question in words, such as “Who met whom?” or “When is the next launch?”."
        raise SettingError(message, setting="question")
    return asked


def answered(newsroom: Newsroom, asked: Asked) -> Told:
    """Answer a question and keep the answer for its buttons and for what follows it."""
    found = _found(newsroom, asked)
    here = {"guild_id": asked.guild_id, "channel_id": asked.channel_id, "asked_by": asked.person}
    kept = newsroom.store.save_answer(found, **here, now=newsroom.clock())
    return Told(found, kept, hints(newsroom, found, asked.guild_id))


def kept(newsroom: Newsroom, answer_id: int, guild_id: int) -> Told:
    """Return an answer that was given in this server; SettingError once its question is forgotten."""
    answer = newsroom.store.answer(answer_id, guild_id)
    if answer is None or not answer.question:
        raise SettingError(EXPIRED, setting="answer")
    return Told(answer, answer_id, hints(newsroom, answer, guild_id))


def hints(newsroom: Newsroom, answer: Answer, guild_id: int) -> Hints:
    """Return what helps where an answer is unknown."""
    if answer.status is not Status.UNKNOWN:
        return Hints()
    nlp = pipeline.load(newsroom.options.pipeline)
    meant = beside.alike(nlp, answer.question, newsroom.known(guild_id, TopicKind.NAME))
    return Hints(meant, beside.outside(answer.question), newsroom.store.oldest_visible(guild_id))


def _found(newsroom: Newsroom, asked: Asked) -> Answer:
    match CONTEXT.fullmatch(asked.context):
        case None:
            return _by_itself(newsroom, asked)
        case found if found["kind"] == "answer":
            return _following(newsroom, asked, int(found["id"]))
        case found:
            return _of_briefing(newsroom, asked, int(found["id"]), found["item"])


def _by_itself(newsroom: Newsroom, asked: Asked) -> Answer:
    """The answer to a question that names nothing it is about: in a briefing's thread it is about the briefing."""
    discussed = newsroom.store.briefing_of_thread(asked.channel_id, asked.guild_id)
    before = newsroom.store.latest_answer(
        guild_id=asked.guild_id,
        channel_id=asked.channel_id,
        asked_by=asked.person,
        since=newsroom.clock() - CONVERSATION,
    )
    if found := _HAPPENED.match(asked.question):
        subject = _headlined(newsroom, asked.guild_id, found["headline"])
        if subject:
            return replace(newsroom.answer_about(asked.guild_id, "What happened?", subject), question=asked.question)
    if discussed:
        subject = _subject(discussed[1], discussed[1].items)
        return newsroom.answer_about(asked.guild_id, asked.question, subject, before=before)
    return newsroom.answer(asked.guild_id, asked.question, before=before)


def _following(newsroom: Newsroom, asked: Asked, answer_id: int) -> Answer:
    """The answer to a question that follows up another; one about a story stays with it as long as it leans on it."""
    before = newsroom.store.answer(answer_id, asked.guild_id)
    if before is None or not before.question:
        return _noted(newsroom.answer(asked.guild_id, asked.question), FORGOTTEN)
    found = newsroom.answer(asked.guild_id, asked.question, before=before)
    if before.about is None or not before.evidence or (found.understood is None and found.status is not Status.UNKNOWN):
        return found
    subject = Subject(before.about, tuple(dict.fromkeys(e.article_id for e in before.evidence)), before.evidence)
    return newsroom.answer_about(asked.guild_id, asked.question, subject, before=before)


def _of_briefing(newsroom: Newsroom, asked: Asked, briefing_id: int, item: str | None) -> Answer:
    """The answer to a question about a briefing of this server, or about one of its stories."""
    stored = newsroom.store.briefing(briefing_id)
    if stored is None or stored.guild_id != asked.guild_id or int(item or 0) >= len(stored.briefing.items):
        return _noted(newsroom.answer(asked.guild_id, asked.question), GONE)
    items = stored.briefing.items if item is None else stored.briefing.items[int(item) : int(item) + 1]
    return newsroom.answer_about(asked.guild_id, asked.question, _subject(stored.briefing, items))


def _subject(briefing: Briefing, items: Sequence[Item]) -> Subject:
    """Some stories of a briefing as what a question is about."""
    outlets = {citation.article_id: citation for citation in briefing.citations}
    told = tuple(
        Evidence(s.article_id, s.start, s.end, s.text, outlets[s.article_id].outlet)
        for item in items
        for s in item.sentences
        if s.article_id in outlets
    )
    headline = items[0].headline if len(items) == 1 else briefing.title
    return Subject(headline, tuple(each for item in items for each in item.article_ids), told, single=len(items) == 1)


def _headlined(newsroom: Newsroom, guild_id: int, headline: str) -> Subject | None:
    """The story of a headline that was offered while typing; it may have been cut there."""
    wanted = headline.rstrip("…. ").casefold()
    for story_id, whole in newsroom.headlines(guild_id):
        if whole.casefold().startswith(wanted) and (story := newsroom.store.story(story_id)):
            return Subject(whole, story.article_ids)
    return None


def _noted(answer: Answer, note: str) -> Answer:
    return replace(answer, notes=(*answer.notes, note))
