"""Planned is never told as happened; denied and cancelled are marked."""

from __future__ import annotations

import pytest
from told import one

from briefs.models import Modality

HAPPENED, PLANNED, POSSIBLE, CANCELLED = Modality.HAPPENED, Modality.PLANNED, Modality.POSSIBLE, Modality.CANCELLED

MODALITY = [
    ("The crew launched on Friday.", "launch", HAPPENED),
    ("The crew will launch on Friday.", "launch", PLANNED),
    ("The crew is expected to launch on Friday.", "launch", PLANNED),
    ("The launch is scheduled for Friday.", "launch", PLANNED),
    ("The launch was put off and is now planned for Friday.", "launch", PLANNED),
    ("A planned launch was discussed.", "launch", PLANNED),
    ("The crew may launch on Friday.", "launch", POSSIBLE),
    ("If the weather holds, the crew would launch.", "launch", POSSIBLE),
    ("The launch was cancelled.", "launch", CANCELLED),
    ("The agency called off the launch.", "launch", CANCELLED),
    ("The launch was delayed by storms but the crew lifted off on Friday.", "lift off", HAPPENED),
    ("Reed invited Berg to visit Oslo.", "visit", PLANNED),
    ("Reed extended an invitation to Berg to visit Oslo.", "visit", PLANNED),
    ("Berg plans to visit Oslo.", "visit", PLANNED),
    ("Berg wants to visit Oslo.", "visit", POSSIBLE),
    ("Berg managed to visit Oslo.", "visit", HAPPENED),
    ("Berg began to visit schools.", "visit", HAPPENED),
    ("Berg flew to Oslo to visit Reed.", "visit", PLANNED),
    ("Berg beat Reed in three sets to win the Tarvo Open.", "win", HAPPENED),
    ("Berg came from two sets down to win the Tarvo Open.", "win", HAPPENED),
    ("Shares of Belmar fell 3 percent to close at 12 crowns.", "close", HAPPENED),
    ("The Terns will beat Tarvo to win the league.", "win", PLANNED),
    ("The firm cut the price to win time.", "win", PLANNED),
    ("Reed said that Berg visited Oslo.", "visit", HAPPENED),
    ("Reed said that Berg would visit Oslo.", "visit", PLANNED),
    ("They will condemn the attack.", "attack", HAPPENED),
    ("They will attend the meeting.", "meet", PLANNED),
    ("Berg was accused of killing a guard.", "kill", POSSIBLE),
    ("Agency to launch probe in May", "launch", PLANNED),
    ("Berg will fly to Oslo and visit Reed.", "visit", PLANNED),
    ("Berg would step down in May and be replaced by Reed.", "replace", PLANNED),
    ("Berg left in May and was replaced by Reed.", "replace", HAPPENED),
    ("The report prompted Berg to visit Oslo.", "visit", HAPPENED),
    ("Reed suggested that Berg visit Oslo.", "visit", POSSIBLE),
    ("Records suggest that Berg visited Oslo.", "visit", HAPPENED),
    ("Critics called for her resignation.", "resign", POSSIBLE),
    ("She wanted to avoid a war.", "fight", POSSIBLE),
    ("The meeting is expected to have covered trade.", "meet", HAPPENED),
    ("Berg would have visited Oslo.", "visit", POSSIBLE),
    ("They dropped plans to visit Oslo.", "visit", CANCELLED),
    ("Prosecutors recommended a sentence of four years.", "sentence", POSSIBLE),
    ("The engineer said the dam may have a crack.", "have", POSSIBLE),
    ("The senator has called for a vote on the bill.", "vote", POSSIBLE),
    ("The firm has to pay the bill.", "pay", PLANNED),
    ("The firm had to pay the bill.", "pay", HAPPENED),
    ("Did Boris Lang resign?", "resign", POSSIBLE),
    ("Lang denied allegations that he took bribes.", "take", POSSIBLE),
    ("The dispute could lead to a strike at the port.", "attack", POSSIBLE),
    ("The strike could lead to talks.", "attack", HAPPENED),
    ("It was the third attempt to buy the airline.", "buy", POSSIBLE),
    ("There is a risk of losing the contract.", "lose", POSSIBLE),
    ("The court did not say whether he quit or was forced out.", "force out", POSSIBLE),
    ("The fault was found to be in the wiring.", "be", HAPPENED),
    ("Kestrel's carmaker plans to close 1,100 shops", "close", PLANNED),
]


@pytest.mark.parametrize(("sentence", "lemma", "modality"), MODALITY)
def test_a_fact_is_told_as_done_intended_thinkable_or_called_off(sentence, lemma, modality):
    assert one(sentence, lemma).modality is modality


NEGATED = [
    ("Berg did not visit Oslo.", "visit", True),
    ("Berg never visited Oslo.", "visit", True),
    ("No one visited Oslo.", "visit", True),
    ("Nobody visited Oslo.", "visit", True),
    ("Berg denied visiting Oslo.", "visit", True),
    ("Berg failed to visit Oslo.", "visit", True),
    ("Berg left without visiting Oslo.", "visit", True),
    ("Berg denied that the minister visited Oslo.", "visit", True),
    ("Berg visited Oslo.", "visit", False),
    ("Berg does not plan to visit Oslo.", "visit", True),
    ("The refusal to pay angered the union.", "pay", True),
    ("The refusal to pay angered the union.", "anger", False),
    ("The committee has yet to decide.", "decide", True),
    ("Lang has no plans to resign.", "resign", True),
    ("A spokesman ruled out selling the airline.", "sell", True),
    ("The two sides did not hold talks in March.", "meet", True),
    ("They failed to reach an agreement.", "agree", True),
    ("They did not attend the meeting.", "meet", False),
    ("Police reported no injuries.", "report", True),
]


@pytest.mark.parametrize(("sentence", "lemma", "denied"), NEGATED)
def test_a_denied_fact_says_so(sentence, lemma, denied):
    assert one(sentence, lemma).negated is denied


def test_what_is_denied_is_put_into_the_mouth_of_who_denies_it():
    assert one("Anna Berg denied that the minister visited Oslo.", "visit").attribution == "Anna Berg"
