"""Answers are kept for what follows them, and forgotten in steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from briefs.models import Answer, Evidence, Status

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HERE = {"guild_id": 1, "channel_id": 2, "asked_by": 3}
QUOTED = Evidence("a", 0, 5, "Words", "Outlet")
ANSWER = Answer(
    "who met Ada Berg?",
    Status.ANSWERED,
    "Jon Vik",
    "Jon Vik.",
    evidence=(QUOTED,),
    sources=1,
    understood="x",
    about="y",
)


def rows(store):
    """Return who asked, and the raw bytes of each answer."""
    with store._database.reading() as connection:
        return connection.execute(text("SELECT asked_by, data FROM answers ORDER BY id")).all()


def test_who_asked_is_forgotten_before_what_was_asked(store):
    old = store.save_answer(ANSWER, **HERE, now=NOON - HOUR)
    store.save_answer(ANSWER, **HERE, now=NOON)

    assert store.forget_askers(NOON - HOUR / 2) == 1
    assert store.forget_askers(NOON - HOUR / 2) == 0

    assert [row.asked_by for row in rows(store)] == [0, 3]
    assert store.answer(old, 1) == ANSWER
    assert store.latest_answer(**HERE, since=NOON - DAY) == ANSWER


def test_of_an_old_answer_only_what_it_quotes_is_left(store):
    old = store.save_answer(ANSWER, **HERE, now=NOON - 2 * DAY)
    recent = store.save_answer(ANSWER, **HERE, now=NOON)

    assert store.forget_questions(NOON - DAY) == 1
    assert store.forget_questions(NOON - DAY) == 0

    assert store.answer(old, 1) == Answer("", Status.ANSWERED, None, "", evidence=(QUOTED,), sources=1)
    assert store.answer(recent, 1) == ANSWER
    assert store.latest_answer(**HERE, since=NOON - 3 * DAY) == ANSWER


def test_what_was_forgotten_is_no_longer_what_a_question_leans_on(store):
    store.save_answer(ANSWER, **HERE, now=NOON)
    store.forget_askers(NOON + HOUR)
    store.forget_questions(NOON + HOUR)

    assert store.latest_answer(**HERE, since=NOON - DAY) is None
    assert store.latest_answer(**{**HERE, "asked_by": 0}, since=NOON - DAY) is None
    assert store.forget_askers(NOON + HOUR) == 0


def test_at_last_the_quotations_go_too(store):
    store.save_answer(ANSWER, **HERE, now=NOON)

    assert store.purge_answers(NOON + DAY) == 1
    assert not rows(store)
