"""The lexicon of frames."""

from __future__ import annotations

from briefs.facts.frames import FRAMES, OTHER, frame, synonyms


def test_a_verb_has_its_frame_with_and_without_particle():
    assert frame("lift off", "VERB") == frame("blast off", "VERB") == frame("launch", "VERB") == "launch"
    assert frame("meet", "VERB") == "meet"
    assert frame("step down", "VERB") == "resign"


def test_a_noun_has_the_frame_of_its_event():
    assert frame("meeting", "NOUN") == "meet"
    assert frame("resignation", "NOUN") == "resign"
    assert frame("table", "NOUN") == OTHER


def test_an_unknown_verb_has_no_frame():
    assert frame("frobnicate", "VERB") == OTHER
    assert synonyms(OTHER) == frozenset()


def test_a_particle_that_makes_another_verb_takes_the_frame_away():
    assert frame("pick", "VERB") == "appoint"
    assert frame("pick up", "VERB") == "get"
    assert frame("name after", "VERB") == OTHER
    assert frame("drive back", "VERB") == frame("drive", "VERB")


def test_words_of_a_frame_are_known_to_each_other():
    assert {"launch", "lift off", "blast off", "liftoff"} <= synonyms("launch")


def test_frames_have_names_of_their_own():
    assert len({f.name for f in FRAMES}) == len(FRAMES)


EVERYDAY = {
    "resign": ("quit", "step down", "stand down"),
    "buy": ("acquire", "take over", "buy out"),
    "dismiss_from_office": ("sack", "fire", "oust"),
    "injure": ("hurt", "wound"),
    "sentence": ("jail", "imprison"),
    "begin_service": ("unveil", "introduce", "release"),
    "go_bankrupt": ("go bankrupt", "file for bankruptcy"),
    "overtake": ("surpass", "exceed"),
    "fall": ("cut", "shed", "get rid of"),
    "deliver": ("hand over",),
}


def test_what_a_reader_takes_for_the_same_is_of_one_frame():
    assert {name: words for name, words in EVERYDAY.items() if {frame(w, "VERB") for w in words} != {name}} == {}


def test_killing_and_dying_are_apart():
    assert frame("kill", "VERB") != frame("die", "VERB")
    assert frame("arrive", "VERB") != frame("leave", "VERB")
