"""How a briefing and a story card stand in messages: few, complete, within Discord's limits, whatever the feeds carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import discord
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot import rendering
from bot.rendering.escaping import image_url
from briefs.models import (
    Alternative,
    Briefing,
    Card,
    Change,
    ChangeKind,
    Citation,
    CitedSentence,
    Disagreement,
    Entity,
    EntityKind,
    Item,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
V2 = discord.MessageFlags(components_v2=True).value
PICTURE = "https://pictures.example/ferry.jpg"
# What feeds carry: other scripts, right to left, emoji with joiners and skin tones, markup.
SCRIPTS = st.text(
    alphabet="ab *_[]()<>@#&:\u05d0\u0628\u0627\U0001f468\u200d\U0001f33e\U0001f3ff\u4e2d\u202e", max_size=80
)
LONG = st.one_of(SCRIPTS, st.integers(1, 5_000).map(lambda size: ("ferry [sic] \U0001f6a2 " * 400)[:size]))
FEW = settings(max_examples=25)


def text_of(view):
    return "\n".join(i.content for i in view.walk_children() if isinstance(i, discord.ui.TextDisplay))


def buttons(view):
    return [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]


def pictures(view):
    return [item for item in view.walk_children() if isinstance(item, discord.ui.Thumbnail)]


def message(view):
    return SimpleNamespace(components=view.children)


def assert_sendable(view):
    validate_message_state(view.to_components(), flags=V2, content=None, embeds=[])
    assert sum(1 for _ in view.walk_children()) <= rendering.COMPONENT_LIMIT
    assert len(text_of(view)) <= rendering.TEXT_LIMIT


def citation(number, *, outlet="The Bugle", path="ferry"):
    return Citation(number, f"a{number}", outlet, "Ferry aground", f"https://bugle{number}.example/{path}", NOON)


def sentence(number, text="All 40 passengers are safe."):
    return CitedSentence(f"a{number}", 0, len(text), text, number)


def item(place=0, *, sentences=("All 40 passengers are safe.",), headline="Ferry aground", **options):
    """A story with a source of its own for each sentence."""
    cited = tuple(sentence(place * 3 + n, text) for n, text in enumerate(sentences, 1))
    ids = tuple(each.article_id for each in cited) or (f"a{place * 3 + 1}",)
    return Item(f"s-{place}", headline, ids[0], cited, ids, ("The Bugle",), len(ids), NOON, **options)


def briefing(*items, path="ferry", outlet="The Bugle", **options):
    numbers = range(1, 3 * len(items) + 4)
    citations = tuple(citation(n, outlet=outlet, path=path) for n in numbers)
    return Briefing("Morning briefing", NOON, items, citations, len(items), 3, **options)


def messages(made, **options):
    return rendering.briefing_messages(made, briefing_id=7, **options)


# -------------------------------------------------------------------------------------------------------- one message
@pytest.mark.parametrize("size", [20, 60, 110])
def test_five_stories_of_three_sentences_from_three_outlets_are_one_message(size):
    told = ("The ferry Ada ran aground on a bank off Skagen on Monday night, and all 40 people aboard are safe.",) * 3
    stories = [item(place, sentences=told) for place in range(5)]

    (view,) = messages(briefing(*stories, path="a" * size, feeds=3, since=NOON))

    assert_sendable(view)


def test_a_source_without_room_in_the_text_stands_beside_the_buttons_with_its_domain():
    told = ("The ferry Ada ran aground on a bank off Skagen on Monday night, and all 40 people aboard are safe.",) * 3
    (view,) = messages(briefing(*(item(place, sentences=told) for place in range(5)), path="a" * 150))

    links = [button for button in buttons(view) if button.url]

    assert links
    assert all(
        link.label == f"[{n}] The Bugle · bugle{n}.example" for link in links for n in [link.label[1:].split("]")[0]]
    )
    assert all(link.url.startswith(f"https://{link.label.rpartition(' ')[2]}/") for link in links)


def test_as_long_as_there_is_room_all_links_stand_in_the_text():
    (view,) = messages(briefing(item(), item(1)))

    assert not [button for button in buttons(view) if button.url]
    assert text_of(view).count("](https://bugle") == 2


# ------------------------------------------------------------------------------------------------------------- buttons
def test_every_story_has_its_buttons():
    (view,) = messages(briefing(item(), item(1)))

    assert [button.custom_id for button in buttons(view)] == [
        f"story:7:{index}:{what}:0" for index in (0, 1) for what in ("more", "sources", "ask")
    ]


def test_a_story_that_needs_several_messages_has_its_buttons_once_at_its_end():
    views = messages(briefing(item(sentences=["ferry " * 1_500])))
    labels = [[button.label for button in buttons(view)] for view in views]

    assert len(views) > 1
    assert labels == [*[["Sources", "Ask"]] * (len(views) - 1), ["More", "Sources", "Ask"]]


@pytest.mark.parametrize("items", [[], [item()], [item(sentences=["ferry " * 1_500])], [item(p) for p in range(20)]])
def test_each_message_is_found_again_in_the_channel_by_its_part(items):
    views = messages(briefing(*items))

    assert [rendering.find_marker(message(view)) for view in views] == [(7, part) for part in range(len(views))]


def test_messages_posted_before_stories_had_buttons_are_found_too():
    view = rendering.page(["old"], buttons=[discord.ui.Button(label="Sources", custom_id="brief:7:2:sources")])

    assert rendering.find_marker(message(view)) == (7, 2)


# ------------------------------------------------------------------------------------------------------------- pictures
def test_a_picture_stands_beside_the_first_headline():
    (view,) = messages(briefing(item(image=PICTURE), item(1, image=PICTURE)))
    (picture,) = pictures(view)

    assert picture.media.url == PICTURE
    assert picture.description == "Picture of a source: Ferry aground"


def test_beside_a_picture_stands_the_first_sentence_too_so_that_no_gap_is_left():
    (view,) = messages(briefing(item(image=PICTURE, sentences=("All 40 are safe.", "A tug has come."))))
    (section,) = [each for each in view.walk_children() if isinstance(each, discord.ui.Section)]

    assert "All 40 are safe." in text_of(section)
    assert "A tug has come." in text_of(view)
    assert "A tug has come." not in text_of(section)


@pytest.mark.parametrize("switch", ["asked", "taken"])
def test_without_pictures_the_same_stories_stand_in_the_same_messages(switch):
    made = briefing(item(image=PICTURE), *(item(place) for place in range(1, 9)))
    bare = messages(made, images=False) if switch == "asked" else messages(rendering.without_images(made))

    assert [text_of(view) for view in bare] == [text_of(view) for view in messages(made)]
    assert not any(map(pictures, bare))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "http://pictures.example/a.jpg",
        "https://192.0.2.7/a.jpg",
        "https://[2001:db8::1]/a.jpg",
        "https://pictures/a.jpg",
        "https://printer.local/a.jpg",
        "https://files.internal/a.jpg",
        "https://pictures.example:8443/a.jpg",
        "https://me:secret@pictures.example/a.jpg",
        "data:image/png;base64,AAAA",
        "https://pictures.example/" + "a" * 600,
    ],
)
def test_a_picture_that_discord_should_not_fetch_is_left_out(url):
    assert image_url(url) is None
    assert not pictures(messages(briefing(item(image=url)))[0])


# ------------------------------------------------------------------------------------------------------------ its foot
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, None),
        ({"since": NOON - timedelta(days=1)}, "News since <t:1772366400:f>"),
        ({"since": NOON - timedelta(days=1), "follows": True}, "New since the last briefing, <t:1772366400:f>"),
        ({"feeds": 12, "failing": 2}, "12 feeds read, 2 failed"),
        ({"feeds": 1, "since": NOON, "dates": "de"}, "News since 2. März 2026 · 1 feed read"),
    ],
)
def test_below_a_briefing_stands_what_it_covers(options, told):
    text = text_of(messages(briefing(item(), **options))[-1])

    assert (told is None and "since" not in text) or f"-# {told}" in text.splitlines()


# --------------------------------------------------------------------------------------------------------------- limits
@FEW
@given(
    stories=st.integers(0, 6),
    sentences=st.lists(LONG, max_size=4),
    headline=st.one_of(SCRIPTS, st.just("שלום 👨‍🌾 " * 60)),
    outlet=st.one_of(SCRIPTS, st.just("x" * 300)),
    path=st.integers(0, 600),
    image=st.sampled_from([None, PICTURE]),
    problems=st.lists(SCRIPTS, max_size=5),
)
@example(20, ["ferry " * 830] * 3, "x" * 500, "The Bugle", 480, PICTURE, [])
def test_no_briefing_breaks_a_limit_or_loses_a_story_or_a_link(
    stories, sentences, headline, outlet, path, image, problems
):
    items = [item(p, sentences=sentences[:3], headline=headline, image=image) for p in range(stories)]
    made = briefing(*items, path="a" * path, outlet=outlet, problems=tuple(problems), feeds=3, since=NOON)
    views = messages(made)
    links = "".join(text_of(view) + "".join(button.url or "" for button in buttons(view)) for view in views)

    for view in (*views, *rendering.preview_messages(made)):
        assert_sendable(view)
    assert [rendering.find_marker(message(view)) for view in views] == [(7, part) for part in range(len(views))]
    more = [button.custom_id.split(":")[2] for view in views for button in buttons(view) if button.label == "More"]
    assert more == [str(index) for index in range(stories)]
    for each in made.citations[: 3 * stories]:
        if rendering.safe_url(each.url) and any(s.citation == each.number for i in items for s in i.sentences):
            assert links.count(rendering.safe_url(each.url)) == 1


@FEW
@given(size=st.integers(1, 3_900), sources=st.integers(1, 14), path=st.integers(300, 480))
@example(2_900, 9, 470)
def test_a_story_of_many_sources_with_long_addresses_loses_none(size, sources, path):
    told = item(sentences=["ferry " * (size // 6)])
    more = tuple(sentence(n, f"Short {n}.") for n in range(2, sources + 1))
    made = briefing(replace(told, sentences=(*told.sentences, *more)), item(6))
    made = replace(made, citations=tuple(citation(n, path="a" * path) for n in range(1, 20)))

    views = messages(made)
    links = "".join(text_of(view) + "".join(button.url or "" for button in buttons(view)) for view in views)

    for view in views:
        assert_sendable(view)
    assert [rendering.find_marker(message(view)) for view in views] == [(7, part) for part in range(len(views))]
    assert all(links.count(made.citations[n].url) == 1 for n in range(sources))


@FEW
@given(
    sentences=st.lists(LONG, max_size=9),
    headline=st.one_of(SCRIPTS, st.just("שלום 👨‍🌾 " * 60)),
    outlet=st.one_of(SCRIPTS, st.just("x" * 300)),
    value=LONG,
    sources=st.integers(1, 60),
    path=st.integers(0, 600),
    image=st.sampled_from([None, PICTURE]),
)
@example(["ferry " * 830] * 9, "x" * 500, "x*" * 200, "value *" * 400, 60, 480, PICTURE)
def test_no_story_card_breaks_a_limit(sentences, headline, outlet, value, sources, path, image):
    values = tuple(Alternative(value, (outlet, outlet)) for _ in range(5))
    told = item(headline=headline, image=image, disagreements=(Disagreement(value, values),) * 4)
    told = replace(told, sentences=tuple(sentence(n % sources + 1, text) for n, text in enumerate(sentences)))
    citations = tuple(citation(n, outlet=outlet, path="a" * path) for n in range(1, sources + 1))
    changes = tuple(Change(ChangeKind.STATE, sentence(1, value), sentence(1, value)) for _ in range(6))
    names = tuple(Entity(f"{outlet} {n}", EntityKind.PERSON) for n in range(30))
    made = replace(briefing(told), citations=citations)

    view = rendering.card_message(Card(made, changes, names), page_id=f"{10**17}:9999")

    assert_sendable(view)
    assert [button.label for button in buttons(view)] == ["Timeline", "Sources", "Ask"]
