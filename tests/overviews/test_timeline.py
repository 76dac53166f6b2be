"""Timelines: what makes a moment, of which day it is, in whose words, and what is never told as done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from timed import WRITTEN, articles, read_once, titled

from briefs.models import Grain, Modality
from briefs.overviews import timeline

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def told(*given, about=None, now=NOW):
    """The timeline of some articles, of a name or of all."""
    found = {article.id: article for article in given}
    return timeline(found, read_once(given), subject="All", name=about, now=now)


def days(found):
    return [(moment.when.value, moment.modality.value) for moment in found.moments]


def words(found):
    return [moment.evidence.text for moment in found.moments]


# --------------------------------------------------------------------------------------------------------------- dates
def test_moments_stand_oldest_first_on_the_days_their_sentences_name():
    found = told(*articles("Ada Berg resigned on Tuesday.", "Ada Berg met Jon Vik in Lund on 5 May.", "Lund opened a new bridge on Friday."))  # fmt: skip
    assert days(found) == [("2026-05-05", "happened"), ("2026-05-05", "happened"), ("2026-05-08", "happened")]


def test_news_without_a_day_has_its_articles_day_where_the_headline_says_it():
    said = "The mayor of Lund has resigned over the bridge."
    (article,) = articles(said)
    (moment,) = told(titled(article, "Mayor of Lund resigns over bridge")).moments
    assert (moment.when.value, moment.when.grain) == (WRITTEN.date().isoformat(), Grain.DAY)
    assert moment.when.start == moment.when.end  # no words of the article say it
    assert not told(titled(article, "Five things to do this weekend")).moments


def test_a_bound_is_no_day_and_what_lasts_has_none():
    found = told(*articles("The bridge has been closed since 2018. For 94 years the Berg family has owned the mill."))
    assert not found.moments


def test_what_was_long_before_its_article_is_background():
    assert not told(*articles("Lund won the cup for the first time in 1987.")).moments


def test_what_is_told_beside_something_else_counts_where_it_has_its_own_day():
    found = told(*articles("Lund will play without Ada Berg, who injured a knee on Tuesday."))
    assert days(found) == [("2026-05-05", "happened")]


# ------------------------------------------------------------------------------------------------------------ one event
def test_one_event_told_by_several_outlets_is_one_moment_with_the_others_behind_it():
    found = told(*articles(
        "Ada Berg met Jon Vik in Lund on Tuesday.",
        "Jon Vik and Ada Berg met on Tuesday, the first such meeting in ten years.",
    ))  # fmt: skip
    (moment,) = found.moments
    assert (moment.sources, moment.independent, len(moment.more)) == (2, 2, 1)
    assert moment.evidence.article_id != moment.more[0].article_id


def test_a_copy_is_a_source_but_tells_nothing_of_its_own():
    text = (
        "Ada Berg met Jon Vik in Lund on Tuesday and spoke with him about the long closed bridge over the river. "
        "The two walked along the bank for an hour, watched by a few fishermen and by a dog that nobody knew."
    )
    (moment,) = told(*articles(text, text)).moments
    assert (moment.sources, moment.independent) == (2, 1)


def test_two_meetings_of_one_day_with_others_are_two_moments():
    found = told(*articles("Ada Berg met Jon Vik in Lund on Tuesday.", "Ada Berg met Mona Stern in Oslo on Tuesday."))
    assert len(found.moments) == 2


def test_a_sentence_tells_one_moment_where_another_can_tell_the_other():
    found = told(*articles(
        "Clouds stopped the launch of the Heron on Tuesday, and the Heron lifted off on Wednesday.",
        "The Heron lifted off from Cape Sorrel on Wednesday.",
    ))  # fmt: skip
    assert len(set(words(found))) == len(found.moments) == 2


# ---------------------------------------------------------------------------------------------------------- what is to come
def test_a_plan_is_told_as_planned_and_only_until_its_day_is_over():
    plan = articles("The council of Lund will vote on the bridge on 22 May.")
    assert days(told(*plan)) == [("2026-05-22", "planned")]
    assert not told(*plan, now=datetime(2026, 5, 23, 12, tzinfo=UTC)).moments


def test_present_tense_of_a_day_to_come_is_a_plan():
    assert days(told(*articles("The new mill opens on 1 June."))) == [("2026-06-01", "planned")]


def test_a_plan_that_came_true_is_told_as_done():
    found = told(
        *articles("The Heron will lift off on Friday.", "Crowds came.", "Calm.", "The Heron lifted off on Friday.")
    )
    assert days(found) == [("2026-05-08", "happened")]


def test_a_plan_that_was_moved_stands_on_its_new_day():
    found = told(*articles(
        "The launch of the Heron is planned for 22 May.",
        "The launch of the Heron is now planned for 29 May.",
    ))  # fmt: skip
    assert days(found) == [("2026-05-29", "planned")]


def test_what_may_happen_and_what_is_denied_makes_no_moment():
    found = told(
        *articles("The strike could resume on 22 May if the talks fail. Ada Berg did not meet Jon Vik on Tuesday.")
    )
    assert not found.moments


def test_what_somebody_asks_or_thinks_makes_no_moment():
    found = told(*articles("Did Ada Berg resign on Tuesday? The harvest was poor. Jon Vik believes in trains."))
    assert not found.moments


# --------------------------------------------------------------------------------------------------------------- names
def test_a_surname_means_the_person_and_the_subject_is_the_name_in_full():
    given = articles("Ada Berg, the mayor of Lund, resigned on Tuesday.", "Jon Vik opened the mill on Wednesday.")
    found = told(*given, about="Berg")
    assert found.subject == "Ada Berg"
    assert len(found.moments) == 1


def test_a_name_that_nobody_tells_of_gives_nothing():
    found = told(*articles("Ada Berg resigned on Tuesday."), about="Otto Lind")
    assert (found.subject, found.moments) == ("Otto Lind", ())


def test_a_topic_is_told_by_the_sentences_that_hold_its_words():
    found = told(*articles("The rail strike began on Tuesday.", "Ada Berg resigned on Tuesday."), about="rail strike")
    assert words(found) == ["The rail strike began on Tuesday."]


# ---------------------------------------------------------------------------------------------------------------- words
def test_a_place_line_is_not_shown_and_the_rest_is_verbatim():
    (article,) = articles("LUND, May 6 (Atlas Wire) — Ada Berg resigned on Tuesday after a long night of talks.")
    (moment,) = told(article).moments
    assert moment.evidence.text == "Ada Berg resigned on Tuesday after a long night of talks."
    assert article.text[moment.evidence.start : moment.evidence.end] == moment.evidence.text


def test_a_sentence_that_leans_on_the_one_before_is_shown_with_it():
    (moment,) = told(*articles("Ada Berg came back to Lund. She met Jon Vik there on Tuesday.")).moments
    assert moment.evidence.text == "Ada Berg came back to Lund. She met Jon Vik there on Tuesday."


def test_of_many_moments_the_best_told_stand_and_no_more_than_a_reader_reads():
    days_ = [WRITTEN + timedelta(days=-k) for k in range(3)]
    texts = [f"Player {name} scored for Lund on {day.day} May 2026." for day in days_ for name in ("Abe", "Bo", "Cy", "Dag", "Ed", "Flo", "Gus")]  # fmt: skip
    found = told(*articles(*texts, "Ada Berg resigned on Tuesday.", "Ada Berg resigned on Tuesday, she said."))
    assert len(found.moments) <= 15
    assert any("resigned" in text for text in words(found))


def test_modality_of_a_cancelled_event_is_told_by_its_sentence():
    found = told(*articles("The council of Lund cancelled the spring fair on Tuesday."))
    assert [m.modality for m in found.moments] == [Modality.HAPPENED]
    assert "cancelled" in words(found)[0]
