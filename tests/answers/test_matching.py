"""How well a sentence matches what a question asks about."""

from __future__ import annotations

import pytest
from asked_of import NOW, desk_of

from briefs.answers import matching
from briefs.language.synonyms import family, synonyms
from briefs.language.words import stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("resigned", "resignation"), ("bankrupt", "bankruptcy"), ("delivered", "delivery"), ("invest", "investor")],
)
def test_words_of_one_family_share_their_root(one: str, other: str) -> None:
    assert family(stem(one)) == family(stem(other))


@pytest.mark.parametrize(("one", "other"), [("police", "policy"), ("minister", "mine"), ("sentence", "sent")])
def test_words_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert family(stem(one)) != family(stem(other))


def test_words_that_mean_the_same_are_known_from_both_sides() -> None:
    assert stem("quake") in synonyms(stem("earthquake"))
    assert stem("earthquake") in synonyms(stem("quakes"))
    assert not synonyms(stem("zeppelin"))


@pytest.mark.parametrize(
    ("called", "does"), [("founder", "found"), ("winner", "win"), ("owner", "own"), ("writer", "write")]
)
def test_who_is_called_by_a_deed_does_it(called: str, does: str) -> None:
    assert stem(does) in matching._deeds(called)


def test_other_words_tell_no_deed() -> None:
    assert not matching._deeds("mayor"[:3])
    assert not matching._deeds("king")


def test_what_an_article_is_about_stands_behind_each_of_its_sentences(tmp_path) -> None:
    """A name of its opening that comes again and again is meant throughout; one named once is not."""
    about = (
        "Norvia, the ferry line, is for sale. Norvia owns ten ships. Pentor once looked at Norvia. The debt grew. "
        "The price has not been fixed."
    )
    inquiry = desk_of(tmp_path, about).inquiry(None, "what is Norvia's price?", now=NOW)
    by_name = {m.line.index: m.coverage for m in inquiry.matches}
    other = desk_of(tmp_path, about).inquiry(None, "what is Pentor's price?", now=NOW)
    assert by_name[4] > {m.line.index: m.coverage for m in other.matches}[4] + 0.1
