"""What a briefing shows beside its sentences: what changed and what that replaces, disputes, chapters, what did not move."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot import rendering
from briefs.models import (
    Alternative,
    Briefing,
    Change,
    ChangeKind,
    Citation,
    CitedSentence,
    Disagreement,
    Item,
    Unmoved,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
V2 = discord.MessageFlags(components_v2=True).value
OUTSIDE = st.text(alphabet="ab *_[]()<>@#-\u05d0", max_size=5_000)


def _cited(number, text):
    return CitedSentence(f"a{number}", 0, len(text), text, number)


RAISED = _cited(1, "The ferry was raised on Sunday.")
STUCK = _cited(4, "the ferry will stay where it is until Easter")
CAUSE = _cited(2, "A broken rudder was to blame, not fog.")
FOG = _cited(5, "fog was to blame")
ASHORE = _cited(3, "Its captain lives in Aalborg.")
UPDATE = (
    Change(ChangeKind.STATE, RAISED, STUCK),
    Change(ChangeKind.CORRECTION, CAUSE, FOG),
    Change(ChangeKind.DETAIL, ASHORE),
)
DISPUTE = Disagreement(
    "place",
    (
        Alternative("Skagen", ("Bugle 2",), (_cited(2, "Skagen"),)),
        Alternative("Grenen reef", ("Bugle 3", "Bugle 5"), (_cited(3, "Grenen reef"), _cited(5, "Grenen reef"))),
    ),
)


# ------------------------------------------------------------------------------------------------------------- updates
def test_an_update_shows_only_what_changed_and_what_that_replaces():
    text = _text(_briefing(_item(changes=UPDATE)))

    assert (
        "- **Update:** The ferry was raised on Sunday. \\[1\\] "
        "(earlier: the ferry will stay where it is until Easter \\[4\\])"
    ) in text
    assert (
        "- **Correction:** A broken rudder was to blame, not fog. \\[2\\] (earlier: fog was to blame \\[5\\])" in text
    )
    assert text.count("**Update:** ") == 2  # after a correction, too
    assert "Its captain lives in Aalborg. \\[3\\]" in text


def test_the_word_update_stands_once_before_several_changes():
    text = _text(_briefing(_item(changes=(Change(ChangeKind.EVENT, RAISED), Change(ChangeKind.DETAIL, ASHORE)))))

    assert text.count("Update") == 1


def test_an_update_whose_headline_is_its_sentence_still_says_what_it_replaces():
    item = replace(_item(changes=UPDATE[:1]), headline=RAISED.text)
    text = _text(_briefing(item))

    assert text.count(RAISED.text) == 1
    assert "- **Update:** (earlier: the ferry will stay where it is until Easter \\[4\\])" in text


def test_the_terminal_shows_updates_and_disputes_alike():
    text = rendering.plain(_briefing(_item(changes=UPDATE, disagreements=(DISPUTE,))))

    assert (
        "   Update: The ferry was raised on Sunday. [1] (earlier: the ferry will stay where it is until Easter [4])\n"
        "   Correction: A broken rudder was to blame, not fog. [2] (earlier: fog was to blame [5])\n"
        "   Update: Its captain lives in Aalborg. [3]\n"
        "   Place disputed: Skagen [2] · Grenen reef [3][5]\n"
    ) in text


def test_the_source_of_what_was_replaced_is_listed_and_shown_with_its_sentence():
    briefing = _briefing(_item(changes=UPDATE[:1], disagreements=(DISPUTE,)))
    quotations = rendering.briefing_quotations(briefing, 0)

    assert [(q.number, q.evidence.text) for q in quotations] == [
        (1, RAISED.text),
        (2, "Skagen"),
        (3, "Grenen reef"),
        (4, STUCK.text),
        (5, "Grenen reef"),
    ]
    assert "\\[4\\] Bugle 4 ([bugle4.example](https://bugle4.example/))" in _text(briefing)


def test_words_within_a_quoted_sentence_are_not_quoted_again():
    told = CitedSentence("a1", 0, 40, "The ferry was raised near Skagen harbour.", 1)
    values = (Alternative("Skagen", ("Bugle 1",), (CitedSentence("a1", 26, 32, "Skagen", 1),)), DISPUTE.values[1])
    item = replace(_item(), sentences=(told,), disagreements=(replace(DISPUTE, values=values),))

    assert [q.evidence.text for q in rendering.briefing_quotations(_briefing(item), 0)] == [
        told.text,
        "Grenen reef",
        "Grenen reef",
    ]


def test_a_clause_is_shown_within_its_sentence_without_a_gap_before_a_comma():
    quotation = rendering.briefing_quotations(_briefing(_item(changes=UPDATE[:1])), 0)[-1]
    shown = [rendering.Shown(quotation, ("Divers said", STUCK.text, ", and left."))]
    text = _shown(rendering.sources_message(shown, number=0, total=1, page_id="page:7:0"))

    assert f"> Divers said **{STUCK.text}**, and left." in text


# -------------------------------------------------------------------------------------- disputes, standing and chapters
def test_a_dispute_shows_each_value_with_its_sources():
    text = _text(_briefing(_item(disagreements=(DISPUTE,))))

    assert "- **Place disputed:** Skagen \\[2\\] · Grenen reef \\[3\\]\\[5\\]" in text


@pytest.mark.parametrize(("slot", "told"), [("amount", "Figure"), ("time", "Date"), ("reason", "Reason")])
def test_what_is_disputed_has_a_readers_name(slot, told):
    text = _text(_briefing(_item(disagreements=(replace(DISPUTE, slot=slot),))))

    assert f"**{told} disputed:**" in text


def test_a_value_without_a_citation_names_its_outlets():
    values = tuple(replace(value, cited=()) for value in DISPUTE.values)
    briefing = _briefing(_item(disagreements=(replace(DISPUTE, values=values),)))

    assert "Skagen (Bugle 2) · Grenen reef (Bugle 3, Bugle 5)" in _text(briefing)
    assert "Skagen (Bugle 2) · Grenen reef (Bugle 3, Bugle 5)" in rendering.plain(briefing)


def test_a_story_says_how_many_sources_it_has_and_how_many_are_independent():
    assert "-# 5 sources · 2 independent · <t:1772452800:R>\n" in _text(_briefing(_item()))
    assert "-# 1 source · <t:" in _text(_briefing(replace(_item(), article_ids=("a1",))))


def test_a_later_chapter_says_since_when_the_matter_goes_on():
    item = replace(_item(), chapter=3, begun_at=datetime(2026, 2, 1, tzinfo=UTC))

    assert " · Chapter 3 · since <t:1769904000:D>" in _text(_briefing(item))
    assert "(5 sources · 2 independent · Chapter 3 · since 1 February)" in rendering.plain(_briefing(item))
    assert "Chapter" not in _text(_briefing(_item()))


# ------------------------------------------------------------------------------------------------------ what stood still
def test_stories_without_news_are_named_in_one_line_where_the_channel_wants_it():
    briefing = _briefing(_item(), unmoved=[_unmoved(7), _unmoved(8)], says_unmoved=True)

    assert "-# Nothing new on: Ferry 7 \\[sic\\] ([bugle7.example](https://bugle7.example/)) · Ferry 8" in _text(
        briefing
    )
    assert "\n\nNothing new on: Ferry 7 [sic] · Ferry 8 [sic]\n\n" in rendering.plain(briefing)


def test_else_they_are_passed_over_in_silence():
    briefing = _briefing(_item(), unmoved=[_unmoved(7)])

    assert "Ferry 7" not in _text(briefing) + rendering.plain(briefing)


def test_a_briefing_of_unmoved_stories_alone_says_once_that_nothing_is_new_and_on_what():
    briefing = replace(_briefing(unmoved=[_unmoved(7)], says_unmoved=True), articles=0, outlets=0)
    text = _text(briefing)

    assert text.splitlines() == [
        "## Morning briefing",
        "-# <t:1772452800:D>",
        "Nothing new on: Ferry 7 \\[sic\\] ([bugle7.example](https://bugle7.example/))",
    ]
    assert rendering.plain(briefing).startswith("Morning briefing · Monday, 2 March 2026\n\nNothing new on: Ferry 7")


def test_more_than_four_unmoved_stories_are_counted():
    briefing = _briefing(unmoved=[_unmoved(number) for number in range(1, 7)], says_unmoved=True)

    assert "Ferry 4" in _text(briefing)
    assert "Ferry 5" not in _text(briefing)
    assert "and 2 more" in _text(briefing)


# ------------------------------------------------------------------------------------------------------ dates in words
@pytest.mark.parametrize(
    ("language", "today", "begun"),
    [
        ("de", "Montag, 2. März 2026", "since 1. Februar"),
        ("pt-BR", "segunda-feira, 2 de março de 2026", "since 1 de fevereiro"),
        ("ja", "2026年3月2日月曜日", "since 2月1日"),
    ],
)
def test_dates_are_written_in_the_channels_language(language, today, begun):
    item = replace(_item(), chapter=2, begun_at=datetime(2026, 2, 1, tzinfo=UTC))
    briefing = replace(_briefing(item), dates=language)

    for text in (_text(briefing), rendering.plain(briefing)):
        assert today in text
        assert begun in text
    assert "<t:" not in _text(briefing)


def test_the_terminal_dates_its_sources_in_the_channels_language():
    briefing = _briefing(_item())

    assert "[1] Bugle 1, 2 March 2026  https://bugle1.example/" in rendering.plain(briefing)
    assert "[1] Bugle 1, 2 mars 2026  https://bugle1.example/" in rendering.plain(replace(briefing, dates="fr"))


def test_a_day_of_another_year_is_told_with_its_year():
    item = replace(_item(), chapter=2, begun_at=datetime(2025, 12, 31, 23, tzinfo=UTC))

    assert "since 31. Dezember 2025" in _text(replace(_briefing(item), dates="de"))


def test_an_unknown_language_leaves_dates_to_each_reader():
    assert "<t:1772452800:D>" in _text(replace(_briefing(_item()), dates="klingon"))


# ---------------------------------------------------------------------------------------------------------------- limits
@given(
    stories=st.integers(0, 9),
    sentence=OUTSIDE,
    earlier=OUTSIDE,
    value=st.text(max_size=700),
    unmoved=st.integers(0, 9),
    address=st.integers(0, 600),
    language=st.sampled_from([None, "de", "ar"]),
)
def test_no_briefing_with_updates_exceeds_discords_limits(
    stories, sentence, earlier, value, unmoved, address, language
):
    changes = (
        Change(ChangeKind.STATE, _cited(1, sentence), _cited(4, earlier)),
        Change(ChangeKind.CORRECTION, _cited(2, sentence), _cited(5, earlier)),
    )
    values = tuple(Alternative(value, (value, value), cited) for cited in ((), (_cited(3, value),))) * 3
    item = _item(changes=changes, disagreements=(Disagreement(value, values),) * 2)
    still = [replace(_unmoved(number), headline=value or "x") for number in range(1, unmoved + 1)]
    briefing = _briefing(*[item] * stories, unmoved=still, says_unmoved=True, path="a" * address)

    for view in rendering.briefing_messages(replace(briefing, dates=language), briefing_id=10**17):
        validate_message_state(view.to_components(), flags=V2, content=None, embeds=[])
        assert sum(1 for _ in view.walk_children()) <= rendering.COMPONENT_LIMIT
        assert len(_shown(view)) <= rendering.TEXT_LIMIT


@given(st.lists(st.text(alphabet="abcdefgh ", min_size=1, max_size=9_000), min_size=1, max_size=3))
def test_no_word_of_an_update_is_lost(sentences):
    changes = [Change(ChangeKind.EVENT, _cited(1, text), _cited(4, "XYZ")) for text in sentences]
    views = rendering.briefing_messages(_briefing(_item(changes=changes)), briefing_id=7)
    body = "".join(
        re.sub(r"### .*|## .*|-# .*|\*\*Update:\*\*|\(earlier: XYZ .*?\)", "", _shown(view)) for view in views
    )

    assert re.sub(r"[^a-h]", "", body) == re.sub(r"[^a-h]", "", "".join(sentences))
    assert sum(_shown(view).count("(earlier: XYZ \\[4\\])") for view in views) == len(sentences)


@given(OUTSIDE)
def test_replaced_words_from_outside_do_nothing(text):
    change = Change(ChangeKind.STATE, RAISED, _cited(4, text))
    shown = _text(_briefing(_item(changes=(change,))))

    assert not re.search(r"@(everyone|here)|<(@[!&]?|#)\d+>", shown)
    assert rendering.clip(text, 400) in shown


# ---------------------------------------------------------------------------------------------------------------- making
def _item(*, changes=(), disagreements=()):
    sentences = tuple(change.sentence for change in changes) or (RAISED, CAUSE)
    ids = tuple(f"a{number}" for number in range(1, 6))
    return Item(
        "s1", "Ferry afloat off Skagen", "a1", sentences, ids, ("Bugle",), 2, NOON, tuple(changes), disagreements
    )


def _unmoved(number):
    return Unmoved(f"s{number}", f"Ferry {number} [sic]", f"a{number}", (f"a{number}",))


def _briefing(*items, unmoved=(), says_unmoved=False, path=""):
    citations = tuple(
        Citation(n, f"a{n}", f"Bugle {n}", f"Title {n}", f"https://bugle{n}.example/{path}", NOON) for n in range(1, 8)
    )
    return Briefing("Morning briefing", NOON, items, citations, 5, 5, unmoved=tuple(unmoved), says_unmoved=says_unmoved)


def _text(briefing):
    return "\n".join(_shown(view) for view in rendering.briefing_messages(briefing, briefing_id=7))


def _shown(view):
    texts = (item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))
    return "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")
