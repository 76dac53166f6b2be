"""A story in full: what a card tells of the sample articles, of a story that grew, and what a briefing says of its window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefs import briefing as briefings
from briefs.briefing.card import SENTENCES
from briefs.models import Article, Block, BlockKind, Reading, Sentence, Story
from briefs.newsroom import Newsroom

SAMPLES = Path(__file__).parents[2] / "briefs" / "samples"
MORNING = datetime(2025, 8, 2, 9, tzinfo=UTC)
GUILD, OTHER, CHANNEL = 1, 2, 10
LOGO, PICTURE = "https://harbour.example/logo.png", "https://harbour.example/ferry.jpg"


@pytest.fixture(scope="module")
def desk():
    """A desk with the samples; its tests only read."""
    room = Newsroom.in_memory(clock=lambda: MORNING)
    room.load(SAMPLES, guild_id=GUILD)
    yield room
    room.close()


def card_of(desk, article_id):
    (story,) = desk.store.stories([article_id])
    return desk.card(GUILD, story.id)


# ----------------------------------------------------------------------------------------------------------------- cards
def test_a_card_tells_more_than_a_briefing_and_every_word_stands_in_its_source(desk):
    card = card_of(desk, "wire-space-talks")
    (item,) = (i for i in desk.compose(GUILD).items if i.story_id == card.item.story_id)

    assert len(item.sentences) < len(card.item.sentences) <= SENTENCES
    desk.verify(card.briefing)
    texts = desk.store.articles(card.item.article_ids)
    for change in card.changes:
        for part in (change.sentence, change.earlier):
            assert texts[part.article_id].text[part.start : part.end] == part.text


def test_a_card_tells_what_became_another_since_the_first_reports(desk):
    card = card_of(desk, "wire-space-talks")

    (change,) = card.changes

    assert change.earlier.text == "The launch is now scheduled for Friday"
    assert "lifted off from the Kennedy Space Center on Friday" in change.sentence.text


def test_a_card_cites_every_source_of_its_story_once(desk):
    card = card_of(desk, "wire-space-talks")

    assert {citation.article_id for citation in card.briefing.citations} == set(card.item.article_ids)
    assert [citation.number for citation in card.briefing.citations] == list(range(1, len(card.item.article_ids) + 1))


def test_a_card_names_who_is_in_it_those_first_whom_most_sources_name(desk):
    names = [entity.name for entity in card_of(desk, "wire-space-talks").names]

    assert set(names[:3]) == {"Dmitry Bakanov", "NASA", "Sean Duffy"}


def test_there_is_no_card_of_what_a_server_does_not_see(desk):
    (story,) = desk.store.stories(["wire-space-talks"])

    assert desk.card(OTHER, story.id, story.article_ids) is None
    assert desk.card(GUILD, "s-000000000000") is None


def test_a_story_whose_id_is_gone_is_found_by_its_articles(desk):
    (story,) = desk.store.stories(["wire-space-talks"])

    assert desk.card(GUILD, "s-000000000000", story.article_ids) == desk.card(GUILD, story.id)


# -------------------------------------------------------------------------------------------------------------- pictures
def article(name, image, **options):
    text = f"The ferry {name} ran aground on a bank off Skagen on Monday night."
    at = MORNING - timedelta(hours=3)
    blocks = (Block(0, len(text), BlockKind.PROSE),)
    return Article(
        name, text, blocks, at, title=f"Ferry {name} aground", outlet="Harbour", published_at=at, image=image, **options
    )


def composed(*articles):
    held = {each.id: each for each in articles}
    readings = {i: Reading(i, MORNING, (Sentence(i, 0, len(each.text)),)) for i, each in held.items()}
    stories = [Story(f"s-{i}", (i,)) for i in held]
    return briefings.compose(stories, held, readings, now=MORNING).briefing


def test_a_story_has_the_picture_of_its_source():
    assert [item.image for item in composed(article("ada", PICTURE)).items] == [PICTURE]


def test_a_picture_that_several_articles_show_is_the_outlets_own_and_no_storys():
    made = composed(article("ada", LOGO), article("berta", LOGO), article("clara", PICTURE))

    assert sorted(str(item.image) for item in made.items) == ["None", "None", PICTURE]


def test_an_edit_of_an_article_may_show_the_same_picture():
    old = article("ada", PICTURE)
    held = {"ada": old, "ada2": replace(old, id="ada2", version=2, version_of="ada")}
    readings = {i: Reading(i, MORNING, (Sentence(i, 0, len(each.text)),)) for i, each in held.items()}

    made = briefings.compose([Story("s", ("ada2",))], held, readings, now=MORNING).briefing

    assert [item.image for item in made.items] == [PICTURE]


# ---------------------------------------------------------------------------------------------------------------- window
def test_a_first_briefing_says_how_far_back_it_looks(desk):
    made = desk.compose(GUILD, channel_id=CHANNEL)

    newest = max(article.shown_at for article in desk.store.articles(desk.store.visible(GUILD)).values())
    assert (made.since, made.follows) == (newest - timedelta(hours=72), False)
    assert (made.feeds, made.failing) == (1, 0)


def test_the_next_briefing_says_when_the_channel_was_last_briefed():
    now = MORNING
    room = Newsroom.in_memory(clock=lambda: now)
    room.load(SAMPLES, guild_id=GUILD)
    place = {"guild_id": GUILD, "channel_id": CHANNEL}
    first = room.compose(**place, max_stories=1)
    post = room.store.claim("run", 0, briefing_id=room.store.save_briefing(first, **place), nonce="n", now=now, **place)
    room.store.record_sent(post.id, 1)
    now = MORNING + timedelta(hours=6)

    second = room.compose(**place)
    elsewhere = room.compose(GUILD, channel_id=CHANNEL + 1)
    room.close()

    assert (second.since, second.follows) == (MORNING, True)
    assert not elsewhere.follows
