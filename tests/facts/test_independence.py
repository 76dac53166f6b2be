"""Copies: what one agency or outlet wrote counts once, and what two outlets wrote counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.facts import independence, shingles
from briefs.facts.independence import Copies, originals
from briefs.language.agencies import credited
from briefs.models import Article

DAY = datetime(2024, 3, 4, tzinfo=UTC)
WIRE = (
    "The swing bridge of Halden reopened to traffic on Monday after three years of repairs that cost 12 million euros.",
    "Divers had found cracks in its middle pier when they inspected the foundation in the first winter of the works.",
    "Lorries will have to take the ferry from Sandholm until December, which leaves every forty minutes.",
    "A second bridge to the northern island is planned, and the county votes on its money in May.",
)
OWN = (
    "Schoolchildren were the first to run across when the barriers went up, waving flags that they had painted in class.",
    "For the baker Jonas Ek the day meant an hour more of sleep, as his flour no longer has to come by boat.",
    "On the quay an old ferryman watched without a word, then untied his rowing boat and went fishing.",
    "The mayor spoke for twenty minutes about patience, and those who stood in the wind had need of it.",
    "By noon the first traffic jam had formed, and some drivers honked for joy while others simply honked.",
    "The opposition called the price a scandal and handed out leaflets that asked for a tunnel instead.",
    "Engineers explained the new bearings with a model of wood, which a boy took apart when nobody looked.",
    "In the evening the swing span was lit in green and blue, and a choir sang what nobody could hear.",
)
SPEECH = (
    "“We have waited for this day for three years, through two storms and one election, and I thank every one of you who took the "
    "boat to work each morning without asking me when the bridge would be ready, and those who asked as well,”"
)


def article(name: str, text: str, *, hours: float = 0, outlet: str | None = None, **known) -> Article:
    return Article(
        name, text, (), DAY, outlet=outlet or f"Outlet {name}", published_at=DAY + timedelta(hours=hours), **known
    )


def by_id(*articles: Article) -> dict[str, Article]:
    return {a.id: a for a in articles}


def independent(*articles: Article) -> int:
    return Copies(by_id(*articles)).independent([a.id for a in articles])


def cuts(first: str = "{}", second: str = "{}") -> tuple[Article, Article]:
    """Two reports that share one sentence in five, each in the words around them."""
    one = "\n\n".join((WIRE[0], *OWN[:4]))
    other = "\n\n".join((*OWN[4:], WIRE[0]))
    return article("a", first.format(one)), article("b", second.format(other))


@st.composite
def reports(draw) -> Article:
    """An article of a few of all the sentences, of one of three outlets, maybe of an agency or linked to another."""
    said = draw(st.lists(st.sampled_from((*WIRE, *OWN)), max_size=5))
    credit = draw(st.sampled_from(("", " (AP)", " (Reuters)")))
    outlet = draw(st.sampled_from((None, "Post", "Echo", "Mail")))
    linked = draw(st.sampled_from((None, None, "r0", "r1", "gone")))
    made = article("r", " ".join(said) + credit, copy_of=linked)
    return replace(made, outlet=outlet)


def test_the_same_text_is_one_source_whoever_prints_it():
    text = "\n\n".join(WIRE)
    assert independent(article("a", text), article("b", f"Sandholm. {text}"), article("c", " ".join(OWN))) == 2


def test_reports_in_own_words_are_independent():
    assert independent(article("a", " ".join(WIRE)), article("b", " ".join(OWN))) == 2


def test_articles_of_one_outlet_count_once():
    assert independent(article("a", " ".join(WIRE), outlet="Tide"), article("b", " ".join(OWN), outlet="Tide")) == 1


def test_a_speech_that_both_quote_makes_no_copy():
    one, other = (f"{SPEECH} said the mayor. {SPEECH} {' '.join(own)}" for own in (OWN[:3], OWN[3:6]))
    assert independent(article("a", one), article("b", other)) == 2


def test_two_who_print_nothing_but_one_statement_are_copies():
    assert independent(article("a", SPEECH), article("b", f"{SPEECH} she said.")) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("HALDEN (AP) — {}", "HALDEN, March 4 (AP) — {}"),
        ("By Reuters\n\n{}", "HALDEN, March 4 (Reuters) - {}"),
        ("{}\n\nSource: AFP", "By Jo Lund | Agence France-Presse\n\n{}"),
        ("{}\n\n— Reuters", "{}\n\n(Reuters)"),
        ("HALDEN (Continental Wire) — {}", "HALDEN, March 4 (Continental Wire) — {}"),
        ("The Associated Press\n\n{}", "{}\n\nWith reporting by AP"),
    ],
)
def test_two_cuts_of_what_one_agency_sent_are_copies(first, second):
    assert independent(*cuts(first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{}", "{}"),
        ("HALDEN (AP) — {}", "{}"),
        ("HALDEN (AP) — {}", "HALDEN (Reuters) — {}"),
        ("{}\n\nThe mayor told Reuters.", "{}\n\nShe had spoken to Reuters before."),
    ],
)
def test_who_shares_as_much_without_one_credit_reports_on_his_own(first, second):
    assert independent(*cuts(first, second)) == 2


def test_who_credits_one_agency_and_shares_nothing_reports_on_his_own():
    assert (
        independent(article("a", f"HALDEN (AP) — {' '.join(WIRE)}"), article("b", f"HALDEN (AP) — {' '.join(OWN)}"))
        == 2
    )


@pytest.mark.parametrize(
    ("text", "author", "agencies"),
    [
        ("BRINDLE (AP) — The harbour opened.", None, {"ap"}),
        ("BRINDLE, Aug. 1 (The Associated Press) — The harbour opened.", None, {"ap"}),
        ("The harbour opened.\n\nSource: AFP", None, {"afp"}),
        ("By Reuters\n\nThe harbour opened.", None, {"reuters"}),
        ("The harbour opened.", "Jo Lund, Reuters", {"reuters"}),
        ("The harbour opened. — Reuters", None, {"reuters"}),
        ("The harbour opened, the mayor told Reuters.", None, set()),
        ("The Association of Ports (AOP) said that the harbour opened.", None, set()),
        ("", None, set()),
    ],
)
def test_a_credit_names_an_agency_as_the_source(text, author, agencies):
    assert credited(text, author) == agencies


# ------------------------------------------------------------------------------------------------------------- originals
def test_the_original_is_the_earliest_of_its_copies():
    text = " ".join(WIRE)
    told = by_id(
        article("late", text, hours=5),
        article("early", text, hours=1),
        article("own", " ".join(OWN), hours=0),
        article("middle", text, hours=3),
    )
    assert originals(told) == {"early": None, "middle": "early", "late": "early", "own": None}


def test_of_articles_of_one_time_the_first_by_id_is_the_original():
    assert originals(by_id(article("b", " ".join(WIRE)), article("a", " ".join(WIRE)))) == {"a": None, "b": "a"}


def test_one_outlets_own_reports_are_no_copies_of_each_other():
    told = by_id(article("a", " ".join(WIRE), outlet="Tide"), article("b", " ".join(OWN), outlet="Tide"))
    assert originals(told) == {"a": None, "b": None}


def test_originals_are_named_by_what_all_versions_share():
    text = " ".join(WIRE)
    edited = replace(article("a~2", f"{text} This was added.", hours=1), version=2, version_of="a")
    assert originals(by_id(edited, article("b", text, hours=2))) == {"a": None, "b": "a"}


def test_an_article_that_links_two_groups_joins_them():
    one, other = " ".join(WIRE), " ".join(OWN[:4])
    told = by_id(article("a", one), article("b", other, hours=1), article("c", f"{one} {other}", hours=2))
    assert originals(told) == {"a": None, "b": "a", "c": "a"}


def test_what_the_store_has_linked_is_not_compared_again():
    one, copied, other = (
        article("a", " ".join(WIRE)),
        article("b", " ".join(OWN), copy_of="a"),
        article("c", " ".join(OWN), copy_of="x"),
    )
    assert independent(one, copied) == 1
    assert independent(one, copied, replace(other, copy_of="a")) == 1
    assert independent(one, copied, other) == 2


def test_an_original_that_is_not_among_them_links_nothing():
    one, other = article("b", " ".join(WIRE), copy_of="x"), article("c", " ".join(OWN), copy_of="x")
    assert independent(one, other) == 2
    assert independent(one, replace(one, id="d", outlet="Else")) == 1


def test_nothing_has_no_originals():
    assert originals({}) == {}
    assert originals(by_id(article("a", ""), article("b", ""))) == {"a": None, "b": None}


@given(st.lists(reports(), max_size=9))
def test_a_large_story_is_counted_like_a_small_one(told):
    """Comparing a few with each other, and many by what they hold together, finds the same groups."""
    articles = by_id(*(replace(each, id=f"r{number}") for number, each in enumerate(told)))
    with pytest.MonkeyPatch.context() as patch:
        few = Copies(articles).independent(articles)
        patch.setattr(independence, "FEW", 0)
        assert Copies(articles).independent(articles) == few


def test_a_story_of_a_thousand_compares_few_of_them(monkeypatch):
    """Each sentence is one's own or one of a few wires': few of the half million pairs are looked at."""
    compared = []
    copied = shingles.Texts.copied
    monkeypatch.setattr(shingles.Texts, "copied", lambda *pair: compared.append(1) or copied(*pair))
    told = [" ".join(f"{name}{number % 7} or so" for name in ("pier", "quay", "mole", "dock")) for number in range(50)]
    own = ["".join(f"Boat {number} met wave {wave} of {number}. " for wave in range(9)) for number in range(950)]
    articles = by_id(*(article(f"n{number}", text) for number, text in enumerate(told + own)))
    assert Copies(articles).independent(articles) == 7 + 950
    assert len(compared) <= 2_000
