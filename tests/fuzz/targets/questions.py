"""What a person types: questions and what follows them up, names to look at from above, and what is completed while typing.

An input is lines of a conversation, parted by U+001E. One that begins with ``/timeline``, ``/upcoming`` or ``/connections`` asks for
that; with ``~`` it is only begun; anything else is a question, from the second on one that follows up the answer before.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot import asking, calendar, pictures, pointing, rendering
from bot.commands import completing, subjects
from bot.desk import SAMPLES
from bot.rendering import describing
from bot.rendering import overviews as shown
from bot.rendering.overviews import Look, View
from briefs.errors import DebriefError
from briefs.models import Agenda, Answer, Connections, Status, Timeline
from briefs.newsroom import Newsroom
from briefs.preferences import TopicKind
from fuzz import judging, promises, words
from fuzz.targets import text

if TYPE_CHECKING:
    from random import Random

    from bot.rendering.overviews import Overview
    from briefs.models import Evidence

SERVER, CHANNEL, PERSON = 1, 2, 3
MOST_LINES = 4
LONGEST = 6_000  # characters that Discord lets a person write, and some more
DRAWN = 8  # of so many inputs that could be drawn, one is
QUESTIONS = (
    "Who met whom?", "What did Ada Berg say?", "When will the ferry line reopen?", "Where did they meet?", "How many people were hurt?", "Did Vik resign?",
    "Why was the launch delayed?", "What happened?", "Who is Eva Lund?", "What's new with Jon Vik?", "Was Berg not invited to Bergen?", "and where?", "and Vik?",
    "How much did Skagen Line pay?", "Who said so?", "What happened: Berg and Vik meet again?", "Is it true that he resigned or quit?", "when", "Which minister?",
    "Who sued whom, and why, and when?", "How long has Vik been minister?", "What will the council vote on on 12 March at 3 p.m.?", "Tell me about Oslo",
)  # fmt: skip
LOOKS = tuple(f"/{view} {about}" for view in View for about in ("Ada Berg", "NASA", "Oslo", ""))
TYPED = ("~", "~Who met Ada", "~when will ferry")


@cache
def desk() -> Newsroom:
    """A desk with the samples and with articles that nobody writes."""
    newsroom = Newsroom.in_memory(clock=lambda: text.NOW)
    newsroom.load(SAMPLES, guild_id=SERVER, now=text.NOW)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hostile.jsonl")
        file.write_text("\n".join(json.dumps(each) for each in _hostile()), encoding="utf-8")
        newsroom.load(file, guild_id=SERVER, now=text.NOW)
    newsroom.warm_up()
    return newsroom


def _hostile() -> list[dict[str, str]]:
    kinds = (words.PROSE, words.TIMES, words.ODD, words.SIGNS, words.WORDS, words.FORGED, words.SHAPES)
    plain = "Ada Berg met {} in Oslo on Monday. “{},” said Jon Vik. Berg will visit {} on 12 March."
    bodies = ["\n\n".join(plain.format(each, each, each) for each in kind) for kind in kinds]
    return [
        {
            "id": f"hostile-{number}",
            "source": f"Outlet {number} {words.FORGED[number]}",
            "title": f"Berg and Vik meet {kind[0]} {kind[-1]}",
            "url": f"https://outlet{number}.example/{number}",
            "published_at": f"2026-03-0{1 + number % 3}T10:00:00Z",
            "text": body,
        }
        for number, (kind, body) in enumerate(zip(kinds, bodies, strict=True))
    ]


@cache
def seeds() -> tuple[bytes, ...]:
    chains = ["\x1e".join(QUESTIONS[at : at + 3]) for at in range(0, len(QUESTIONS), 3)]
    forged = [f"Who met {each}?" for each in (*words.FORGED, *words.ODD[:20])]
    return tuple(words.bytes_of(each, 100_000) for each in (*QUESTIONS, *chains, *LOOKS, *TYPED, *forged))


def mutated(data: bytes, rng: Random, most: int) -> bytes:
    typed = words.text_of(data)
    other = rng.choice((*QUESTIONS, *LOOKS, *TYPED)) if rng.random() < 0.15 else ""
    changed = f"{typed}\x1e{other}" if other else words.mutated(typed[: 2 * LONGEST], rng)
    return words.bytes_of(changed[: MOST_LINES * LONGEST], most)


def one_input(data: bytes) -> None:
    before = 0
    for line in words.text_of(data).split("\x1e")[:MOST_LINES]:
        typed = line[:LONGEST]
        try:
            if typed.startswith("/"):
                _look(typed)
            elif typed.startswith("~"):
                _type(typed[1:])
            else:
                before = _ask(typed, before)
        except DebriefError as error:
            promises.of_sentences(str(error))


def _ask(typed: str, before: int) -> int:
    question = asking.words(typed if len(typed) <= asking.QUESTION_LIMIT else pointing.plain(typed))
    context = f"answer:{before}" if before else ""
    told = asking.answered(desk(), asking.Asked(question, SERVER, CHANNEL, PERSON, context))
    _check(told.answer)
    for private in (True, False):
        judging.of_page(rendering.answer_message(told.answer, answer_id=told.id, hints=told.hints, private=private))
    assert asking.kept(desk(), told.id, SERVER).answer == told.answer, "kept, it is another answer"
    return told.id


def _check(answer: Answer) -> None:
    if answer.status is not Status.UNKNOWN:
        assert answer.evidence, f"known from nothing: {answer}"
        assert answer.text, f"known, and not told: {answer}"
    _verbatim(answer.evidence)
    assert 0 <= answer.independent <= answer.sources <= max(answer.considered, len(answer.evidence)), answer


def _verbatim(told: tuple[Evidence, ...]) -> None:
    articles = desk().store.articles([each.article_id for each in told])
    for each in told:
        assert articles[each.article_id].text[each.start : each.end] == each.text, f"no quotation: {each}"


def _type(typed: str) -> None:
    names, headlines = desk().known(SERVER, TopicKind.NAME), desk().headlines(SERVER)
    choices = [(each, each) for each in completing.completed(typed, names, [headline for _, headline in headlines])]
    choices += subjects.offered(typed, names, headlines)
    assert len(choices) <= 50, "more than Discord shows"
    for label, value in choices:
        assert 1 <= len(label) <= 100, f"a choice that Discord refuses: {label!r}"
        assert 1 <= len(value) <= 100, f"a choice that Discord refuses: {value!r}"


def _look(typed: str) -> None:
    name, _, about = typed[1:].partition(" ")
    if name not in set(View):
        return
    names = desk().known(SERVER, TopicKind.NAME)
    look = Look(View(name), subjects.meant(about, names, desk().headlines(SERVER)))
    made = _made(look)
    if not shown.rows(made):
        judging.of_page(shown.empty_message(look, made.considered, subjects.nearest(look.about, names)))
        return
    _verbatim(tuple(evidence for row in shown.rows(made) for evidence in row.evidence))
    for number in (0, 1, 9999):
        judging.of_page(shown.overview_message(made, look, number=number, private=True))
    if zlib.crc32(typed.encode(errors="replace")) % DRAWN == 0:
        _draw(made)


def _made(look: Look) -> Overview:
    match look.view:
        case View.TIMELINE:
            return desk().timeline(SERVER, look.about or "")
        case View.UPCOMING:
            return desk().agenda(SERVER, look.about)
        case View.CONNECTIONS:
            return desk().connections(SERVER, look.about)


def _draw(made: Overview) -> None:
    """Draw or file it, as it is beside the list."""
    match made:
        case Timeline():
            png, told = pictures.timeline_picture(made), describing.timeline_described(made)
        case Connections():
            png, told = pictures.connections_picture(made), describing.connections_described(made)
        case Agenda():
            body = calendar.calendar(made, now=text.NOW)
            assert body is None or body.startswith(b"BEGIN:VCALENDAR")
            return
    assert png is None or png.startswith(b"\x89PNG")
    assert len(told) <= 1_024, "longer than Discord lets a picture be described"
