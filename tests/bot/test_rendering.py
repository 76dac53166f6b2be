"""Text from outside stays text; messages stay within Discord's limits; nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simcord.components import validate_message_state
from simcord.preview._markdown import markdown_tokens

from bot import rendering, subscriptions
from briefs.models import (
    Alternative,
    Answer,
    Article,
    Briefing,
    Citation,
    CitedSentence,
    Disagreement,
    Evidence,
    Extent,
    Feed,
    Grain,
    Item,
    Status,
    When,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
V2 = discord.MessageFlags(components_v2=True).value
MARKUP = st.text(alphabet="ab1 \\*_~|`<>[]()#:@&!-+=.\n\u200b\u202e\u05d0/thpsevryon", max_size=80)
OUTSIDE = st.one_of(MARKUP, st.text(max_size=120))
CONTEXT = {
    "users": {"1": "ann"},
    "roles": {"1": "mods"},
    "channels": {"1": "news"},
    "commands": {"1": "ask"},
    "everyone": True,
    "emojis": {"1": {"name": "a", "animated": False}},
}


# ------------------------------------------------------------------------------------------------------------- escaping
@pytest.mark.parametrize(
    "text",
    [
        "@everyone and @here",
        "<@1> <@!1> <@&1> <#1> </ask:1> <a:a:1> <:a:1> <t:1:R>",
        "[your bank](https://evil.example) and https://evil.example",
        "# heading",
        "-# small",
        "- item",
        "12. item",
        "> quote",
        ">>> quotes",
        "**bold** __line__ ~~gone~~ ||secret|| `code` *em* _em_",
        "```block```",
        "&lt;@1&gt;",
        "<https://evil.example>",
    ],
)
def test_text_from_outside_is_shown_as_it_is_and_does_nothing(text):
    shown = _shown(rendering.escape(text))

    assert shown.replace("\u200b", "") == text


@given(OUTSIDE, st.sampled_from(["", "> ", "-# ", "### 1. ", "- ", "**Outlet.** "]))
@example("](https://evil.example) [x", "")
@example("\\", "**Outlet.** ")
def test_no_text_from_outside_formats_links_or_mentions(text, before):
    ours = _kinds(markdown_tokens(before + "x", context=CONTEXT))

    assert _kinds(markdown_tokens(before + rendering.escape(text) + "x", context=CONTEXT)) <= ours | {"text"}


@given(OUTSIDE)
def test_no_mention_survives_for_discord_to_find(text):
    assert not re.search(r"@(everyone|here)|<(@[!&]?|#)\d+>", rendering.escape(text))


@given(OUTSIDE)
def test_text_from_outside_stays_in_one_line_and_hides_nothing(text):
    inside = rendering.escape(text).strip("\u2068\u2069")

    assert not re.search(r"[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069]", inside)


@given(st.text(max_size=400), st.integers(min_value=20, max_value=60))
def test_a_clipped_text_is_never_longer_than_its_room(text, room):
    assert len(rendering.clip(text, room)) <= room


def test_right_to_left_text_does_not_reorder_what_follows():
    assert rendering.escape("שלום") == "\u2068שלום\u2069"


# ---------------------------------------------------------------------------------------------------------------- links
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.com/a",
        "https://good.example@evil.example/",
        "https://exa mple.com/",
        "https://example.com\\@evil.example",
        "https://localhost/",
        "https:///path",
        "https://[::1]/",
        "https://example.com:99999/",
        "https://example.com/" + "a" * 600,
        "",
        None,
    ],
)
def test_an_address_that_is_no_plain_public_web_page_is_never_linked(url):
    assert rendering.safe_url(url) is None
    assert "](" not in rendering.source("Outlet", url)


def test_a_link_shows_the_domain_it_leads_to():
    assert rendering.source("The Bugle", "https://www.bugle.example/a_(b)?q=[1]") == (
        "The Bugle ([bugle.example](https://www.bugle.example/a_%28b%29?q=%5B1%5D))"
    )


def test_a_domain_in_another_script_is_shown_as_it_is_reached():
    assert "[xn--" in rendering.source("Bank", "https://bаnk.example/")  # a Cyrillic letter


def test_an_outlet_cannot_bend_the_link_beside_it():
    tokens = markdown_tokens(rendering.source("](https://evil.example) [", "https://bugle.example/"), context=CONTEXT)

    assert _links(tokens) == ["https://bugle.example/"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_only_the_safe_address_itself_is_ever_linked(path, outlet):
    url = f"https://bugle.example/{path}"
    links = _links(markdown_tokens(rendering.source(outlet, url), context=CONTEXT))

    assert links == ([rendering.safe_url(url)] if rendering.safe_url(url) else [])


# ------------------------------------------------------------------------------------------------------------- briefings
def test_a_briefing_reads_as_a_person_expects():
    text = _text(rendering.briefing_messages(_briefing(), briefing_id=7)[0])

    assert text.startswith("## Morning briefing\n-# <t:1772452800:D> · 1 story · 2 articles by 2 outlets")
    assert "### 1. Ferry runs aground off Skagen" in text
    assert "2 sources · 2 independent" in text
    assert "All 40 passengers are safe. \\[1\\]" in text
    assert "-# \\[1\\] The Bugle ([bugle.example](https://bugle.example/ferry))" in text


def test_a_briefing_carries_its_mark_so_that_it_is_found_again_in_the_channel():
    view = rendering.briefing_messages(_briefing(), briefing_id=7)[0]
    ids = [item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.Button)]

    assert ids == ["story:7:0:more:0", "story:7:0:sources:0", "story:7:0:ask:0"]


def test_a_briefing_without_news_says_so():
    briefing = Briefing("Morning briefing", NOON, (), (), 0, 0)

    assert "Nothing new" in _text(rendering.briefing_messages(briefing, briefing_id=7)[0])


def test_a_file_without_an_outlet_is_named_by_its_title():
    citation = Citation(1, "a1", "a1", "Ferry aground", None, NOON)
    briefing = Briefing("Briefing", NOON, (_item(),), (citation,), 1, 1)

    assert "\\[1\\] Ferry aground" in _text(rendering.briefing_messages(briefing, briefing_id=7)[0])
    assert "[1] Ferry aground" in rendering.plain(briefing)


def test_a_long_briefing_is_split_between_stories():
    item = _item(sentences=["A sentence of a story that has much to tell. " * 12] * 3)
    views = rendering.briefing_messages(_briefing(items=[item] * 6), briefing_id=7)

    assert len(views) > 1
    for view in views:
        assert _text(view).count("### ") == _text(view).count("sources · 2 independent") > 0


@pytest.mark.parametrize(("failing", "told"), [(0, ()), (3, ("Paper 2",)), (5, ("Paper 2", "… and 2 more"))])
def test_below_a_briefing_stand_three_failing_feeds_at_most(failing, told):
    problems = tuple(f"Paper {number}: it timed out." for number in range(failing))
    text = _text(rendering.briefing_messages(_briefing(problems=problems), briefing_id=7)[-1])

    assert text.count("⚠️") == min(failing, 4)
    assert all(words in text for words in told)
    assert "Paper 3" not in text


@given(
    stories=st.integers(0, 12),
    sentences=st.lists(st.text(alphabet="ab *_[]()<>@#\u05d0", max_size=6_000), max_size=4),
    headline=st.text(max_size=600),
    title=st.text(max_size=300),
    problems=st.lists(st.text(max_size=400), max_size=5),
)
def test_no_briefing_exceeds_discords_limits(stories, sentences, headline, title, problems):
    items = [_item(headline=headline, sentences=sentences)] * stories
    briefing = _briefing(items=items, title=title, problems=tuple(problems))

    for view in rendering.briefing_messages(briefing, briefing_id=10**17):
        _assert_sendable(view)


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=1, max_size=9_000), min_size=1, max_size=3))
def test_no_word_of_a_briefing_is_lost(sentences):
    views = rendering.briefing_messages(_briefing(items=[_item(sentences=sentences)]), briefing_id=7)
    letters = re.sub(r"[^a-h]", "", "".join(sentences))
    body = "".join(re.sub(r"### .*|## .*|-# .*", "", _text(view)) for view in views)

    assert re.sub(r"[^a-h]", "", body.replace("Part", "")) == letters


def test_more_stories_than_components_allow_go_into_several_messages():
    views = rendering.briefing_messages(_briefing(items=[_item(sentences=["Short."])] * 20), briefing_id=7)

    for view in views:
        _assert_sendable(view)
    assert sum(_text(view).count("### ") for view in views) == 20


def test_the_terminal_shows_the_sentences_as_they_stand():
    text = rendering.plain(_briefing())

    assert "Ferry runs aground off Skagen" in text
    assert "   All 40 passengers are safe. [1]" in text
    assert "[1] The Bugle, 2 March 2026  https://bugle.example/ferry" in text
    assert "\\" not in text


# --------------------------------------------------------------------------------------------------------------- answers
def test_an_answer_comes_first_then_what_is_disputed_then_the_words_themselves():
    text = _text(rendering.answer_message(_answer(), answer_id=3))

    assert text.splitlines() == [
        "-# who met whom?",
        "**Ada Berg met Jon Vik, Monday 2 March 2026.**",
        "Place disputed: Oslo (The Bugle) or Bergen (Wire)",
        "> “Ada Berg met Jon Vik.”",
        "> — The Bugle ([bugle.example](https://bugle.example/ferry)), <t:1772452800:D>",
        "-# 5 sources, 3 independent · as of <t:1772452800:D>",
    ]


def test_an_answer_that_is_a_sentence_of_a_source_stands_once_in_the_message():
    answer = replace(_answer(), disagreements=(), statement="No: Ada Berg met Jon Vik.")

    assert _text(rendering.answer_message(answer, answer_id=3)).splitlines()[1:3] == [
        "**No.**",
        "> “Ada Berg met Jon Vik.”",
    ]


def test_news_are_the_sentences_of_the_sources_each_with_its_outlet_and_day():
    evidence = (_evidence(text="The ferry sank."), _evidence(text="The ferry was raised.", outlet="Wire"))
    news = replace(
        _answer(),
        disagreements=(),
        statement="2 March: The ferry sank.\n1 March: The ferry was raised.",
        evidence=evidence,
    )
    shown = _text(rendering.answer_message(news, answer_id=3)).splitlines()

    assert shown[1] == "> “The ferry sank.”"
    assert shown[3] == "> “The ferry was raised.”"
    assert shown[4].startswith("> — Wire")


def test_a_sentence_that_quotes_gets_no_marks_around_it():
    answer = replace(_answer(), evidence=(_evidence(text="“We are glad,” said Berg."),))

    assert "> “We are glad,” said Berg." in _text(rendering.answer_message(answer, answer_id=3)).splitlines()


def test_an_hour_is_told_in_the_readers_own_time_but_a_day_is_not_an_instant():
    hour = When("2026-03-02T12:00", 0, 1, Grain.HOUR, NOON, NOON)
    day = When("2026-03-02", 0, 1, Grain.DAY, NOON, NOON)

    assert "Your time: <t:1772452800:f>" in _text(rendering.answer_message(_answer(when=hour), answer_id=3))
    assert "Your time" not in _text(rendering.answer_message(_answer(when=day), answer_id=3))


def test_an_unknown_answer_says_how_much_was_searched_and_offers_another_question():
    answer = Answer("why?", Status.UNKNOWN, None, "None of my 5 articles says why.", considered=5)
    view = rendering.answer_message(answer, answer_id=3)

    assert "5 articles searched" in _text(view)
    assert [b.label for b in view.walk_children() if isinstance(b, discord.ui.Button)] == ["Ask a follow-up"]


@given(st.text(max_size=5_000), st.lists(st.text(max_size=2_000), max_size=6), st.sampled_from(Status))
def test_no_answer_exceeds_discords_limits(text, many, status):
    values = tuple(Alternative(each, (each, each)) for each in many)
    answer = Answer(
        question=text,
        status=status,
        text=text,
        statement=text or "x",
        alternatives=values,
        disagreements=tuple(Disagreement(each, values) for each in many),
        notes=tuple(many),
        evidence=tuple(_evidence(text=each, outlet=each) for each in many),
    )
    _assert_sendable(rendering.answer_message(answer, answer_id=10**17))


# --------------------------------------------------------------------------------------------------------------- sources
def test_sources_show_each_sentence_between_its_neighbours():
    quotations = rendering.briefing_quotations(_briefing(), 0)
    shown = [rendering.Shown(quotations[0], ("It was dark.", "All 40 passengers are safe.", "The captain is not."))]
    text = _text(rendering.sources_message(shown, number=0, total=2, page_id="page:7:0"))

    assert "**1.** The Bugle ([bugle.example](https://bugle.example/ferry))" in text
    assert "> It was dark. **All 40 passengers are safe.** The captain is not." in text


@pytest.mark.parametrize(
    ("extent", "told"),
    [
        (Extent.FULL, "by Ada Penn · <t:"),
        (Extent.TEASER, "teaser only"),
        (Extent.PAYWALL, "behind a paywall"),
        (Extent.CONSENT, "asks for consent"),
    ],
)
def test_beside_a_source_stands_who_wrote_it_and_how_much_of_it_could_be_read(extent, told):
    quotation = rendering.briefing_quotations(_briefing(), 0)[0]
    article = Article("a1", "x", (), NOON, author="Ada Penn", extent=extent)
    shown = [rendering.Shown(quotation, ("", "x", ""), article, edited=True)]
    text = _text(rendering.sources_message(shown, number=0, total=1, page_id="page:7:0"))

    assert told in text
    assert ("edited since" in text, "full text" in text) == (True, False)


@pytest.mark.parametrize(
    ("extents", "told"),
    [
        ((), ""),
        ((Extent.FULL, Extent.FULL), ""),
        ((Extent.TEASER, Extent.TEASER), "Its newest articles: teaser only."),
        (
            (Extent.CONSENT, Extent.PAYWALL, Extent.FULL),
            "Its newest articles: 1 full text, 1 behind a paywall, 1 asks for consent.",
        ),
    ],
)
def test_of_a_new_source_is_said_how_much_of_its_articles_can_be_read(extents, told):
    remark = rendering.extent_remark([Article("a", "x", (), NOON, extent=extent) for extent in extents])

    assert remark == (f"{told} Briefings quote what can be read of them." if told else "")


@given(st.text(max_size=3_000), st.text(max_size=3_000), st.integers(1, 40))
def test_no_page_of_sources_exceeds_discords_limits(text, around, total):
    quotations = [rendering.Quotation(n, _evidence(text=text, outlet=around, title=around)) for n in range(total)]
    article = Article("a", text, (), NOON, author=around, extent=Extent.PAYWALL)
    for number in range(-(-total // rendering.PAGE_SIZE)):
        shown = [
            rendering.Shown(quotation, (around, text, around), article, edited=True)
            for quotation in rendering.on_page(quotations, number)
        ]
        _assert_sendable(rendering.sources_message(shown, number=number, total=total, page_id="page:7:0"))


# ---------------------------------------------------------------------------------------------------------------- making
def _briefing(*, items=None, title="Morning briefing", problems=()):
    citation = Citation(1, "a1", "The Bugle", "Ferry aground", "https://bugle.example/ferry", NOON)
    return Briefing(title, NOON, tuple(items or [_item()] if items is None else items), (citation,), 2, 2, problems)


def _item(*, headline="Ferry runs aground off Skagen", sentences=("All 40 passengers are safe.",)):
    cited = tuple(CitedSentence("a1", i, i + 1, text, 1) for i, text in enumerate(sentences))
    return Item("s1", headline, "a1", cited, ("a1", "a2"), ("The Bugle", "Wire"), 2, NOON)


def _answer(when=None):
    places = (Alternative("Oslo", ("The Bugle",)), Alternative("Bergen", ("Wire",)))
    return Answer(
        question="who met whom?",
        status=Status.ANSWERED,
        text="Ada Berg and Jon Vik",
        statement="Ada Berg met Jon Vik, Monday 2 March 2026.",
        when=when,
        disagreements=(Disagreement("place", places),),
        evidence=(_evidence(),),
        sources=5,
        independent=3,
        as_of=NOON,
    )


def _evidence(*, text="Ada Berg met Jon Vik.", outlet="The Bugle", title=None):
    return Evidence("a1", 0, 1, text, outlet, title, "https://bugle.example/ferry", NOON)


# --------------------------------------------------------------------------------------------------------------- reading
def _text(view):
    texts = (item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))
    return "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")


def _assert_sendable(view):
    components = view.to_components()
    validate_message_state(components, flags=V2, content=None, embeds=[])
    assert sum(1 for _ in view.walk_children()) <= rendering.COMPONENT_LIMIT
    assert len(_text(view)) <= rendering.TEXT_LIMIT


def _walk(tokens):
    for token in tokens:
        yield token
        yield from _walk(token.get("children") or ())


def _kinds(tokens):
    return {re.sub(r"_(open|close)$", "", token["type"]) for token in _walk(tokens)}


def _links(tokens):
    return [token["href"] for token in _walk(tokens) if token["type"] == "link_open"]


def _shown(markdown):
    return "".join(token.get("content", "") for token in _walk(markdown_tokens(markdown, context=CONTEXT)))


@pytest.mark.parametrize(
    ("title", "text", "called"),
    [("Harbour open", "x", "Harbour open"), (None, "The barrier\nis open.", "“The barrier is open.”")],
)
def test_an_article_is_called_by_its_title_or_its_first_words(title, text, called):
    assert subscriptions.headline(Article("a", text, (), NOON, title=title)) == called


def test_a_feed_that_is_due_is_never_said_to_be_read_in_the_past():
    feed = Feed(1, "https://post.example/rss", last_success_at=NOON, next_poll_at=NOON)
    row = rendering.feed_row(feed, NOON + timedelta(minutes=5))

    assert row.endswith("next in a moment")
    assert "in a moment" not in rendering.feed_row(feed, NOON - timedelta(minutes=5))
