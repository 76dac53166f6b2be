"""Agendas: what is to come, on which day by the newest report, in which words, and what is never told as a plan."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from timed import articles, read_once

from briefs.models import Modality
from briefs.overviews import agenda

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def planned(*texts, about=None, now=NOW, stories=None):
    """The agenda of an article of each text."""
    given = articles(*texts)
    by_id = {article.id: article for article in given}
    return agenda(by_id, read_once(given), name=about, now=now, stories=stories)


def dated(found):
    return [(plan.when.value, plan.what) for plan in found.plans]


def test_plans_stand_soonest_first_in_the_words_that_name_them():
    found = planned(
        "The new mill of Lund is to open in the autumn of 2027. Ada Berg will visit Oslo on 22 May.",
        "The council will vote on the bridge on 15 May.",
    )
    assert [plan.when.value for plan in found.plans] == ["2026-05-15", "2026-05-22", "2027-FA"]
    assert found.plans[1].what == "Ada Berg will visit Oslo on 22 May"
    assert all(plan.modality is Modality.PLANNED for plan in found.plans)


def test_words_and_evidence_are_verbatim():
    texts = ["“We are late,” said Ada Berg. The mill, which opens on 22 May, cost two million crowns."]
    for plan in planned(*texts).plans:
        assert plan.what in plan.evidence.text
        assert plan.evidence.text in texts[0]


def test_a_deadline_is_a_plan_for_its_last_day():
    (plan,) = planned("The board of Lund Mills will respond by 22 May.").plans
    assert (plan.when.value, plan.when.modifier) == ("2026-05-22", "before")


def test_a_vague_time_stands_behind_the_exact_ones_within_it():
    found = planned("The mill opens in June. The council will vote on the bridge on 29 June.")
    assert [plan.when.value for plan in found.plans] == ["2026-06-29", "2026-06"]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Berg resigned on Tuesday.",
        "The council voted on 1 May.",
        "The strike will resume on 22 May unless the talks succeed.",
        "If the talks fail, the drivers will strike on 22 May.",
        "The mill will not open on 22 May.",
        "The band were to play in Lund on 22 May.",
        "Ada Berg wants peace by 2030.",
        "Is the mill to open on 22 May?",
        "The launch set for 22 May has been postponed.",
        "The agency postponed the launch planned for 22 May.",
    ],
)
def test_what_is_over_denied_conditional_or_wished_is_no_plan(text):
    assert not [plan for plan in planned(text).plans if plan.modality is Modality.PLANNED]


@pytest.mark.parametrize(
    "text",
    [
        "The concert of the Harbour Band in Lund on 22 May was cancelled.",
        "The concert on 22 May in Lund was called off, the Harbour Band said.",
        "The Harbour Band has cancelled its concert in Lund on 22 May.",
    ],
)
def test_a_plan_that_a_newer_article_calls_off_by_its_day_is_told_as_called_off(text):
    (plan,) = planned("The Harbour Band will play a concert in Lund on 22 May.", text).plans
    assert (plan.when.value, plan.modality) == ("2026-05-22", Modality.CANCELLED)
    assert plan.evidence.text == text


VERDICT = "Judge Freya Holm said that she would give her verdict in June.", "The verdict is expected in June."


@pytest.mark.parametrize(
    "texts",
    [
        VERDICT,
        ("The Bergs are due to be arraigned in Lund on 22 May.", "The pair is to be arraigned in Lund on 22 May."),
    ],
)
def test_what_one_story_plans_alike_for_one_day_stands_once(texts):
    (plan,) = planned(*texts, stories={"a0": "s1", "a1": "s1"}).plans
    assert plan.sources == 2


@pytest.mark.parametrize(
    "texts",
    [
        ("Ada Berg will visit Oslo on 22 May.", "Jon Vik will visit Oslo on 22 May."),
        (
            "The council of the town will discuss the long strike with its lawyers in June.",
            "Drivers of the northern bus company, who want more pay, will strike for a week in June.",
        ),
        ("The mill will open on 22 May.", "The fair will close on 22 May."),
        ("The judge will give her verdict on 22 May.", "The verdict is expected on 29 May."),
    ],
)
def test_what_one_story_plans_besides_stands_apart(texts):
    assert len(planned(*texts, stories={"a0": "s1", "a1": "s1"}).plans) == 2


def test_what_two_stories_plan_alike_stands_apart():
    assert len(planned(*VERDICT, stories={"a0": "s1", "a1": "s2"}).plans) == 2


def test_what_may_happen_is_told_as_possible():
    (plan,) = planned("The court could rule on 22 May.").plans
    assert plan.modality is Modality.POSSIBLE


def test_a_plan_of_several_outlets_stands_once():
    (plan,) = planned(
        "Ada Berg will visit Oslo on 22 May.", "Ada Berg is to visit Oslo on 22 May, her office said."
    ).plans
    assert (plan.sources, plan.independent, len(plan.more)) == (2, 2, 1)


def test_the_newest_report_of_a_plan_holds_and_tells_the_day_given_before():
    (plan,) = planned(
        "The launch of the Heron is planned for 22 May.", "The launch of the Heron is now planned for 29 May."
    ).plans
    assert plan.when.value == "2026-05-29"
    assert [(when.value, told.article_id) for when, told in plan.others] == [("2026-05-22", "a0")]


def test_a_plan_that_is_put_off_in_one_breath_stands_on_its_new_day():
    (plan,) = planned("The launch of the Heron was delayed by wind and is now scheduled for 22 May.").plans
    assert plan.when.value == "2026-05-22"


def test_two_days_that_one_article_tells_are_two_plans():
    found = planned("Lund will play Oslo on 22 May. Lund will play Oslo again on 29 May.")
    assert [(plan.when.value, plan.others) for plan in found.plans] == [("2026-05-22", ()), ("2026-05-29", ())]


def test_a_plan_that_was_called_off_is_told_as_called_off_by_who_says_so():
    (plan,) = planned(
        "The spring fair of Lund will be held on 22 May.",
        "The council of Lund cancelled the spring fair on Thursday because of the flood.",
    ).plans
    assert plan.modality is Modality.CANCELLED
    assert "cancelled" in plan.evidence.text


def test_what_was_done_on_its_day_is_no_plan_any_more():
    now = datetime(2026, 5, 8, 9, tzinfo=UTC)  # the day is not over
    assert not planned(
        "The Heron will lift off on Friday.", "Crowds.", "The Heron lifted off on Friday.", now=now
    ).plans


def test_of_a_name_only_its_own_plans_stand():
    texts = ["Ada Berg will visit Oslo on 22 May. Jon Vik will open the mill on 23 May."]
    assert dated(planned(*texts, about="Berg")) == [("2026-05-22", "Ada Berg will visit Oslo on 22 May")]
    assert planned(*texts, about="Berg").subject == "Ada Berg"
    assert planned(*texts).subject is None
    assert planned(*texts, about="Mona Stern").plans == ()
