"""A known story comes back with what changed, and with what that replaces; with nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from days import (
    ARREST,
    BACKGROUND,
    CANCELLED,
    DELAYED,
    DOCKED,
    FOURTEEN,
    FRIDAY,
    LAUNCHED,
    NINE,
    PLAN,
    REWRITTEN,
    THURSDAY,
)

from briefs import newsroom
from briefs.briefing.news import Passage, Told, news, told
from briefs.language.pipeline import DEFAULT_PIPELINE
from briefs.models import (
    Article,
    Block,
    BlockKind,
    Briefing,
    ChangeKind,
    CitedSentence,
    Item,
    Unmoved,
)

if TYPE_CHECKING:
    from datetime import datetime


def article(name: str, story: tuple[str, datetime, str], **more: object) -> Article:
    title, at, text = story
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(start, start + len(line), BlockKind.PROSE))
        start += len(line) + 1
    fields = {"title": title, "outlet": name, "published_at": at, **more}
    return Article(name, text, tuple(blocks), at, **fields)


def read(*articles: Article):
    return {r.article_id: r for r in newsroom.read(list(articles), DEFAULT_PIPELINE)}


def passages(of: Article, *texts: str) -> tuple[Passage, ...]:
    starts = [of.text.index(text) for text in texts]
    return tuple(Passage(of.id, start, start + len(text)) for start, text in zip(starts, texts, strict=True))


def everything(*articles: Article) -> Told:
    """A channel that was shown every sentence of these articles."""
    shown = tuple(p for a in articles for p in passages(a, *a.text.split("\n")))
    return Told(shown, frozenset(a.id for a in articles), frozenset(a.id for a in articles))


def developments(known: tuple, *newer: tuple, told_of=everything):
    """The kind, sentence and replaced words of each development that newer articles bring."""
    old = article("Gazette", known)
    new = [article(f"Courier {n}", each) for n, each in enumerate(newer)]
    found = news((old, *new), read(old, *new), told_of(old))
    assert found.known
    texts = {a.id: a.text for a in (old, *new)}
    return [
        (
            d.kind,
            texts[d.sentence.article_id][d.sentence.start : d.sentence.end],
            texts[d.earlier.article_id][d.earlier.start : d.earlier.end] if d.earlier else None,
        )
        for d in found.developments
    ]


def test_a_story_of_which_nothing_was_told_is_not_known():
    old = article("Gazette", NINE)
    assert not news((old,), read(old), Told()).known


def test_a_launch_replaces_its_delay():
    first = developments(DELAYED, LAUNCHED)[0]
    assert first[0] is ChangeKind.STATE
    assert first[1].startswith("The Meridian-4 capsule lifted off")
    assert first[2] == "The next attempt is planned for Friday evening at the Corran spaceport"


def test_without_a_plan_the_delay_itself_is_replaced():
    only = lambda old: replace(everything(old), passages=passages(old, old.text.split("\n")[0]))  # noqa: E731
    first = developments(DELAYED, LAUNCHED, told_of=only)[0]
    assert first[0] is ChangeKind.STATE
    assert "delayed by weather" in first[2]
    assert len(first[2].split()) <= 12


def test_what_was_not_shown_is_not_named_as_replaced():
    heard = lambda old: Told(headlines=frozenset({old.id}), articles=frozenset({old.id}))  # noqa: E731
    first = developments(DELAYED, LAUNCHED, told_of=heard)[0]
    assert (first[0], first[2]) == (ChangeKind.STATE, None)


def test_a_toll_that_rises_replaces_the_lower_one():
    first = developments(NINE, FOURTEEN)[0]
    assert first[0] is ChangeKind.FIGURE
    assert "rose to 14" in first[1]
    assert "nine people were killed" in first[2]


def test_of_two_new_tolls_the_one_more_outlets_give_is_told():
    stray = ("Dozens dead in Lindal", FRIDAY, "At least 41 people were killed in Lindal on Wednesday, officials said.")
    again = ("Fourteen dead in Lindal", FRIDAY, "Fourteen people are known to have died in the flood of Lindal.")
    told_now = developments(NINE, stray, FOURTEEN, again)
    assert told_now[0][0] is ChangeKind.FIGURE
    assert "14" in told_now[0][1] or "Fourteen" in told_now[0][1]
    assert not any("41" in sentence for _, sentence, _ in told_now)


def test_a_plan_that_is_called_off_is_replaced():
    first = developments(PLAN, CANCELLED)[0]
    assert first[0] is ChangeKind.STATE
    assert first[1].startswith("The council of Marbury cancelled")
    assert "will close the Halden library" in first[2]


def test_something_new_in_the_story_is_told_without_what_is_known():
    told_now = developments(NINE, ARREST, REWRITTEN)
    assert told_now[0][0] is ChangeKind.EVENT
    assert told_now[0][1].startswith("Police arrested the keeper")
    assert not any("died in Lindal" in sentence for _, sentence, _ in told_now)


@pytest.mark.parametrize(
    "newer", [REWRITTEN, BACKGROUND, (NINE[0], FRIDAY, NINE[2])], ids=["rewrite", "background", "copy"]
)
def test_nothing_new_is_no_news(newer):
    assert developments(NINE, newer) == []


def test_in_another_language_new_words_tell_what_is_new():
    first = article(
        "Anzeiger",
        ("Hochwasser in Lindau", THURSDAY, "Das Hochwasser hat in Lindau die Altstadt überflutet."),
        language="de",
    )
    text = "Die Polizei verhaftete am Freitag den Wärter der Talsperre wegen einer offenen Schleuse."
    second = article("Bote", ("Polizei verhaftet Wärter der Talsperre", FRIDAY, text), language="de")
    again = replace(first, id="Kurier", published_at=FRIDAY)
    assert [d.kind for d in news((first, second), read(first, second), everything(first)).developments] == [
        ChangeKind.EVENT
    ]
    assert news((first, again), read(first, again), everything(first)).developments == ()


def test_an_article_that_comes_late_supersedes_nothing():
    assert developments((*LAUNCHED[:2], LAUNCHED[2]), (DELAYED[0], THURSDAY, DELAYED[2])) == []
    assert developments((FOURTEEN[0], FRIDAY, FOURTEEN[2]), (NINE[0], THURSDAY, NINE[2])) == []


def test_a_matter_of_three_days_is_told_step_by_step():
    days = [article(name, each) for name, each in (("A", DELAYED), ("B", LAUNCHED), ("C", DOCKED))]
    readings = read(*days)
    second = news(days[:2], readings, everything(days[0])).developments
    assert second[0].sentence.article_id == "B"
    third = news(days, readings, everything(*days[:2])).developments
    assert {d.sentence.article_id for d in third} == {"C"}
    assert days[2].text[third[0].sentence.start :].startswith("The Meridian-4 capsule docked")
    assert (
        days[1].text[third[0].earlier.start : third[0].earlier.end] == "It will dock with the Concord station on Sunday"
    )
    assert news(days, readings, everything(*days)) == news(days[::-1], readings, everything(*days))


def test_a_correction_comes_back_as_one():
    text = "The new Halden bridge will cost 45 million crowns, the road office said.\nIt is to open in 2028."
    first = article("Gazette", ("Halden bridge approved", THURSDAY, text))
    second = replace(
        article("Gazette~2", ("Halden bridge approved", THURSDAY, text.replace("45", "54"))),
        version=2,
        version_of="Gazette",
    )
    (found,) = news((first, second), read(first, second), everything(first)).developments
    assert found.kind is ChangeKind.CORRECTION
    assert "54 million" in second.text[found.sentence.start : found.sentence.end]
    assert "45 million" in first.text[found.earlier.start : found.earlier.end]


def test_a_toll_that_was_counted_wrongly_is_corrected():
    fewer = (
        "Toll of Lindal flood lowered",
        FRIDAY,
        "The death toll of the flood in Lindal was corrected to seven on Friday.",
    )
    (kind, sentence, earlier), *_ = developments(NINE, fewer)
    assert kind is ChangeKind.CORRECTION
    assert "seven" in sentence
    assert "nine people were killed" in earlier


def test_a_lower_toll_that_nobody_explains_is_no_news():
    fewer = ("Seven dead in Lindal", FRIDAY, "Seven people were killed by the flood in Lindal, a relief worker said.")
    assert developments(NINE, fewer) == []


def test_a_version_that_changes_no_fact_stays_silent():
    text = NINE[2]
    first = article("Gazette", NINE)
    edits = [
        text.replace("was searching", "searched"),
        text.replace("flooded the town", "inundated the town"),
        text + "\nThis story will be updated.",
    ]
    for edited in edits:
        second = replace(article("Gazette~2", (NINE[0], THURSDAY, edited)), version=2, version_of="Gazette")
        assert news((first, second), read(first, second), everything(first)).developments == ()


def test_the_story_goes_on_in_another_chapter():
    before, after = article("A", DELAYED), article("B", LAUNCHED)
    found = news((before, after), read(before, after), everything(before))
    assert found.known
    assert found.developments[0].earlier.article_id == "A"


def test_what_briefings_told_is_found_again():
    cited = CitedSentence("a", 0, 9, "The river", 1)
    item = Item("s1", "Flood", "b", (cited,), ("a", "b", "c"), ("Gazette",), 1, FRIDAY)
    other = replace(item, story_id="s2", article_ids=("x",), sentences=(replace(cited, article_id="x"),))
    briefing = Briefing("Morning", FRIDAY, (item, other), (), 4, 1, unmoved=(Unmoved("s3", "Rain", "d", ("d", "y")),))
    assert told((briefing, briefing), frozenset({"c", "d"})) == Told(
        (Passage("a", 0, 9),), frozenset({"b"}), frozenset({"a", "b", "c", "d"})
    )


def test_a_toll_that_two_newer_outlets_contradict_is_no_update():
    """What was told already says 14; one outlet said 41 before two others said 14 again."""
    stray = ("Dozens dead in Lindal", FRIDAY, "At least 41 people were killed in Lindal on Wednesday, officials said.")
    later = FRIDAY + timedelta(hours=3)
    again = ("Rescuers leave Lindal", later, "Fourteen people were killed by the flood in Lindal, the governor said.")
    known = (FOURTEEN[0], THURSDAY, FOURTEEN[2])
    outlets = [article(name, each) for name, each in (("A", known), ("B", stray), ("C", again), ("D", again))]
    found = news(outlets, read(*outlets), everything(outlets[0])).developments
    assert not any(development.sentence.article_id == "B" for development in found)


def test_of_two_tolls_that_follow_each_other_the_newer_is_told_however_few_give_it():
    earlier = [
        ("Toll rises", FRIDAY, f"The death toll of the flood in Lindal rose to 12 on Friday, {who} said.")
        for who in ("the police", "a doctor")
    ]
    newest = (FOURTEEN[0], FRIDAY + timedelta(hours=3), FOURTEEN[2])
    told_now = developments(NINE, *earlier, newest)
    assert "rose to 14" in told_now[0][1]
    assert not any("12" in sentence for _, sentence, _ in told_now)


@pytest.mark.parametrize(
    ("planned", "came", "replaced"),
    [
        (
            "On Friday, when 900 bakers of Marbury go on strike for more pay, the town will be without bread.",
            "The bakers of Marbury went on strike on Friday, and the shops of the town stayed shut.",
            "Friday, when 900 bakers of Marbury go on strike",
        ),
        (
            "The council of Marbury will meet on Friday to speak about the Halden library.",
            "The council of Marbury agreed on Friday to keep the Halden library open.",
            "will meet on Friday",
        ),
        (
            "Judge Ana Holt said that she would give her verdict on Friday in the trial of the keeper Jost Brenner.",
            "Jost Brenner, the keeper, was found guilty on Friday of leaving a sluice open.",
            "she would give her verdict on Friday",
        ),
        (
            "A successor of the mayor, Ruth Amsel, is to be named on Friday.",
            "The council of Marbury named Ida Brenn as mayor on Friday.",
            "is to be named on Friday",
        ),
        (
            "A fire destroyed the town hall of Marbury, and the cause is unknown.",
            "An old heater caused the fire that destroyed the town hall of Marbury, investigators said.",
            "the cause is unknown",
        ),
        (
            "The mayor of Marbury, Ruth Amsel, may resign on Monday, her party said.",
            "The mayor of Marbury, Ruth Amsel, declared on Friday that she would not resign.",
            "may resign",
        ),
    ],
    ids=["strike", "meeting", "verdict", "successor", "cause", "resignation"],
)
def test_what_came_of_a_plan_replaces_it_with_its_day(planned, came, replaced):
    first = developments(("Before", THURSDAY, planned), (came.split(",")[0], FRIDAY, came))[0]
    assert first[:2] == (ChangeKind.STATE, came)
    assert replaced in first[2]


def test_a_figure_that_is_said_to_be_wrong_is_corrected():
    known = (NINE[0], THURSDAY, f"{NINE[2]}\nSome 900 people had to leave their homes, the police said.")
    wrong = "The figure of 900 given by the police had counted a street twice, the fire chief said."
    arrest = (ARREST[0], FRIDAY, f"{ARREST[2].split(chr(10))[0]}\nHe is 58.\n{wrong}")
    first, second = developments(known, arrest)
    assert first[0] is ChangeKind.EVENT
    assert second[:2] == (ChangeKind.CORRECTION, wrong)
    assert "900 people" in second[2]


def test_what_happened_on_the_day_of_its_article_was_no_plan():
    """An outlet that gives a day and no hour to its article may tell of the evening of that day."""
    midnight = THURSDAY.replace(hour=0)
    first = ("Welder held in Tarn", midnight, "Police arrested the welder Olaf Brem in Tarn on Thursday evening.")
    again = ("Welder is held", FRIDAY, "The welder Olaf Brem was arrested by the police in Tarn on Thursday evening.")
    assert developments(first, again) == []


def test_a_plan_for_another_year_has_not_come_true():
    plan = ("Ida Brenn to host the Harp Awards", THURSDAY, "Ida Brenn will host the Harp Awards in March 2027.")
    before = "The Harp Awards were hosted by Ida Brenn, and four million people watched."
    assert not [kind for kind, *_ in developments(plan, (plan[0], FRIDAY, before)) if kind is ChangeKind.STATE]
